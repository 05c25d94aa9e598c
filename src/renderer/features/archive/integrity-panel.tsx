import { Button, Progress } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCircleCheck, IconCopy, IconShieldCheck } from '@tabler/icons-react';
import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { EventPayload, Output } from '../../../shared/contract.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { call, failureOf, listen } from '../../lib/client.ts';
import { copyText } from '../../lib/copy.ts';
import { useIntegrity } from '../../lib/integrity.ts';
import { counted, grouped } from '../../lib/number.ts';
import { dateTime, longDate } from '../../lib/time.ts';
import { Banner, FailureNote, Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './archive.module.css';
import i from './integrity.module.css';

type Integrity = Output<'integrity.get'>;
type Verified = NonNullable<Integrity['verified']>;

const VERIFY = ['integrity.verify'];

/** Says on top of the screen that the archive is not as it was sealed; nothing where it is. */
export function IntegrityBanner() {
  const { data } = useIntegrity();
  const found = data?.verified?.found ?? 0;
  if (found === 0) return null;
  return (
    <Banner severity="critical">
      <b>The archive is not as it was sealed.</b> The last verification found {counted(found, 'problem', 'problems')},
      listed below under Integrity. Exports and reports are held. Keep this copy for examination, and compare it with a
      backup.
    </Banner>
  );
}

/** How far the archive is sealed, its head to be written down elsewhere, and proving that all is as it was. */
export function IntegrityPanel() {
  const archive = useArchive();
  const { data, error } = useIntegrity();
  const client = useQueryClient();
  const verify = useMutation({
    mutationKey: VERIFY,
    mutationFn: () => call('integrity.verify', {}),
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes('integrity') }),
  });
  // It goes on while other screens are looked at.
  const running = useIsMutating({ mutationKey: VERIFY }) > 0;
  const failed = verify.isError && failureOf(verify.error).code !== 'cancelled';
  return (
    <Panel
      title="Integrity"
      action={
        !running &&
        !archive.bundle && (
          <Button
            size="xs"
            variant="subtle"
            onClick={() => verify.mutate()}
            leftSection={<IconShieldCheck size={13} stroke={1.6} aria-hidden />}
          >
            Verify now
          </Button>
        )
      }
    >
      <div className={s.body}>
        {error && <FailureNote error={error} />}
        {data && <Head head={data.head} stamp={data.stamp} />}
        {running && <Verifying />}
        {!running && failed && <FailureNote error={verify.error} />}
        {!running && data && <LastVerified verified={data.verified} isSealed={data.head !== null} />}
      </div>
    </Panel>
  );
}

function Head({ head, stamp }: Pick<Integrity, 'head' | 'stamp'>) {
  const [copied, setCopied] = useState<string | null>(null);
  const zone = 'UTC';
  if (head === null) {
    return <p className={s.hint}>Nothing is sealed yet: a day is sealed once it is complete and over.</p>;
  }
  const isCopied = copied === head.hash;
  return (
    <>
      <dl className={s.facts}>
        <dt>Sealed to</dt>
        <dd>
          {head.day === null ? 'no day yet' : longDate(Date.parse(head.day), zone)},{' '}
          {counted(head.sealedDays, 'day', 'days')}
        </dd>
        <dt>Head</dt>
        <dd className={i.head}>
          <code title={head.hash}>{`${head.hash.slice(0, 8)} ${head.hash.slice(8, 16)}…`}</code>
          <Button
            size="xs"
            variant="subtle"
            aria-label="Copy the head"
            onClick={() => setCopied(copyText(head.hash) ? head.hash : null)}
            leftSection={
              isCopied ? <IconCheck size={12} aria-hidden /> : <IconCopy size={12} stroke={1.6} aria-hidden />
            }
          >
            {isCopied ? 'Copied' : 'Copy'}
          </Button>
        </dd>
        <dt>Signed by</dt>
        <dd>
          <code title={head.fingerprint}>{`${head.fingerprint.slice(0, 8)} ${head.fingerprint.slice(8, 16)}…`}</code>
        </dd>
        {stamp !== null && (
          <>
            <dt>Time stamp</dt>
            <dd>
              {dateTime(stamp.at, zone)}
              {stamp.isNewest ? '' : ', of an earlier head'}, by <SafeText text={stamp.authority} max={80} />
              {stamp.trusted ? '' : ' (nobody said that it is to be trusted)'}
            </dd>
          </>
        )}
      </dl>
      <p className={s.hint}>
        Keep the head where the owner of this archive cannot reach it: with it, a cut end or an earlier copy shows.
      </p>
    </>
  );
}

function LastVerified({ verified, isSealed }: { verified: Verified | null; isSealed: boolean }) {
  const zone = useZone();
  if (verified === null) return <p className={s.hint}>Not verified yet.</p>;
  const when = dateTime(verified.at, zone);
  if (verified.found === 0) {
    return (
      <p className={i.verdict} data-sound role="status">
        <IconCircleCheck size={14} stroke={1.6} aria-hidden />
        <span>
          Verified {when}: {counted(verified.entries, 'entry', 'entries')},{' '}
          {isSealed
            ? 'everything is as it was sealed.'
            : 'nothing of them sealed yet: nothing proves that they are as they arrived.'}
        </span>
      </p>
    );
  }
  return (
    <>
      <p className={i.verdict} role="alert">
        <IconAlertTriangle size={14} stroke={1.6} aria-hidden />
        <span>
          Verified {when}: {counted(verified.found, 'problem was', 'problems were')} found.
        </span>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className={i.problems} tabIndex={0} aria-label="Problems">
        <ul>
          {verified.messages.map(({ what, message }) => (
            <li key={message}>
              <b>{what === 'rolled_back' ? 'rolled back' : what}</b> <SafeText text={message} max={400} />
            </li>
          ))}
        </ul>
        {verified.found > verified.messages.length && (
          <p className={s.hint}>{grouped(verified.found - verified.messages.length)} more are not listed here.</p>
        )}
      </section>
    </>
  );
}

function Verifying() {
  const [progress, setProgress] = useState<EventPayload<'task.progress'> | null>(null);
  useEffect(() => listen('task.progress', setProgress), []);
  const share = progress?.total ? Math.min(100, (progress.done / progress.total) * 100) : null;
  return (
    <>
      <div className={s.progress}>
        <p>Verifying everything from the raw bytes</p>
        <Progress
          value={share ?? 100}
          animated={share === null}
          striped={share === null}
          attributes={{ section: { 'aria-label': 'Verifying' } }}
        />
        <p role="status">{progress?.note ?? 'Starting…'}</p>
      </div>
      <div className={s.buttons}>
        <Button size="xs" variant="default" onClick={() => void call('task.cancel', {}).catch(() => {})}>
          Cancel
        </Button>
      </div>
    </>
  );
}
