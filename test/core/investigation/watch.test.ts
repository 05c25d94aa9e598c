import { expect, it } from 'vitest';
import { actOnCase, type CaseAct } from '../../../src/main/core/investigation/case-acts.ts';
import { CaseBook } from '../../../src/main/core/investigation/case-book.ts';
import { readForeign } from '../../../src/main/core/investigation/foreign.ts';
import { openCase } from '../../../src/main/core/investigation/open-case.ts';
import { lookForWatched } from '../../../src/main/core/investigation/watch.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { setUp } from '../sync/support/against-simulator.ts';
import { NOW } from '../sync/support/fixtures.ts';

it('opens a closed case again when a sync brings what it watches, and counts only what that sync brought', async () => {
  const { writer, sync, clock } = await setUp({});
  expect(
    (await sync({ to: new Date(NOW - 16 * 86_400_000).toISOString().slice(0, 10) })).achieved.inserted,
  ).toBeGreaterThan(0);
  const had = new Set([...writer.rows(WHOLE_ARCHIVE)].map(({ key }) => key));
  const emails = [...writer.rows(WHOLE_ARCHIVE)].flatMap(({ actor }) => actor?.email ?? []);
  const counts = Map.groupBy(emails, (one) => one);
  // Whoever is busiest is at work afterwards, too.
  const [person = ''] = [...counts.keys()].sort((a, b) => counts.get(b)!.length - counts.get(a)!.length);
  const book = new CaseBook();
  const opening = {
    title: 'A',
    severity: 'low',
    lead: null,
    aware: null,
    findings: [],
    seeds: [],
    guesses: new Map(),
  } as const;
  const id = unwrap(openCase(writer, book, opening, { by: 'Marta', at: clock.now() }));
  const act = (what: object) => unwrap(actOnCase(writer, book, { id, by: 'Marta', ...what } as CaseAct, clock.now()));
  act({ do: 'watch', kind: 'person', value: person, on: true });
  act({ do: 'setStatus', status: 'closed', reason: '' });
  expect(unwrap(lookForWatched(writer, clock.now()))).toEqual([]);
  expect((await sync()).achieved.complete).toBe(true);
  const seen = unwrap(lookForWatched(writer, clock.now()));
  const named = [...writer.rows(WHOLE_ARCHIVE)].filter(
    ({ key, actor, target }) =>
      !had.has(key) && [actor?.email, actor?.name, actor?.id, target?.id, target?.name].includes(person),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(seen).toEqual([{ id, title: 'A', label: person, entries: named.length, reopened: true }]);
  expect(book.refresh(writer).of(id)).toMatchObject({ status: 'open', closed: null, seenAgain: named.length });
  expect(unwrap(lookForWatched(writer, clock.now()))).toEqual([]);
  act({ do: 'note', event: null, text: 'Looked' });
  expect(book.of(id)!.seenAgain).toBe(0);
});

it('reads lines of other logs by what their columns hold, and names those it cannot read', () => {
  const read = (text: string, time: string | null = null) =>
    readForeign(Buffer.from(text), { name: 'x', zone: 'America/New_York', time });
  const csv = unwrap(
    read('\uFEFFdate,time,message\r\nx,2026-03-01 10:00,"a, b"\r\nx,01.03.2026 10:00:01,c\r\nx,soon,d\r\n'),
  );
  expect(csv.file.lines).toMatchObject([
    { line: 2, ts: Date.parse('2026-03-01T15:00:00Z'), title: 'a, b' },
    { line: 3, ts: Date.parse('2026-03-01T15:00:01Z'), title: 'c' },
  ]);
  expect(csv.rejected).toEqual([{ line: 4, reason: '“soon” is no time.' }]);
  const ndjson = unwrap(
    read('{"when":"no","event":{"at":1772359200,"kind":"x"}}\n[1]\n{"event":{"at":"1772359200123"}}\n', 'event.at'),
  );
  expect(ndjson.file.lines.map(({ ts }) => ts)).toEqual([1_772_359_200_000, 1_772_359_200_123]);
  expect(ndjson.rejected).toEqual([{ line: 2, reason: 'It is no object.' }]);
  expect(
    unwrap(read('time,a\n2026-03-08 02:30:00+0100,x\n2026-02-30 10:00,y\n2026-03-01 10:00,z\n')).rejected,
  ).toMatchObject([{ line: 3 }]);
  expect(read('a,b\n1,2\n')).toMatchObject({ error: { code: 'bad_input' } });
});
