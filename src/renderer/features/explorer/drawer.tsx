import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFolderSearch, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { describeAction } from '../../../shared/action.ts';
import type { Output } from '../../../shared/contract.ts';
import type { FindingBrief } from '../../../shared/detection-contract.ts';
import type { EntryMarks } from '../../../shared/marks-contract.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { entryOptions, findingsOfOptions } from '../../lib/queries.ts';
import { dateTime, exactTime } from '../../lib/time.ts';
import { actorName } from '../../ui/avatar.tsx';
import { CategoryIcon } from '../../ui/category-icon.tsx';
import { FailureNote } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { SeverityMark, SeverityTag } from '../../ui/severity-mark.tsx';
import { Tag } from '../../ui/small.tsx';
import { AroundThis } from './around-this.tsx';
import { CopyMenu } from './copy-menu.tsx';
import s from './drawer.module.css';
import { Fields } from './drawer-fields.tsx';
import { MarksPanel } from './drawer-marks.tsx';
import { Raw } from './drawer-raw.tsx';
import { Provenance } from './provenance.tsx';
import type { Marking } from './use-marking.tsx';
import { VersionChange } from './version-change.tsx';

const NO_FINDINGS: readonly FindingBrief[] = [];

export type Detail = NonNullable<Output<'entries.get'>>;

type Props = {
  readonly entryKey: number;
  readonly marks: EntryMarks | null;
  readonly marking: Marking;
  readonly onCase: () => void;
  readonly onClose: () => void;
};

/** One entry beside the list; never modal, so that the list goes on being read. */
export function Drawer({ entryKey, marks, marking, onCase, onClose }: Props) {
  const archive = useArchive();
  const entry = useQuery(entryOptions(archive, entryKey));
  const detail = entry.data ?? null;
  // The row stays until the next has come: what is told beside it is of the row that is shown.
  const shownKey = detail?.row.key ?? entryKey;
  const findings = useQuery(findingsOfOptions(archive, [shownKey])).data?.[0]?.findings ?? NO_FINDINGS;
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
          findings={findings}
          marks={marks?.key === detail.row.key ? marks : null}
          marking={marking}
          onCase={onCase}
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

function Content({
  detail,
  findings,
  marks,
  marking,
  onCase,
  onClose,
}: Omit<Props, 'entryKey'> & { readonly detail: Detail; readonly findings: readonly FindingBrief[] }) {
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
          <Tooltip label="Into a case (Shift P)">
            <ActionIcon aria-label="Into a case" aria-keyshortcuts="Shift+P" onClick={onCase}>
              <IconFolderSearch size={16} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <CopyMenu detail={detail} />
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
      <MarksPanel key={row.key} entryKey={row.key} marks={marks} marking={marking} />
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
      <Provenance detail={detail} />
      <Raw title="Raw, as received" text={detail.raw} />
      {detail.versions.map((version, i) => (
        <VersionChange
          // biome-ignore lint/suspicious/noArrayIndexKey: versions are in the order they came
          key={i}
          title={`Version ${i + 2}, received ${dateTime(version.receivedAt, zone)} from ${version.source}`}
          before={detail.versions[i - 1]?.raw ?? detail.raw}
          after={version.raw}
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
