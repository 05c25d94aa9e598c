import { Fragment } from 'react';
import { useArchive } from '../../lib/app-state.ts';
import { counted, grouped } from '../../lib/number.ts';
import { Key } from '../../ui/small.tsx';
import s from './explorer.module.css';
import type { RowSource } from './row-source.ts';

const LIST_KEYS = [
  [['J', 'K'], 'move'],
  [['Enter'], 'open'],
  [['X'], 'select'],
  [['/'], 'search'],
  [['[', ']'], 'earlier, later'],
  [['?'], 'all keys'],
] as const;

const DRAWER_KEYS = [
  [['J', 'K'], 'move'],
  [['Esc'], 'close the entry'],
  [['A', 'I', 'O'], 'all by, from, on'],
  [['T'], 'tag'],
  [['P'], 'pin'],
  [['C'], 'copy'],
  [['?'], 'all keys'],
] as const;

type Props = {
  readonly cursor: number | null;
  readonly source: RowSource | null;
  /** What the rows that are shown took, milliseconds. */
  readonly tookMs: number | null;
  readonly drawer: boolean;
};

export function StatusBar({ cursor, source, tookMs, drawer }: Props) {
  const archive = useArchive();
  const rows = source?.layout.rows ?? 0;
  return (
    <footer className={s.status}>
      <span className={s.keys}>
        {(drawer ? DRAWER_KEYS : LIST_KEYS).map(([keys, what]) => (
          <span key={what}>
            {keys.map((one) => (
              <Fragment key={one}>
                <Key>{one}</Key>{' '}
              </Fragment>
            ))}
            {what}
          </span>
        ))}
      </span>
      {source?.folds && source.entries > 0 && (
        <span data-testid="folded">
          {counted(source.entries, 'entry', 'entries')} in {counted(rows, 'row', 'rows')},{' '}
          {grouped(source.entries - rows)} folded
        </span>
      )}
      {cursor !== null && rows > 0 && (
        <span data-testid="position">
          Row {grouped(cursor + 1)} of {grouped(rows)}
        </span>
      )}
      {archive.unreadable > 0 && <span>{counted(archive.unreadable, 'entry', 'entries')} kept unread</span>}
      {archive.changedUpstream > 0 && (
        <span>{counted(archive.changedUpstream, 'entry', 'entries')} changed upstream</span>
      )}
      {tookMs !== null && (
        <span className={s.took} data-testid="took" title="From asking for these entries until they were here">
          Answered in {tookText(tookMs)}
        </span>
      )}
    </footer>
  );
}

/** `12 ms`, `999 ms`, `1.2 s`. */
export function tookText(ms: number): string {
  if (ms < 0.5) return 'under 1 ms';
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${grouped(Math.round(ms / 100) / 10)} s`;
}
