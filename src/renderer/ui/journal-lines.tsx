import { counted } from '../lib/number.ts';
import { dateTime } from '../lib/time.ts';
import s from './journal-lines.module.css';
import { SafeText } from './safe-text.tsx';

type Line = { readonly line: number; readonly at: number; readonly by: string; readonly words: string };

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
      <ol className={s.lines}>
        {lines
          .slice(-MOST)
          .reverse()
          .map((line) => (
            <li key={line.line}>
              <span className={s.when}>{dateTime(line.at, zone)}</span>
              <span>
                <b>
                  <SafeText text={line.by} max={80} />
                </b>{' '}
                <SafeText text={line.words} max={400} sentence /> <span className={s.note}>line {line.line}</span>
              </span>
            </li>
          ))}
      </ol>
    </>
  );
}
