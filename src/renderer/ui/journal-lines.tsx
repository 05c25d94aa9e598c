import { counted } from '../lib/number.ts';
import { dateTime } from '../lib/time.ts';
import s from './journal-lines.module.css';
import { SafeText } from './safe-text.tsx';

type Line = { readonly line: number; readonly at: number; readonly by: string; readonly words: string };

type ListProps = {
  readonly lines: readonly Line[];
  readonly zone: string;
  readonly label?: string;
  /** Whether each says which line of the journal it is. */
  readonly numbered?: boolean;
  /** Characters of what was done that are put on the page. */
  readonly longest?: number;
};

/** Lines that are put on the page, the newest. */
const MOST = 500;

/** Lines of the archive's journal, newest first; `lines` come oldest first. */
export function JournalLines({ lines, zone }: { readonly lines: readonly Line[]; readonly zone: string }) {
  return (
    <>
      <p className={s.note}>
        {counted(lines.length, 'line', 'lines')} of the archive’s own chained log
        {lines.length > MOST && `, the newest ${MOST}`}. Nothing in it can be changed unnoticed.
      </p>
      <LineList lines={lines.slice(-MOST).reverse()} zone={zone} numbered />
    </>
  );
}

/** Who did what, and when, in the order given. */
export function LineList({ lines, zone, label, numbered = false, longest = 400 }: ListProps) {
  return (
    <ol className={s.lines} aria-label={label}>
      {lines.map((line) => (
        <li key={line.line}>
          <span className={s.when}>{dateTime(line.at, zone)}</span>
          <span>
            <b>
              <SafeText text={line.by} max={80} />
            </b>{' '}
            <SafeText text={line.words} max={longest} sentence />
            {numbered && <span className={s.note}> line {line.line}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
