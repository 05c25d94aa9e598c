import { Button, Progress } from '@mantine/core';
import { IconCloudDownload, IconGitCompare, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import type { Output } from '../../../shared/contract.ts';
import { useArchive } from '../../lib/app-state.ts';
import { counted, grouped } from '../../lib/number.ts';
import { useSync } from '../../lib/sync.tsx';
import { FailureNote } from '../../ui/notes.tsx';
import s from './archive.module.css';

/** Starts a sync, shows how it goes, pauses it, and says in words what came of it. */
export function SyncControl() {
  const sync = useSync();
  const empty = useArchive().entries === 0;
  const { running, error, result, stopped } = sync;
  if (running) return <Running />;
  const start = (label: string, variant: 'filled' | 'default' = 'filled') => (
    <Button
      size="xs"
      variant={variant}
      onClick={() => void sync.start()}
      leftSection={
        label === 'Go on' ? (
          <IconPlayerPlay size={13} stroke={1.6} aria-hidden />
        ) : (
          <IconCloudDownload size={13} stroke={1.6} aria-hidden />
        )
      }
    >
      {label}
    </Button>
  );
  return (
    <div className={s.section}>
      {error != null && <FailureNote error={error} />}
      {error == null && stopped !== null && (
        <p className={s.outcome} role="status">
          {stopped === 'pause' ? (
            <>
              <b>Paused.</b> Everything that arrived is kept; it goes on where it was.
            </>
          ) : (
            <>
              <b>Cancelled.</b> Everything that arrived is kept; the next sync goes on from there.
            </>
          )}
        </p>
      )}
      {error == null && stopped === null && result && <Outcome result={result} scheduled={sync.scheduled} />}
      <div className={s.buttons}>
        {start(stopped === 'pause' ? 'Go on' : error != null ? 'Try again' : 'Sync now')}
        {!empty && stopped === null && (
          <Button
            size="xs"
            variant="subtle"
            title="Reads all days again that Jetty still has. What changed or vanished there becomes a finding; nothing here is altered."
            leftSection={<IconGitCompare size={13} stroke={1.6} aria-hidden />}
            onClick={() => void sync.start(true)}
          >
            Compare with Jetty
          </Button>
        )}
      </div>
    </div>
  );
}

function Running() {
  const { progress, stop, scheduled } = useSync();
  const share = progress?.total ? Math.min(100, (progress.done / progress.total) * 100) : null;
  return (
    <div className={s.section}>
      <div className={s.progress}>
        <Progress
          value={share ?? 100}
          animated={share === null}
          striped={share === null}
          attributes={{ section: { 'aria-label': 'Syncing' } }}
        />
        <p role="status">{progress?.note ?? (scheduled ? 'Syncing by schedule…' : 'Asking Jetty…')}</p>
      </div>
      <div className={s.buttons}>
        <Button
          size="xs"
          variant="default"
          onClick={() => stop('pause')}
          leftSection={<IconPlayerPause size={13} stroke={1.6} aria-hidden />}
        >
          Pause
        </Button>
        <Button size="xs" variant="subtle" onClick={() => stop('cancel')}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

function Outcome({ result, scheduled }: { result: Output<'sync.start'>; scheduled: boolean }) {
  const { days } = result;
  return (
    <p className={s.outcome} role="status">
      <b>
        {result.inserted === 0 ? 'Nothing new' : counted(result.inserted, 'new entry', 'new entries')}
        {result.changed > 0 && `, ${counted(result.changed, 'entry', 'entries')} changed upstream`}
        {result.vanished > 0 && `, ${counted(result.vanished, 'entry', 'entries')} no longer in Jetty`}
        {result.rejected > 0 && `, ${counted(result.rejected, 'entry', 'entries')} kept unread`}
      </b>{' '}
      in {counted(result.requests, 'request', 'requests')}
      {scheduled && ', by schedule'}; {counted(days.complete, 'day', 'days')} complete
      {days.partial > 0 && `, ${grouped(days.partial)} partial`}
      {days.lost > 0 && `, ${grouped(days.lost)} lost`}.
    </p>
  );
}
