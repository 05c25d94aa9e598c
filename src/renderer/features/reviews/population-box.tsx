import { IconLock } from '@tabler/icons-react';
import type { ReviewDetail } from '../../../shared/review-schema.ts';
import { counted, grouped } from '../../lib/number.ts';
import { dateTime } from '../../lib/time.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { dayText } from './periods.ts';
import s from './worksheet.module.css';

/** What was frozen at the start: the question, how many, how whole, which sample, the hash. */
export function PopulationBox({ review }: { review: ReviewDetail }) {
  const { question, coverage, sample, kind, zone } = review;
  const gaps = coverage.days.filter(({ state }) => state !== 'complete');
  const gapWords =
    gaps.length === 0
      ? 'all complete'
      : gaps.length <= 2
        ? gaps.map(({ day, state }) => `${state === 'imported' ? 'imported' : state}: ${dayText(day)}`).join(', ')
        : `${grouped(gaps.length)} not provably whole`;
  return (
    <section className={s.population} aria-label="Population">
      <header>
        <span>Population</span>
        <span className={s.frozen}>
          <IconLock size={12} stroke={1.8} aria-hidden />
          Frozen {dateTime(question.frozenAt, zone)}
        </span>
      </header>
      <p className={s.query} title="The question that was frozen">
        <SafeText text={question.text} max={400} /> <i>tz:{zone}</i>
      </p>
      <p className={s.words}>
        <SafeText text={question.words} max={400} sentence />
        {question.first && question.last && (
          <>
            ; first {dateTime(question.first.at, zone)}, last {dateTime(question.last.at, zone)}
          </>
        )}
        {question.deleted > 0 && `; ${grouped(question.deleted)} lawfully deleted since`}
      </p>
      <dl className={s.figures}>
        <div>
          <dd data-testid="population" data-count={question.count}>
            {grouped(question.count)}
          </dd>
          <dt>
            {kind === 'events' ? 'entries' : 'places in teams'}
            {sample === null && ', all of them'}
          </dt>
        </div>
        <div>
          <dd>
            {grouped(coverage.complete)} of {grouped(coverage.days.length)}
          </dd>
          <dt
            title={gaps
              .map(({ day, state }) => `${day} ${state}`)
              .join(', ')
              .slice(0, 900)}
          >
            days complete{gaps.length > 0 && `, ${gapWords}`}
          </dt>
        </div>
        <div>
          <dd>{sample === null ? 'whole' : grouped(sample.size)}</dd>
          <dt>
            {sample === null ? (
              'no sample was drawn'
            ) : (
              <span title={`method ${sample.method}, drawn by ${sample.by}`}>
                sample, seed{' '}
                <code>
                  <SafeText text={sample.seed} max={40} />
                </code>
                {sample.before > 0 && `, ${counted(sample.before, 'draw', 'draws')} before`}
              </span>
            )}
          </dt>
        </div>
        <div>
          <dd className={s.mono} title={question.sha256}>
            {question.sha256.slice(0, 4)} {question.sha256.slice(4, 8)} … {question.sha256.slice(-4)}
          </dd>
          <dt>SHA-256 of the frozen list</dt>
        </div>
      </dl>
    </section>
  );
}
