import { Button } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import type { Output } from '../../../shared/contract.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { grouped } from '../../lib/number.ts';
import { useSync } from '../../lib/sync.tsx';
import { dateTime } from '../../lib/time.ts';
import { Panel } from '../../ui/notes.tsx';
import { PlanChoice, planWords } from '../../ui/plan-choice.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './archive.module.css';
import { SyncControl } from './sync-control.tsx';

const MB = 1_000_000;

/** `18.4 MB`, in decimal units. */
export function bytesWords(bytes: number): string {
  if (bytes >= 1_000 * MB) return `${grouped(Math.round(bytes / (100 * MB)) / 10)} GB`;
  return bytes >= MB ? `${grouped(Math.round(bytes / (MB / 10)) / 10)} MB` : `${grouped(Math.ceil(bytes / 1_000))} kB`;
}

/** Where the entries come from, what is here, and fetching more. */
export function SourcePanel(props: { retention: Output<'coverage.retention'> | null; onChange: () => void }) {
  const archive = useArchive();
  const zone = useZone();
  const sync = useSync();
  const { source, demo, readOnly } = archive;
  return (
    <Panel
      title="Source"
      action={
        !readOnly &&
        !demo && (
          <Button
            size="xs"
            variant="subtle"
            onClick={props.onChange}
            disabled={sync.running}
            leftSection={<IconPlugConnected size={13} stroke={1.6} aria-hidden />}
          >
            Change
          </Button>
        )
      }
    >
      <div className={s.body}>
        <dl className={s.facts}>
          <dt>Jetty</dt>
          <dd>{demo ? 'a local server that makes the log up' : <SafeText text={source?.host ?? ''} />}</dd>
          <dt>Plan</dt>
          <dd>{readOnly ? planWords(source?.plan ?? null) : <PlanChoice disabled={sync.running} />}</dd>
          <dt>Last fetched</dt>
          <dd>{archive.lastSync === null ? 'never' : dateTime(archive.lastSync, zone)}</dd>
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
          {props.retention && (
            <>
              <dt>On this disk</dt>
              <dd>{bytesWords(props.retention.bytes)}</dd>
            </>
          )}
          {readOnly && (
            <>
              <dt>Access</dt>
              <dd>opened read-only; nothing can be fetched into it</dd>
            </>
          )}
        </dl>
      </div>
      {!readOnly && <SyncControl />}
    </Panel>
  );
}
