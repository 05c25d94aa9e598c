import type { CaseDetail } from '../../../shared/case-schema.ts';
import { useZone } from '../../lib/app-state.ts';
import { counted } from '../../lib/number.ts';
import { dateTime } from '../../lib/time.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './case.module.css';

/** Lines that are put on the page, the newest. */
const MOST = 500;

/** Notes beside the case, and every line of the archive's journal about it, newest first. */
export function History({ detail }: { detail: CaseDetail }) {
  const zone = useZone();
  const lines = [...detail.history].sort((a, b) => b.line - a.line);
  return (
    <div className={s.scrolled}>
      {detail.summary !== '' && (
        <section aria-label="Summary">
          <h2>Summary</h2>
          <p className={s.prose}>
            <SafeText text={detail.summary} max={20_000} multiline />
          </p>
        </section>
      )}
      <section aria-label="Notes">
        <h2>Notes beside the case</h2>
        {detail.notes.length === 0 && <p className={s.caption}>None so far.</p>}
        <ol className={s.lines}>
          {detail.notes.map((note) => (
            <li key={note.line}>
              <span className={s.when}>{dateTime(note.at, zone)}</span>
              <span className={s.prose}>
                <b>
                  <SafeText text={note.by} max={80} />
                </b>{' '}
                <SafeText text={note.text} max={20_000} multiline />
              </span>
            </li>
          ))}
        </ol>
      </section>
      <section aria-label="History">
        <h2>History</h2>
        <p className={s.caption}>
          {counted(lines.length, 'line', 'lines')} of the archive’s own chained log
          {lines.length > MOST && `, the newest ${MOST}`}. Nothing in it can be changed unnoticed.
        </p>
        <ol className={s.lines}>
          {lines.slice(0, MOST).map((line) => (
            <li key={line.line}>
              <span className={s.when}>{dateTime(line.at, zone)}</span>
              <span>
                <b>
                  <SafeText text={line.by} max={80} />
                </b>{' '}
                <SafeText text={line.words} max={400} sentence /> <span className={s.caption}>line {line.line}</span>
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
