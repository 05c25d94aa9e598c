import { ActionIcon, Button } from '@mantine/core';
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { describeAction } from '../../../shared/action.ts';
import type { Output } from '../../../shared/contract.ts';
import { entityOfActor, entityOfAddress, entityOfTarget, entityOfTeam } from '../../../shared/entity.ts';
import type { Finding } from '../../../shared/finding.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { copyText } from '../../lib/copy.ts';
import { counted } from '../../lib/number.ts';
import { entryOptions } from '../../lib/queries.ts';
import { dateTime, exactTime } from '../../lib/time.ts';
import { Avatar, actorName } from '../../ui/avatar.tsx';
import { CategoryIcon } from '../../ui/category-icon.tsx';
import { EntityLink } from '../../ui/entity-link.tsx';
import { FailureNote } from '../../ui/notes.tsx';
import { RawJson } from '../../ui/raw-json.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { SeverityMark, SeverityTag } from '../../ui/severity-mark.tsx';
import { Tag } from '../../ui/small.tsx';
import { AroundThis } from './around-this.tsx';
import s from './drawer.module.css';
import { targetName } from './entry-row.tsx';

type Detail = NonNullable<Output<'entries.get'>>;

type Props = { readonly entryKey: number; readonly findings: readonly Finding[]; readonly onClose: () => void };

/** One entry beside the list; never modal, so that the list goes on being read. */
export function Drawer({ entryKey, findings, onClose }: Props) {
  const archive = useArchive();
  const entry = useQuery(entryOptions(archive, entryKey));
  const detail = entry.data ?? null;
  return (
    <aside className={s.drawer} aria-label="Entry" data-testid="drawer">
      {entry.error && (
        <div className={s.section}>
          <FailureNote error={entry.error} />
          <Close onClose={onClose} />
        </div>
      )}
      {entry.data === null && (
        <div className={s.section}>
          <p>This entry is not in the archive.</p>
          <Close onClose={onClose} />
        </div>
      )}
      {detail && (
        <Content
          detail={detail}
          findings={findings.filter((one) => one.entryKeys.includes(entryKey))}
          onClose={onClose}
        />
      )}
    </aside>
  );
}

function Close({ onClose }: { onClose: () => void }) {
  return (
    <ActionIcon aria-label="Close the entry" onClick={onClose}>
      <IconX size={15} stroke={1.6} aria-hidden />
    </ActionIcon>
  );
}

function Content({ detail, findings, onClose }: { detail: Detail; findings: readonly Finding[]; onClose: () => void }) {
  const zone = useZone();
  const { row } = detail;
  const info = describeAction(row.action);
  const worst = findings[0];
  return (
    <>
      <div className={s.section}>
        <div className={s.top}>
          {worst && <SeverityTag severity={worst.severity} />}
          <Tag>
            <CategoryIcon category={info.category} />
            {info.category}
          </Tag>
          <span className={s.grow} />
          <CopyButton text={detail.raw} label="Copy the entry as received" key={row.key} />
          <Close onClose={onClose} />
        </div>
        <h2 className={s.title}>
          <Title actor={actorName(row.actor)} phrase={info.phrase} />
        </h2>
        <p className={s.when}>
          {exactTime(row.ts, zone)}
          {zone !== 'UTC' && <span> · {exactTime(row.ts, 'UTC').split(', ')[1]}</span>}
        </p>
      </div>
      <Fields detail={detail} />
      {findings.map((finding) => (
        <Link
          key={finding.id}
          to="/findings"
          search={{ f: finding.id }}
          className={s.finding ?? ''}
          data-severity={finding.severity}
        >
          <SeverityMark severity={finding.severity} />
          <span>
            <b>{finding.title}.</b> <SafeText text={finding.why} max={300} sentence /> <u>Open finding</u>
          </span>
        </Link>
      ))}
      <AroundThis row={row} />
      <Section title="Provenance">
        <dl className={s.fields}>
          <Field name="Source">
            <SafeText text={detail.source} />
          </Field>
          <Field name="Received">{dateTime(detail.receivedAt, zone)}</Field>
          <Field name="SHA-256">
            <span className={s.hash}>{detail.sha256.replace(/(.{8})(?=.)/g, '$1 ')}</span>
          </Field>
          {detail.versions.length > 0 && (
            <Field name="Versions">
              came again with other content {counted(detail.versions.length, 'time', 'times')}, below
            </Field>
          )}
        </dl>
      </Section>
      <Raw title="Raw, as received" text={detail.raw} />
      {detail.versions.map((version, i) => (
        <Raw
          // biome-ignore lint/suspicious/noArrayIndexKey: versions are in the order they came
          key={i}
          title={`Version ${i + 2}, received ${dateTime(version.receivedAt, zone)} from ${version.source}`}
          text={version.raw}
        />
      ))}
    </>
  );
}

