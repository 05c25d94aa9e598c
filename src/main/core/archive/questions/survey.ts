import type { DictionaryName } from '../../search/compile.ts';
import { type DayColumns, MS_PER_DAY } from '../columns/day-columns.ts';
import type { DayStore } from '../columns/day-store.ts';
import type { Narrow } from '../columns/packing.ts';
import { DICTIONARY_NAMES, type Dictionaries, type Dictionary } from '../dictionary.ts';
import type { Survey, Tally } from '../reader.ts';
import { type DayMatch, instantAt } from './matching.ts';
import type { Selection } from './selection.ts';
import { zoneSpans } from './zone-spans.ts';

const MS_PER_HOUR = 3_600_000;
const HOURS_A_WEEK = 168;
// 1 January 1970 was a Thursday, three days after a Monday.
const MONDAY = 72;

type Counted = { readonly counts: Uint32Array; readonly first: Float64Array; readonly last: Float64Array };

/** What the selected entries have in common. Hours of the week are those of the clock on the wall in the zone. */
export function surveyOf(selection: Selection, store: DayStore, dictionaries: Dictionaries, zone: string): Survey {
  const days = [...selection.matches()];
  const counted = new Map<DictionaryName, Counted>(
    DICTIONARY_NAMES.map((name) => [name, nothingCounted(dictionaries[name].ids)]),
  );
  const hourOf = hoursOfWeek(zone, days[0]?.info.day ?? 0, days.at(-1)?.info.day ?? 0);
  const hours = new Array<number>(HOURS_A_WEEK).fill(0);
  let [total, first, last] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { info, match } of days) {
    const columns = store.columns(info);
    const instants = instantsOf(columns, match);
    total += instants.length;
    for (const ts of instants) {
      const hour = hourOf(ts);
      hours[hour] = hours[hour]! + 1;
      if (ts < first) first = ts;
      if (ts > last) last = ts;
    }
    for (const name of DICTIONARY_NAMES) countColumn(counted.get(name)!, columns.ids[name], match, instants);
  }
  const tallies = Object.fromEntries(
    DICTIONARY_NAMES.map((name) => [name, talliesOf(dictionaries[name] as Dictionary<'action'>, counted.get(name)!)]),
  );
  return {
    total,
    first: total === 0 ? null : first,
    last: total === 0 ? null : last,
    hours,
    tallies: tallies as unknown as Survey['tallies'],
  };
}

function nothingCounted(ids: number): Counted {
  return {
    counts: new Uint32Array(ids),
    first: new Float64Array(ids).fill(Number.POSITIVE_INFINITY),
    last: new Float64Array(ids).fill(Number.NEGATIVE_INFINITY),
  };
}

function instantsOf(columns: DayColumns, { from, positions, count }: DayMatch): Float64Array {
  const instants = new Float64Array(count);
  for (let i = 0; i < count; i++) instants[i] = instantAt(columns, positions === null ? from + i : positions[i]!);
  return instants;
}

// Entries that were moved stand behind later ones, so neither end can be taken from the order.
function countColumn(
  { counts, first, last }: Counted,
  ids: Narrow,
  { from, positions }: DayMatch,
  instants: Float64Array,
): void {
  for (let i = 0; i < instants.length; i++) {
    const id = ids[positions === null ? from + i : positions[i]!]!;
    const ts = instants[i]!;
    counts[id]!++;
    if (ts < first[id]!) first[id] = ts;
    if (ts > last[id]!) last[id] = ts;
  }
}

function talliesOf(dictionary: Dictionary<'action'>, { counts, first, last }: Counted): Tally<string>[] {
  const tallies: Tally<string>[] = [];
  for (let id = 0; id < counts.length; id++) {
    if (counts[id] === 0) continue;
    tallies.push({ value: dictionary.tuple(id), count: counts[id]!, first: first[id]!, last: last[id]! });
  }
  return tallies;
}

/** The hour of the week of instants between two UTC days. Asked in order of time it hardly ever looks for its span. */
function hoursOfWeek(zone: string, firstDay: number, lastDay: number): (ms: number) => number {
  const spans = zoneSpans(zone, (firstDay - 1) * MS_PER_DAY, (lastDay + 2) * MS_PER_DAY);
  let span = spans[0]!;
  return (ms) => {
    if (ms < span.start || ms >= span.end) span = spans.find((one) => ms < one.end)!;
    const hour = (Math.floor((ms + span.offset) / MS_PER_HOUR) + MONDAY) % HOURS_A_WEEK;
    return hour < 0 ? hour + HOURS_A_WEEK : hour;
  };
}
