import { Button, Progress } from '@mantine/core';
import { IconCloudDownload, IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { PLANS } from '../../../shared/coverage.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { counted, grouped } from '../../lib/number.ts';
import { useSync } from '../../lib/sync.tsx';
import { dateTime } from '../../lib/time.ts';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './archive.module.css';
import { ConnectForm } from './connect-form.tsx';
import { CoverageCalendar } from './coverage-calendar.tsx';

/** Where the entries come from, how far they reach, and fetching more of them. */
export function ArchiveScreen() {
  const archive = useArchive();
  const [editing, setEditing] = useState(false);
  const connecting = archive.source === null || editing;
  return (
    <div className={s.page}>
      <h1>{archive.entries === 0 && connecting ? 'Fill the archive' : 'Archive'}</h1>
      {archive.entries === 0 && (
        <p className={s.lead}>
          The archive is empty: nothing has been fetched into it yet.{' '}
          {archive.source
            ? 'Fetch what Jetty still keeps.'
            : 'Connect it to Jetty, and Logbook fetches everything Jetty still keeps.'}
        </p>
      )}
      {connecting ? (
        <ConnectForm onConnected={() => setEditing(false)} onCancel={archive.source ? () => setEditing(false) : null} />
      ) : (
        <SourcePanel onChange={() => setEditing(true)} />
      )}
      {archive.entries > 0 && <CoverageCalendar />}
    </div>
  );
}

function SourcePanel({ onChange }: { onChange: () => void }) {
  const archive = useArchive();
  const zone = useZone();
  const sync = useSync();
  const { source } = archive;
  const plan = source?.plan ?? null;
  return (
    <Panel
      title="Source"
      className={s.panel}
      action={
        !archive.readOnly && (
          <>
            <Button
              size="xs"
              variant="subtle"
              onClick={onChange}
              disabled={sync.running}
              leftSection={<IconPlugConnected size={13} stroke={1.6} aria-hidden />}
            >
              Change
            </Button>
            <Button
              size="xs"
              onClick={() => void sync.start()}
              disabled={sync.running}
              leftSection={<IconCloudDownload size={13} stroke={1.6} aria-hidden />}
            >
              Fetch now
            </Button>
          </>
        )
      }
    >
      <dl className={s.facts}>
        <dt>Jetty</dt>
        <dd>
          <SafeText text={source?.host ?? ''} />
        </dd>
        <dt>Plan</dt>
        <dd>{plan === null ? 'not known' : `${planName(plan)}, keeps ${PLANS[plan]} days`}</dd>
        <dt>Entries</dt>
        <dd>{grouped(archive.entries)}</dd>
        {archive.oldest !== null && archive.newest !== null && (
          <>
            <dt>From</dt>
            <dd>{dateTime(archive.oldest, zone)}</dd>
            <dt>To</dt>
            <dd>{dateTime(archive.newest, zone)}</dd>
          </>
        )}
        <dt>Last fetched</dt>
        <dd>{archive.lastSync === null ? 'never' : dateTime(archive.lastSync, zone)}</dd>
        {archive.readOnly && (
          <>
            <dt>Access</dt>
            <dd>opened read-only; nothing can be fetched into it</dd>
          </>
        )}
      </dl>
      <SyncState />
    </Panel>
  );
}

export function planName(plan: string): string {
  return plan.charAt(0).toUpperCase() + plan.slice(1);
}

function SyncState() {
  const { running, progress, result, error, start, cancel } = useSync();
  const share = progress?.total ? Math.min(100, (progress.done / progress.total) * 100) : null;
  if (running) {
    return (
      <div className={s.syncing}>
        <Progress
          className={s.grow ?? ''}
          value={share ?? 100}
          animated={share === null}
          striped={share === null}
          attributes={{ section: { 'aria-label': 'Fetching' } }}
        />
        <span role="status">
          {progress
            ? `${progress.note}${progress.total === null ? '' : `, ${grouped(progress.done)} of ${grouped(progress.total)}`}`
            : 'Asking Jetty…'}
        </span>
        <Button size="xs" variant="default" onClick={cancel}>
          Cancel
        </Button>
      </div>
    );
  }
  if (error != null) {
    return (
      <div className={s.outcome}>
        <FailureNote
          error={error}
          actions={
            <Button size="xs" variant="default" onClick={() => void start()}>
              Try again
            </Button>
          }
        />
      </div>
    );
  }
  if (!result) return null;
  const { days } = result;
  return (
    <p className={s.outcome} role="status">
      <b>
        {counted(result.inserted, 'new entry', 'new entries')}
        {result.changed > 0 && `, ${counted(result.changed, 'entry', 'entries')} changed upstream`}
        {result.rejected > 0 && `, ${counted(result.rejected, 'entry', 'entries')} kept unread`}
      </b>{' '}
      in {counted(result.requests, 'request', 'requests')}; {counted(days.complete, 'day', 'days')} complete
      {days.partial > 0 && `, ${grouped(days.partial)} partial`}
      {days.lost > 0 && `, ${grouped(days.lost)} lost`}.
    </p>
  );
}
