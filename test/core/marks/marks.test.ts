import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { openReader } from '../../../src/main/core/archive/open.ts';
import { MOST_MARKED, markEntries } from '../../../src/main/core/marks/mark-entries.ts';
import { planQuery, type QueryPlan, WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { parseQuery } from '../../../src/shared/filter/parse.ts';
import { batchOf, newArchive } from '../../support/archive.ts';

const AT = Date.parse('2026-10-15T12:00:00Z');
const MARTA = { by: 'Marta', at: AT };
const entry = (i: number) => ({
  id: `log_${i}`,
  timestamp: new Date(Date.parse('2026-10-01T00:00:00Z') + i * 60_000).toISOString(),
  action: 'user.login',
});

async function archiveOf(n: number) {
  const { writer, dir, key } = await newArchive();
  const wires = Array.from({ length: n }, (_, i) => entry(i));
  unwrap(writer.ingest(batchOf(wires)));
  const ask = (text: string): string[] => {
    const parsed = parseQuery(text);
    if (!parsed.ok) throw new Error(parsed.error.message);
    const plan = unwrap(planQuery(parsed.value, 'UTC', AT));
    const ids = [...writer.rows(plan)].map((row) => row.id);
    expect(writer.count(plan)).toBe(ids.length);
    return ids;
  };
  const listed = (...ids: string[]): QueryPlan => ({
    ...WHOLE_ARCHIVE,
    listed: {
      keys: [...writer.rows(WHOLE_ARCHIVE)].filter((r) => ids.includes(r.id)).map((r) => r.key),
      negated: false,
    },
  });
  return { writer, dir, key, wires, ask, listed };
}

it('binds a tag to the key, the id and the leaf of what was received, and keeps who and when', async () => {
  const { writer, dir, key, wires, listed } = await archiveOf(3);
  unwrap(markEntries(writer, listed('log_1'), { kind: 'tag', tag: 'Case 7', set: true }, MARTA));
  const reader = unwrap(openReader(dir, key));
  const [one] = reader.marks().entries;
  const leaf = createHash('sha256').update(Uint8Array.of(0)).update(JSON.stringify(wires[1])).digest('hex');
  expect(one).toMatchObject({ id: 'log_1', leaf });
  expect([...one!.tags.values()]).toEqual([{ tag: 'Case 7', by: 'Marta', at: AT }]);
  expect(reader.marks().reviewer).toBe('Marta');
  reader.close();
});

it('adds lines and changes none: what is taken back takes back what it changed and no more', async () => {
  const { writer, ask, listed } = await archiveOf(4);
  const tag = { kind: 'tag', tag: 'odd' } as const;
  unwrap(markEntries(writer, listed('log_0'), { ...tag, set: true }, MARTA));
  const second = unwrap(markEntries(writer, listed('log_0', 'log_1'), { ...tag, tag: 'ODD', set: true }, MARTA));
  expect(second.keys).toHaveLength(1);
  expect(ask('tag:odd')).toEqual(['log_0', 'log_1']);
  const undo = { ...WHOLE_ARCHIVE, listed: { keys: second.keys, negated: false } };
  unwrap(markEntries(writer, undo, { ...tag, set: false }, MARTA));
  expect(ask('tag:odd')).toEqual(['log_0']);
  expect(ask('-tag:""')).toEqual(['log_0']);
  expect(ask('tag:""')).toEqual(['log_1', 'log_2', 'log_3']);
  expect(writer.journal().map((line) => [line.kind, line.subject])).toEqual([
    ['entry.tag', 'odd'],
    ['entry.tag', 'ODD'],
    ['entry.tag', 'odd'],
  ]);
  // Nothing to change leaves no line.
  unwrap(markEntries(writer, undo, { ...tag, set: false }, MARTA));
  expect(writer.journal()).toHaveLength(3);
});

it('pins and notes; a note that is taken away can stand again as it was', async () => {
  const { writer, ask, listed } = await archiveOf(2);
  unwrap(markEntries(writer, listed('log_1'), { kind: 'pin', set: true }, MARTA));
  const { lines } = unwrap(markEntries(writer, listed('log_0'), { kind: 'note', text: 'Asked her.' }, MARTA));
  expect(ask('is:pinned')).toEqual(['log_1']);
  expect(ask('has:note')).toEqual(['log_0']);
  const later = { by: 'Priya', at: AT + 1 };
  unwrap(markEntries(writer, listed('log_0'), { kind: 'noteSet', notes: lines, set: false }, later));
  expect(ask('has:note')).toEqual([]);
  unwrap(markEntries(writer, listed('log_0'), { kind: 'noteSet', notes: lines, set: true }, later));
  expect(writer.marks().entries[0]?.notes).toEqual([{ note: lines[0], text: 'Asked her.', by: 'Marta', at: AT }]);
});

it('refuses a nameless mark, and more entries than a decision should name', async () => {
  const { writer } = await archiveOf(MOST_MARKED + 1);
  const pin = { kind: 'pin', set: true } as const;
  expect(markEntries(writer, WHOLE_ARCHIVE, pin, { by: ' ', at: AT })).toMatchObject({ error: { code: 'bad_input' } });
  expect(markEntries(writer, WHOLE_ARCHIVE, pin, MARTA)).toMatchObject({ error: { code: 'bad_input' } });
  expect(writer.journal()).toEqual([]);
});

it('says nothing of an entry that got the key of one that was deleted', async () => {
  const { writer, ask } = await archiveOf(1);
  unwrap(markEntries(writer, WHOLE_ARCHIVE, { kind: 'pin', set: true }, MARTA));
  unwrap(writer.deleteBefore({ before: '2026-10-02', reason: 'test', at: AT }));
  expect(writer.marks().entries).toEqual([]);
  unwrap(writer.ingest(batchOf([{ ...entry(0), id: 'another' }])));
  expect(ask('')).toEqual(['another']);
  expect(ask('is:pinned')).toEqual([]);
});

it('reads received: in the zone of the query, and counts late arrivals by when they came', async () => {
  const { writer, ask } = await archiveOf(2);
  const late = { ...entry(0), id: 'late', timestamp: '2026-09-01T00:00:00Z' };
  unwrap(writer.ingest({ ...batchOf([late]), receivedAt: AT + 3_600_000 }));
  expect(ask('received:2026-10-15T12:30')).toEqual(['late']);
  expect(ask('-received:2026-10-15T12:30')).toEqual(['log_0', 'log_1']);
  const parsed = parseQuery('received:2026-10-15T14:30');
  const plan = parsed.ok ? unwrap(planQuery(parsed.value, 'Europe/Berlin', AT)) : WHOLE_ARCHIVE;
  expect(writer.count(plan)).toBe(1);
  expect(writer.lastReceivedAt()).toBe(AT + 3_600_000);
});

it('a legal hold is on what entries say: marks can be taken away', async () => {
  const { writer } = await archiveOf(1);
  const plan = { ...WHOLE_ARCHIVE, filter: { terms: [{ field: 'tag' as const, value: 'x', negated: false }] } };
  expect(writer.placeHold({ reason: 'r', plan, at: AT })).toMatchObject({ ok: false, error: { code: 'bad_input' } });
});
