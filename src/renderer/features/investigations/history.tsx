import type { CaseDetail } from '../../../shared/case-schema.ts';
import { useZone } from '../../lib/app-state.ts';
import { dateTime } from '../../lib/time.ts';
import { JournalLines } from '../../ui/journal-lines.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './case.module.css';

/** Notes beside the case, and every line of the archive's journal about it, newest first. */
export function History({ detail }: { detail: CaseDetail }) {
  const zone = useZone();
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
        <JournalLines lines={detail.history} zone={zone} />
      </section>
    </div>
  );
}
