import ipaddr from 'ipaddr.js';
import type { EntryRow } from '../../../shared/entry.ts';
import { ok, type Result } from '../../../shared/errors.ts';
import { addressTest } from '../../../shared/filter/address.ts';
import type { ArchiveWriter } from '../archive/writer.ts';
import { CaseBook } from './case-book.ts';
import { CASE_LINES, caseLine, LOGBOOK } from './case-lines.ts';
import type { KeptWatch } from './case-state.ts';

/** What was seen again: a case, how it is called, what, and by how many new entries. */
export type SeenAgain = {
  readonly id: string;
  readonly title: string;
  readonly label: string;
  readonly entries: number;
  readonly reopened: boolean;
};

const SETTING = 'cases_watched_until';

/**
 * Looks for what cases watch among the entries that arrived since it was looked last, and writes down what it saw; a closed
 * case is opened again by that. Entries that were there when watching began are not seen again. `now`: milliseconds UTC.
 */
export function lookForWatched(writer: ArchiveWriter, now: number): Result<readonly SeenAgain[]> {
  const newest = writer.lastReceivedAt();
  const before = Number(writer.setting(SETTING) ?? 0);
  const cases = new CaseBook()
    .refresh(writer)
    .all()
    .filter(({ watched }) => watched.length > 0);
  if (newest === null || newest <= before) return ok([]);
  const seen: SeenAgain[] = [];
  if (cases.length > 0) {
    const tests = cases.flatMap((state) =>
      state.watched.map((thing) => ({ state, thing, names: testOf(thing), entries: 0, last: 0 })),
    );
    const since = Math.min(...tests.map(({ thing }) => Math.max(before, thing.since)));
    for (const row of arrivedAfter(writer, since)) {
      let arrived: number | null = null;
      for (const test of tests) {
        if (!test.names(row)) continue;
        arrived ??= writer.entry(row.key)?.provenance.receivedAt ?? 0;
        if (arrived <= Math.max(before, test.thing.since)) continue;
        test.entries++;
        test.last = Math.max(test.last, row.ts);
      }
    }
    const opened = new Set<string>();
    const lines = tests
      .filter(({ entries }) => entries > 0)
      .map(({ state, thing, entries, last }) => {
        const reopened = state.status === 'closed' && !opened.has(state.id);
        opened.add(state.id);
        const { kind, value, label } = thing;
        seen.push({ id: state.id, title: state.title, label, entries, reopened });
        const body = { kind, value, label, entries, last, reopened };
        return caseLine(CASE_LINES.seen, state.id, { by: LOGBOOK, at: now }, body);
      });
    const written = lines.length === 0 ? ok([]) : writer.appendJournal(lines);
    if (!written.ok) return written;
  }
  const set = writer.setSetting(SETTING, String(newest));
  return set.ok ? ok(seen) : set;
}

function arrivedAfter(writer: ArchiveWriter, ms: number): IterableIterator<EntryRow> {
  const term = { field: 'received' as const, value: new Date(ms + 1).toISOString(), negated: false };
  return writer.rows({ filter: { terms: [term] }, fromMs: null, toMs: null });
}

function testOf({ kind, value }: KeptWatch): (row: EntryRow) => boolean {
  const wanted = value.toLowerCase();
  const is = (text: string | null | undefined): boolean => text?.toLowerCase() === wanted;
  switch (kind) {
    case 'person':
      return ({ actor, target }) => [actor?.id, actor?.email, actor?.name, target?.id, target?.name].some(is);
    case 'address':
    case 'network': {
      const isNamed = ipaddr.isValid(value) || ipaddr.isValidCIDR(value) ? addressTest(value) : is;
      return ({ address }) => address !== null && isNamed(address);
    }
    case 'device':
      return ({ agent }) => is(agent);
    case 'token':
      return ({ actor, target }) => [actor?.id, actor?.name, target?.id, target?.name].some(is);
  }
}
