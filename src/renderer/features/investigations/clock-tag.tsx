import type { CaseClock } from '../../../shared/case-schema.ts';
import tag from '../../ui/state-tag.module.css';
import { lengthWords } from './words.ts';

const DAY = 86_400_000;

/** How much time a deadline leaves, or since when it is over. */
export function ClockTag({ clock, now }: { clock: CaseClock; now: number }) {
  const { dueAt, met } = clock;
  if (met !== null) {
    const late = dueAt !== null && met.at > dueAt;
    return (
      <span className={tag.tag} data-tone={late ? 'critical' : 'ok'}>
        {late ? 'met late' : 'met'}
      </span>
    );
  }
  if (dueAt === null) return <span className={tag.tag}>from when it was noticed</span>;
  const left = dueAt - now;
  // Whole hours beyond a day read best here: the law counts in them.
  const words =
    Math.abs(left) >= DAY / 24 ? `${Math.floor(Math.abs(left) / 3_600_000)} h` : lengthWords(Math.abs(left));
  return (
    <span className={tag.tag} data-tone={left < 0 ? 'critical' : left < 3 * DAY ? 'medium' : undefined}>
      {left < 0 ? `overdue ${words}` : `${words} left`}
    </span>
  );
}
