import { Temporal } from 'temporal-polyfill';
import type { BaselineChart } from '../../../shared/detection-contract.ts';
import type { EntryRow } from '../../../shared/entry.ts';
import type { Finding } from '../../../shared/finding.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { QueryPlan } from '../search/plan.ts';

const HOURS = 168;
const MOST_EVENTS = 200;

/** When the actor of a finding used to be active before it, by hour of the week in a zone. Null where nobody is named. */
export function baselineChart(
  reader: ArchiveReader,
  finding: Pick<Finding, 'entryKeys' | 'first'>,
  zone: string,
): BaselineChart | null {
  const rows = finding.entryKeys.slice(0, MOST_EVENTS).flatMap((key) => reader.entry(key)?.row ?? []);
  const actor = mostFrequent(rows.flatMap(nameOf));
  if (actor === null) return null;
  const plan: QueryPlan = {
    filter: { terms: [{ field: 'actor', value: actor, negated: false }] },
    fromMs: null,
    toMs: finding.first - 1,
  };
  const entries = new Array<number>(HOURS).fill(0);
  const signIns = new Array<number>(HOURS).fill(0);
  const buckets = reader.histogram(plan, 'hour', zone);
  for (const { start, count, byCategory } of buckets) {
    const slot = hourOfWeek(start, zone);
    entries[slot] = (entries[slot] ?? 0) + count;
    signIns[slot] = (signIns[slot] ?? 0) + (byCategory.authentication ?? 0);
  }
  const ends = buckets.length === 0 ? null : plan;
  const edge = (direction: 'older' | 'newer'): number | null =>
    ends === null ? null : (reader.page(ends, { after: null, limit: 1, direction }).rows[0]?.ts ?? null);
  return {
    zone,
    actor: rows.find((row) => nameOf(row).includes(actor))?.actor?.name ?? actor,
    from: edge('newer'),
    to: edge('older'),
    entries,
    signIns,
    events: rows
      .filter((row) => nameOf(row).includes(actor))
      .map((row) => ({ key: row.key, ts: row.ts, slot: hourOfWeek(row.ts, zone) })),
  };
}

/** Hour of the week in a zone, 0 for Monday from midnight to one, 167 for Sunday's last. */
export function hourOfWeek(ms: number, zone: string): number {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  return (at.dayOfWeek - 1) * 24 + at.hour;
}

function nameOf(row: EntryRow): string[] {
  const name = row.actor?.id ?? row.actor?.email ?? row.actor?.name;
  return name ? [name] : [];
}

function mostFrequent(names: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