// `Created a token` continues a name to a sentence; `Payment failed` and names of actions are sentences of their own.
function Title({ actor, phrase }: { actor: string; phrase: string }) {
  if (/^(\w+ed|Reset) ?/.test(phrase) && !/^[a-z]/.test(phrase)) {
    return (
      <>
        <SafeText text={actor} max={200} /> {phrase.charAt(0).toLowerCase() + phrase.slice(1)}
      </>
    );
  }
  return (
    <>
      <SafeText text={phrase} max={200} />, <SafeText text={actor} max={200} />
    </>
  );
}

function Fields({ detail: { row, timestamp } }: { detail: Detail }) {
  const target = targetName(row.target);
  return (
    <div className={s.section}>
      <dl className={s.fields}>
        <Field name="Action" mono>
          <SafeText text={row.action} />
        </Field>
        <Field name="Actor">
          <span className={s.actor}>
            <Avatar actor={row.actor} />
            <span>
              <EntityLink entity={entityOfActor(row.actor)}>
                <SafeText text={row.actor?.email ?? actorName(row.actor)} />
              </EntityLink>
              {row.actor?.id && (
                <span className={s.id}>
                  <SafeText text={row.actor.id} />
                </span>
              )}
            </span>
          </span>
        </Field>
        {target !== null && (
          <Field name="Target">
            <span className={s.mono}>
              <EntityLink entity={entityOfTarget(row.target)}>
                <SafeText text={target} />
              </EntityLink>
            </span>{' '}
            {row.target?.type && <span className={s.dim}>{row.target.type.replaceAll('_', ' ')}</span>}
            {row.target?.id && row.target.id !== target && (
              <span className={s.id}>
                <SafeText text={row.target.id} />
              </span>
            )}
          </Field>
        )}
        {row.address !== null && (
          <Field name="Address" mono>
            <EntityLink entity={entityOfAddress(row.address)}>
              <SafeText text={row.address} />
            </EntityLink>
          </Field>
        )}
        {row.agent !== null && (
          <Field name="Client">
            <SafeText text={row.agent} max={600} />
          </Field>
        )}
        {row.team && (
          <Field name="Team">
            <EntityLink entity={entityOfTeam(row.team)}>
              <SafeText text={row.team.name ?? row.team.id ?? ''} />
            </EntityLink>
          </Field>
        )}
        <Field name="Time as sent" mono>
          <SafeText text={timestamp} />
        </Field>
        <Field name="Id" mono>
          <SafeText text={row.id} />
        </Field>
      </dl>
    </div>
  );
}

function Field({ name, mono, children }: { name: string; mono?: boolean; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className={mono ? s.mono : undefined}>{children}</dd>
    </>
  );
}

function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className={s.section} aria-label={title}>
      <div className={s.head}>
        <h3>
          <SafeText text={title} />
        </h3>
        {action}
      </div>
      {children}
    </section>
  );
}

function Raw({ title, text }: { title: string; text: string }) {
  const [indented, setIndented] = useState(true);
  return (
    <Section
      title={title}
      action={
        <span className={s.rawActions}>
          <button type="button" className={s.link} onClick={() => setIndented(!indented)}>
            {indented ? 'Show unindented' : 'Indent'}
          </button>
          <CopyButton text={text} label={`Copy: ${title}`} words key={text} />
        </span>
      }
    >
      <RawJson text={text} indented={indented} label={`${title}, the text`} />
    </Section>
  );
}

function CopyButton({ text, label, words = false }: { text: string; label: string; words?: boolean }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const icon = copied ? (
    <IconCheck size={14} stroke={1.8} aria-hidden />
  ) : (
    <IconCopy size={14} stroke={1.6} aria-hidden />
  );
  const copy = () => setCopied(copyText(text));
  if (!words) {
    return (
      <ActionIcon aria-label={label} title={label} onClick={copy}>
        {icon}
      </ActionIcon>
    );
  }
  return (
    <Button
      size="xs"
      variant="subtle"
      color="gray"
      c="var(--text-2)"
      leftSection={icon}
      onClick={copy}
      aria-label={label}
    >
      {copied ? 'Copied' : 'Copy'}
    </Button>
  );
}
