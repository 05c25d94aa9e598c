import type { ArchiveWriter, Source } from '../../../src/main/core/archive/writer.ts';
import { setOffices } from '../../../src/main/core/detection/triage/offices.ts';
import { markEntries } from '../../../src/main/core/marks/mark-entries.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import type { Random } from '../../../src/main/core/simulator/random.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import type { Office } from '../../../src/shared/office.ts';
import type { Arrivals, Wire } from './arrivals.ts';
import { FIRST_ARRIVAL, SOURCES, TAGS } from './hostile.ts';
import type { Beside } from './plain-loop.ts';

const HOUR = 3_600_000;

/** When batch `n` arrives, counted from 0. */
export function arrivalOf(n: number): number {
  return FIRST_ARRIVAL + n * HOUR;
}

/** Where batch `n` is had from. One name may be that of a server and of a file. */
export function sourceOf(n: number): Source {
  return { kind: n < SOURCES.length ? 'file' : 'api', detail: SOURCES[n % SOURCES.length] ?? '' };
}

const office = {
  id: 'a',
  name: 'Lisbon',
  zone: 'Europe/Lisbon',
  weekdays: [1, 2, 3, 4, 5],
  opens: '09:00',
  closes: '17:30',
};
const OFFICES: readonly Office[] = [
  { ...office, holidays: [{ date: '2026-03-30', name: 'Feriado' }] },
  { ...office, id: 'b', name: 'Night', zone: 'Asia/Kathmandu', opens: '22:00', closes: '06:00', holidays: [] },
];

// Where nobody says anything, offices are open on weekdays from seven to eight in the evening.
function setHours(writer: ArchiveWriter, said: boolean): (timestamp: string) => boolean {
  if (said) unwrap(setOffices(writer, OFFICES, { by: 'Marta', at: FIRST_ARRIVAL }));
  return (timestamp) => {
    const at = Date.parse(timestamp);
    if (!said) return isWeekday(at, 0) && isBetween(at, 7, 20);
    // Summer time began on Sunday 29 March; Nepal is 5 h 45 ahead all year.
    const lisbon = at + (at >= Date.parse('2026-03-29T01:00:00Z') ? HOUR : 0);
    const nepal = at + 5.75 * HOUR;
    const isHoliday = new Date(lisbon).toISOString().startsWith('2026-03-30');
    if (isWeekday(lisbon, 0) && !isHoliday && isBetween(lisbon, 9, 17.5)) return true;
    return (isWeekday(nepal, 0) && isBetween(nepal, 22, 24)) || (isWeekday(nepal, 1) && isBetween(nepal, 0, 6));
  };
}

function isWeekday(wallMs: number, daysBefore: number): boolean {
  const day = new Date(wallMs - daysBefore * 24 * HOUR).getUTCDay();
  return day >= 1 && day <= 5;
}

function isBetween(wallMs: number, from: number, to: number): boolean {
  const hour = (wallMs % (24 * HOUR)) / HOUR;
  return hour >= from && hour < to;
}

/**
 * Lets reviewers tag, pin, note and change their minds, and tells what then lies beside each entry, kept in the plainest
 * way there is.
 */
export function putBeside(writer: ArchiveWriter, arrivals: Arrivals, lot: Random): (wire: Wire) => Beside {
  type Kept = { source: string; tags: Set<string>; pinned: boolean; notes: Set<number>; receivedMs: number };
  const beside = new Map<string, Kept>();
  for (let n = 0; n < arrivals.batches.length; n++)
    for (const wire of arrivals.after(n + 1).entries) {
      const id = String(wire.id);
      if (!beside.has(id))
        beside.set(id, {
          source: sourceOf(n).detail,
          tags: new Set(),
          pinned: false,
          notes: new Set(),
          receivedMs: arrivalOf(n),
        });
    }
  const isAtWork = setHours(writer, lot.chance(0.5));
  const rows = [...writer.rows(WHOLE_ARCHIVE)];
  for (let turn = 0; turn < 12 && rows.length > 0; turn++) {
    const picked = rows.filter(() => lot.chance(0.3));
    const plan = { ...WHOLE_ARCHIVE, listed: { keys: picked.map((row) => row.key), negated: false } };
    const set = lot.chance(0.7);
    const each = (change: (one: Kept) => void): void => {
      for (const row of picked) change(beside.get(row.id)!);
    };
    const word = { by: 'Marta', at: FIRST_ARRIVAL + turn };
    const what = lot.pick(['tag', 'pin', 'note'] as const);
    if (what === 'tag') {
      const tag = lot.pick(TAGS);
      unwrap(markEntries(writer, plan, { kind: 'tag', tag: lot.chance(0.5) ? tag : tag.toLowerCase(), set }, word));
      each((one) => (set ? one.tags.add(tag) : one.tags.delete(tag)));
    } else if (what === 'pin') {
      unwrap(markEntries(writer, plan, { kind: 'pin', set }, word));
      each((one) => {
        one.pinned = set;
      });
    } else {
      const [note] = unwrap(markEntries(writer, plan, { kind: 'note', text: 'Looked at.' }, word)).lines;
      if (note === undefined) continue;
      each((one) => one.notes.add(note));
      const again = picked.filter(() => lot.chance(0.5));
      const fewer = { ...plan, listed: { keys: again.map((row) => row.key), negated: false } };
      unwrap(markEntries(writer, fewer, { kind: 'noteSet', notes: [note], set: false }, word));
      for (const row of again) beside.get(row.id)!.notes.delete(note);
    }
  }
  return (wire) => {
    const { source, tags, pinned, notes, receivedMs } = beside.get(String(wire.id))!;
    return {
      source,
      tags: [...tags],
      pinned,
      noted: notes.size > 0,
      receivedMs,
      atWork: isAtWork(String(wire.timestamp)),
    };
  };
}
