import { Button, Progress } from '@mantine/core';
import { IconFileImport, IconFiles, IconFolder } from '@tabler/icons-react';
import type { Output } from '../../../shared/contract.ts';
import { useArchive } from '../../lib/app-state.ts';
import { type ImportStep, useImports } from '../../lib/imports.tsx';
import { counted, grouped } from '../../lib/number.ts';
import { useSync } from '../../lib/sync.tsx';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './archive.module.css';
import { spanWords } from './day-words.ts';

/** Earlier exports: chosen or dropped, looked through first, then imported. */
export function ImportPanel() {
  const { step } = useImports();
  return (
    <Panel title="Import">
      <div className={s.body}>
        <Step step={step} />
      </div>
    </Panel>
  );
}

function Step({ step }: { step: ImportStep }) {
  const imports = useImports();
  const close = (label: string) => (
    <Button size="xs" variant="default" onClick={imports.close}>
      {label}
    </Button>
  );
  switch (step.kind) {
    case 'idle':
      return <Invitation />;
    case 'receiving':
    case 'looking':
    case 'importing':
      return <Working step={step} />;
    case 'preview':
      return <Preview step={step} />;
    case 'done':
      return (
        <>
          <p className={s.outcome} role="status">
            <b>
              {step.result.inserted === 0
                ? 'Nothing was new.'
                : `${counted(step.result.inserted, 'entry was', 'entries were')} added.`}
            </b>{' '}
            <SafeText text={step.label} max={80} />
          </p>
          <Count count={step.result} />
          <div className={s.buttons}>{close('Done')}</div>
        </>
      );
    case 'failed':
      return (
        <>
          <FailureNote error={step.error} />
          <div className={s.buttons}>{close('Back')}</div>
        </>
      );
  }
}

function Invitation() {
  const { choose } = useImports();
  return (
    <div className={s.drop}>
      <IconFileImport size={22} stroke={1.4} aria-hidden />
      <p>
        <b>Drop earlier exports on this screen</b>, or choose them. JSON, NDJSON and CSV, packed with gzip or not; whole
        folders of backups too. You see what they would add before anything is stored.
      </p>
      <div className={s.buttons}>
        <Button
          size="xs"
          variant="default"
          onClick={() => void choose('files')}
          leftSection={<IconFiles size={13} stroke={1.6} aria-hidden />}
        >
          Choose files…
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => void choose('folder')}
          leftSection={<IconFolder size={13} stroke={1.6} aria-hidden />}
        >
          Choose a folder…
        </Button>
      </div>
    </div>
  );
}

const DOING = { receiving: 'Taking in', looking: 'Looking through', importing: 'Importing' } as const;

function Working({ step }: { step: Extract<ImportStep, { kind: 'receiving' | 'looking' | 'importing' }> }) {
  const { cancel } = useImports();
  const { progress } = step;
  const share = progress?.total ? Math.min(100, (progress.done / progress.total) * 100) : null;
  const doing = DOING[step.kind];
  return (
    <>
      <div className={s.progress}>
        <p>
          {doing} <SafeText text={step.label} max={80} />
        </p>
        <Progress
          value={share ?? 100}
          animated={share === null}
          striped={share === null}
          attributes={{ section: { 'aria-label': doing } }}
        />
        <p role="status">{progress?.note ?? 'Starting…'}</p>
      </div>
      <div className={s.buttons}>
        <Button size="xs" variant="default" onClick={cancel}>
          Cancel
        </Button>
      </div>
    </>
  );
}

function Preview({ step }: { step: Extract<ImportStep, { kind: 'preview' }> }) {
  const { run, close } = useImports();
  const sync = useSync();
  const { preview } = step;
  const { inserted, changed, rejected } = preview;
  const worth = inserted + changed + rejected > 0 && preview.read > 0;
  return (
    <>
      <p className={s.outcome} role="status">
        <b>{inserted === 0 ? 'Nothing in it is new.' : `It would add ${counted(inserted, 'entry', 'entries')}.`}</b>{' '}
        <SafeText text={step.label} max={80} />
      </p>
      <Count count={preview} />
      {preview.first !== null && preview.last !== null && (
        <p className={s.hint}>
          {counted(preview.days, 'day', 'days')} with entries, {spanWords(preview.first, preview.last)}. Nothing is
          stored yet.
        </p>
      )}
      <div className={s.buttons}>
        <Button size="xs" onClick={() => void run()} disabled={!worth || sync.running}>
          Import
        </Button>
        <Button size="xs" variant="default" onClick={close}>
          {worth ? 'Do not import' : 'Done'}
        </Button>
      </div>
      {worth && sync.running && <p className={s.hint}>A sync is running; import when it is over.</p>}
    </>
  );
}

function Count({ count }: { count: Output<'import.run'> }) {
  return (
    <>
      <dl className={s.facts}>
        <dt>Files</dt>
        <dd>{grouped(count.files)}</dd>
        <dt>Entries read</dt>
        <dd>{grouped(count.read)}</dd>
        <dt>New</dt>
        <dd data-strong>{grouped(count.inserted)}</dd>
        <dt>Known</dt>
        <dd>{grouped(count.duplicates)}</dd>
        {count.changed > 0 && (
          <>
            <dt>Other content</dt>
            <dd>{grouped(count.changed)}, kept as further versions</dd>
          </>
        )}
        <dt>Rejected</dt>
        <dd>{grouped(count.rejected)}</dd>
      </dl>
      {count.reasons.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
        <ul className={s.reasons} aria-label="What was rejected, and why" tabIndex={0}>
          {count.reasons.map((one) => (
            <li key={`${one.file} ${one.line} ${one.reason}`}>
              <SafeText text={one.file} max={80} />
              {one.line === null ? '' : `, line ${grouped(one.line)}`}:{' '}
              <span>
                <SafeText text={one.reason} />
              </span>
            </li>
          ))}
          {count.rejected > count.reasons.length && (
            <li>
              <span>and {grouped(count.rejected - count.reasons.length)} more</span>
            </li>
          )}
        </ul>
      )}
    </>
  );
}

/** Whether an import may be begun: into an archive that can be written to, and not while one is under way. */
export function useCanImport(): boolean {
  const archive = useArchive();
  const { step } = useImports();
  return !archive.readOnly && step.kind !== 'receiving' && step.kind !== 'looking' && step.kind !== 'importing';
}
