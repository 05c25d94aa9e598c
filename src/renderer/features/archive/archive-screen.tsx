import { IconFileImport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type DragEvent, useRef, useState } from 'react';
import { useArchive } from '../../lib/app-state.ts';
import { filesOf } from '../../lib/dropped.ts';
import { useImports } from '../../lib/imports.tsx';
import { retentionOptions } from '../../lib/queries.ts';
import { useSync } from '../../lib/sync.tsx';
import { ConnectForm } from '../../ui/connect-form.tsx';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import s from './archive.module.css';
import { BundlePanel } from './bundle-panel.tsx';
import { ClockPanel } from './clock-panel.tsx';
import { CoveragePanel } from './coverage-panel.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { ImportPanel, useCanImport } from './import-panel.tsx';
import { IntegrityBanner, IntegrityPanel } from './integrity-panel.tsx';
import { RiskBanner } from './risk-banner.tsx';
import { SchedulePanel } from './schedule-panel.tsx';
import { SourcePanel } from './source-panel.tsx';

/** Where the entries come from, how far they reach, how whole they are, and getting more of them. */
export function ArchiveScreen() {
  const archive = useArchive();
  const sync = useSync();
  const [editing, setEditing] = useState(false);
  const { data: retention, error } = useQuery(retentionOptions(archive));
  const empty = archive.entries === 0;
  const connecting = !archive.demo && !archive.readOnly && (archive.source === null || editing);
  const form = connecting && (
    <Panel title="Connect to Jetty">
      <ConnectForm onConnected={() => setEditing(false)} onCancel={archive.source ? () => setEditing(false) : null} />
    </Panel>
  );
  const source = !connecting && <SourcePanel retention={retention ?? null} onChange={() => setEditing(true)} />;
  return (
    <DropArea>
      <div className={s.content}>
        <h1>{empty && connecting ? 'Fill the archive' : 'Archive'}</h1>
        {empty && (
          <p className={s.lead}>
            The archive is empty: nothing has been fetched into it yet.{' '}
            {sync.running
              ? 'The first entries are on their way.'
              : archive.source
                ? 'Fetch what Jetty still keeps.'
                : 'Connect it to Jetty, and Logbook fetches everything Jetty still keeps; or import earlier exports.'}
          </p>
        )}
        {error && <FailureNote error={error} />}
        {empty ? (
          <div className={s.first}>
            <div className={s.column}>
              {form}
              {source}
            </div>
            <div className={s.column}>{!archive.readOnly && <ImportPanel />}</div>
          </div>
        ) : (
          <>
            <IntegrityBanner />
            {retention && !archive.bundle && <RiskBanner retention={retention} />}
            {retention && !archive.bundle && <ClockPanel retention={retention} />}
            {retention && <CoveragePanel retention={retention} />}
            {archive.bundle ? (
              <IntegrityPanel />
            ) : (
              <div className={s.columns}>
                <div className={s.column}>
                  {form}
                  {source}
                </div>
                <div className={s.column}>
                  {!archive.readOnly && <ImportPanel />}
                  {!archive.readOnly && !archive.demo && archive.source && <SchedulePanel />}
                </div>
                <div className={s.column}>
                  <IntegrityPanel />
                  <BundlePanel />
                  <HistoryPanel />
                </div>
              </div>
            )}
          </>
        )}
      </div>
    </DropArea>
  );
}

/** The whole screen takes files that are dropped on it. */
function DropArea({ children }: { children: React.ReactNode }) {
  const { drop } = useImports();
  const allowed = useCanImport();
  const depth = useRef(0);
  const [over, setOver] = useState(false);
  const isFiles = (event: DragEvent) => allowed && event.dataTransfer.types.includes('Files');
  const end = () => {
    depth.current = 0;
    setOver(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a way for the pointer beside the buttons that are for everyone
    <div
      className={s.page}
      data-testid="drop-area"
      onDragEnter={(event) => {
        if (!isFiles(event)) return;
        event.preventDefault();
        depth.current++;
        setOver(true);
      }}
      onDragLeave={() => {
        depth.current--;
        if (depth.current <= 0) end();
      }}
      onDragOver={(event) => {
        if (!isFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      }}
      onDrop={(event) => {
        event.preventDefault();
        end();
        if (isFiles(event)) void filesOf(event.dataTransfer).then(drop);
      }}
    >
      {children}
      {over && (
        <div className={s.overlay}>
          <IconFileImport size={28} stroke={1.4} aria-hidden />
          Drop to see what these files would add
        </div>
      )}
    </div>
  );
}
