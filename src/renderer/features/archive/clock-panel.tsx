import type { Output } from '../../../shared/contract.ts';
import type { DayState } from '../../../shared/coverage.ts';
import { dayOf, daysBetween } from '../../../shared/instant.ts';
import { useZone } from '../../lib/app-state.ts';
import { counted } from '../../lib/number.ts';
import { clockMinutes, date, longDate, zoneName } from '../../lib/time.ts';
import { Panel } from '../../ui/notes.tsx';
import s from './archive.module.css';
import { untilWords } from './day-words.ts';
import { useNow } from './use-now.ts';

/** Shares of the bar between which its edge is far enough from what stands at its ends to be named too. */
const NAMED_FROM = 0.35;
const ALONE_FROM = 0.85;

type Retention = Output<'coverage.retention'>;

const HELD: Readonly<Record<DayState, string>> = {
  complete: 'It is held here, complete.',
  partial: 'It is held here in part.',
  imported: 'It is held here from a file.',
  pending: 'It is not here yet.',
  lost: 'It is not here.',
};

/** The retention clock: how much of the log exists nowhere else by now, and which day is next. */
export function ClockPanel({ retention }: { retention: Retention }) {
  const zone = useZone();
  const now = useNow(retention);
  const { onlyHere, byPlan, keeps, edge, edgeGone, edgeState } = retention;
  return (
    <Panel>
      <div className={s.clock}>
        <div>
          <Headline onlyHere={onlyHere} byPlan={byPlan} />
          {byPlan ? (
            <p className={s.sentence}>
              Jetty keeps {counted(keeps, 'day', 'days')}. The next day, <b>{longDate(Date.parse(edge), 'UTC')}</b>,
              falls out of Jetty in <b>{untilWords(edgeGone - now)}</b>, at {clockMinutes(edgeGone, zone)}{' '}
              {zoneName(edgeGone, zone)}. {edgeState === null ? 'The archive has no record of it.' : HELD[edgeState]}
            </p>
          ) : (
            <p className={s.sentence}>
              How long Jetty keeps this log is not known: at least {counted(keeps, 'day', 'days')}, as far as it was
              seen. Say which plan you have, and Logbook counts exactly.
            </p>
          )}
        </div>
        {byPlan && <Bar retention={retention} />}
      </div>
    </Panel>
  );
}

function Headline({ onlyHere, byPlan }: { onlyHere: number; byPlan: boolean }) {
  if (onlyHere === 0) return <p className={s.number}>Every day that is held here is still in Jetty too.</p>;
  const words = byPlan ? `now exist${onlyHere === 1 ? 's' : ''} only here` : 'may by now exist only here';
  return (
    <p className={s.number}>
      <b>{counted(onlyHere, 'day', 'days')}</b> of your log {words}
    </p>
  );
}

function Bar({ retention }: { retention: Retention }) {
  const { first, edge, now } = retention;
  const today = dayOf(now, 'UTC');
  if (first === null || first > today) return null;
  const here = Math.max(0, daysBetween(first, edge));
  const both = daysBetween(first > edge ? first : edge, today) + 1;
  const share = here / (here + both);
  return (
    <div className={s.bar} aria-hidden>
      <div className={s.track} data-colours>
        {here > 0 && <i style={{ width: `${share * 100}%` }} />}
        <i className={s.both} />
      </div>
      <div className={s.marks}>
        <span>
          {date(Date.parse(first), 'UTC')}
          <b>{here > 0 ? 'only here' : ''}</b>
        </span>
        {share > NAMED_FROM && (
          <em style={{ right: `${(1 - share) * 100}%` }} className={s.edgeName}>
            retention edge
          </em>
        )}
        <span>
          {share < ALONE_FROM ? 'today' : '\u00a0'}
          <b>here and in Jetty</b>
        </span>
      </div>
    </div>
  );
}
