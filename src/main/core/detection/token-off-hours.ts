import { Temporal } from 'temporal-polyfill';
import { describeAction } from '../../../shared/action.ts';
import type { EntryRow } from '../../../shared/entry.ts';
import { clockText, counted } from './clock-text.ts';
import { actorKey, actorName, type Hit, type Rule } from './rule.ts';

/** Office hours of the archive's zone: Monday to Friday, from the first hour to before the second. */
const OPENS = 7;
const CLOSES = 20;
/** With this much history a person's own hours count: an office elsewhere, a night shift. */
const ENOUGH_HISTORY = 20;
const MS_PER_HOUR = 3_600_000;

/** An API token created when the office is closed and its maker has hardly ever been at work. */
export const TOKEN_OFF_HOURS: Rule = {
  info: {
    id: 'token-created-off-hours',
    title: 'API token created outside office hours',
    description: `A token created outside ${OPENS}:00–${CLOSES}:00, Monday to Friday, in the archive's zone, by somebody who is not usually active at that hour. Somebody with fewer than ${ENOUGH_HISTORY} earlier entries is judged by office hours alone, and the finding says so.`,
    severity: 'medium',
    technique: { id: 'T1098.001', name: 'Additional Cloud Credentials', attackVersion: '17.1' },
    controls: ['SOC 2 CC6.1', 'SOC 2 CC6.2', 'SOC 2 CC7.2', 'ISO 27001 A.8.16'],
    enabled: true,
    version: 1,
  },
  start({ zone }) {
    const hours = new Map<string, number[]>();
    const hits: Hit[] = [];
    return {
      see(row) {
        const actor = actorKey(row);
        if (actor === null) return;
        const history = hours.get(actor) ?? new Array<number>(24).fill(0);
        const hour = Math.floor(row.ts / MS_PER_HOUR) % 24;
        if (describeAction(row.action).meaning === 'token_created' && isOffHours(row.ts, zone)) {
          const total = history.reduce((sum, n) => sum + n, 0);
          const near = [hour - 1, hour, hour + 1].reduce((sum, h) => sum + (history[(h + 24) % 24] ?? 0), 0);
          if (total < ENOUGH_HISTORY || near / total < 0.05) hits.push(describe(row, zone, near, total));
        }
        history[hour] = (history[hour] ?? 0) + 1;
        hours.set(actor, history);
      },
      finish: () => hits,
    };
  },
};

function isOffHours(ms: number, zone: string): boolean {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  return at.dayOfWeek > 5 || at.hour < OPENS || at.hour >= CLOSES;
}

function describe(row: EntryRow, zone: string, near: number, total: number): Hit {
  const history =
    total < ENOUGH_HISTORY
      ? `there are only ${counted(total, 'earlier entry').replace('entrys', 'entries')} of this person to compare with`
      : `of ${total} earlier entries of this person ${near === 0 ? 'none' : near} ${near === 1 ? 'was' : 'were'} within an hour of that time of day`;
  return {
    entries: [row],
    severity: 'medium',
    actor: actorName(row),
    address: row.address,
    why: `${actorName(row)} created ${row.target?.name ? `the token “${row.target.name}”` : 'a token'} ${clockText(row.ts, zone)} (${zone}), outside office hours; ${history}.`,
  };
}
