import { DAY_STATES, type DayCoverage } from '../../../shared/coverage.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { isDay } from '../../../shared/instant.ts';
import { coverageDays, coverageOver } from '../../core/sync/coverage-days.ts';
import { type RetentionFacts, retentionFacts } from '../../core/sync/retention-facts.ts';
import { type Answer, columns, grouped } from '../answer.ts';
import type { Terminal } from '../terminal.ts';
import { ask, type QuestionOptions } from './questions.ts';

const DAY_MS = 86_400_000;

/** `logbook coverage`: what the archive knows of each UTC day, where the retention edge is and what is lost next. */
export async function coverage(options: QuestionOptions, terminal: Terminal): Promise<Result<Answer>> {
  for (const side of ['from', 'to'] as const) {
    const day = options[side];
    if (day !== undefined && !isDay(day))
      return fail('bad_input', `--${side} “${day}” is not a date.`, 'Write it as 2026-01-31.');
  }
  // Here --from and --to choose days, not entries.
  const { from, to, ...others } = options;
  return ask('', others, terminal, (reader, _plan, _zone, now) => {
    // A span that was asked for is told whole, as a report tells it.
    const days =
      from !== undefined && to !== undefined
        ? coverageOver(reader, from, to, now)
        : coverageDays(reader, now).filter(({ day }) => (!from || day >= from) && (!to || day <= to));
    const facts = retentionFacts(reader, now);
    const { atRisk } = facts;
    const left = daysLeft(facts, now);
    return ok({
      json: {
        days: days.map((d) => ({
          day: d.day,
          state: d.state,
          served: d.served,
          stored: d.stored,
          checked_at: d.checkedAt,
          note: d.note,
        })),
        retention_edge: facts.edge,
        at_risk: left,
        at_risk_day: atRisk && {
          day: atRisk.day,
          state: atRisk.state,
          days: atRisk.days,
          begins: new Date(atRisk.begins).toISOString(),
          gone: new Date(atRisk.gone).toISOString(),
        },
      },
      text: [table(days), summary(days, facts, left)].filter((part) => part !== '').join('\n\n'),
    });
  });
}

/** Whole days until the oldest day that is not here whole begins to fall out of retention; null where none is known to. */
function daysLeft({ atRisk, byPlan }: RetentionFacts, now: number): number | null {
  return atRisk === null || !byPlan ? null : Math.max(0, Math.floor((atRisk.begins - now) / DAY_MS));
}

function table(days: readonly DayCoverage[]): string {
  return columns(
    days.map((d) => [
      d.day,
      d.state,
      grouped(d.stored).padStart(9),
      d.served === null ? '' : `of ${grouped(d.served)}`,
      d.note ?? '',
    ]),
  );
}

function summary(days: readonly DayCoverage[], { edge, byPlan, keeps, atRisk }: RetentionFacts, left: number | null) {
  const first = days[0]?.day;
  if (first === undefined) return 'Nothing has been fetched or imported yet.';
  const counts = DAY_STATES.map((state) => [days.filter((day) => day.state === state).length, state] as const);
  const told = counts.filter(([count]) => count > 0).map(([count, state]) => `${count} ${state}`);
  const lines = [`${first} to ${days.at(-1)?.day}: ${told.join(', ')}`];
  if (days.every(({ state }) => state === 'imported')) {
    lines.push('All of it came from files; no sync has asked Jetty yet.');
    return lines.join('\n');
  }
  lines.push(
    byPlan
      ? `Jetty keeps ${keeps} days: its oldest is ${edge}.`
      : `Jetty was seen to keep ${keeps} days (its plan is not known; sync with --plan): its oldest is ${edge}.`,
  );
  if (atRisk === null) lines.push('At risk: nothing.');
  else {
    const what = `${atRisk.days} ${atRisk.days === 1 ? 'day that is' : 'days that are'} not here whole`;
    const when = left === null ? '' : `, in ${left} ${left === 1 ? 'day' : 'days'}`;
    lines.push(
      `At risk: ${what}; the first, ${atRisk.day}, falls out of retention from ${new Date(atRisk.begins).toISOString()}${when}.`,
    );
  }
  return lines.join('\n');
}
