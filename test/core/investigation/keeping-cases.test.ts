import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openReader } from '../../../src/main/core/archive/open.ts';
import { decodeBlock, encodeBlock, rawAt } from '../../../src/main/core/archive/raw/block.ts';
import { openEncrypted } from '../../../src/main/core/archive/sqlite.ts';
import { NO_PLACES } from '../../../src/main/core/geo/places.ts';
import { actOnCase, type CaseAct } from '../../../src/main/core/investigation/case-acts.ts';
import { CaseBook } from '../../../src/main/core/investigation/case-book.ts';
import { soundCase } from '../../../src/main/core/investigation/case-export.ts';
import { openCase } from '../../../src/main/core/investigation/open-case.ts';
import { parseEntry } from '../../../src/main/core/jetty/parse-entry.ts';
import { applyKeeping, readKeeping, setKeep } from '../../../src/main/core/keeping/policy.ts';
import { verifyWithReviews } from '../../../src/main/core/review/verify-reviews.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { batchOf, newArchive } from '../../support/archive.ts';

const NOW = Date.parse('2026-10-15T12:00:00Z');
const entry = (n: number) => ({
  id: `log_${n}`,
  timestamp: new Date(Date.parse('2026-03-02T10:00:00Z') + n * 60_000).toISOString(),
  action: n % 2 === 0 ? 'user.login' : 'user.logout',
  actor: { id: 'u1', name: 'Ines', email: 'ines@example.com' },
});

async function withPinned() {
  const { dir, key, writer } = await newArchive();
  unwrap(writer.ingest(batchOf(Array.from({ length: 10 }, (_, i) => entry(i)))));
  const book = new CaseBook();
  const opening = {
    title: 'Odd',
    severity: 'low',
    lead: null,
    aware: null,
    findings: [],
    seeds: [],
    guesses: new Map(),
  } as const;
  const id = unwrap(openCase(writer, book, opening, { by: 'Marta', at: NOW }));
  const act = (what: object) => unwrap(actOnCase(writer, book, { id, by: 'Marta', ...what } as CaseAct, NOW));
  const terms = [{ field: 'action', value: 'user.login', negated: false }] as const;
  act({ do: 'pin', plan: { ...WHOLE_ARCHIVE, filter: { terms } }, phase: null, technique: null });
  const [cited] = book.of(id)!.events.keys();
  act({ do: 'saveStory', text: `See [${cited}].` });
  return { dir, key, writer, id, act };
}

it('keeps what is pinned in a case from deletion until it is closed, and says which case keeps it', async () => {
  const { writer, act, id, dir, key } = await withPinned();
  unwrap(setKeep(writer, 30, { by: 'Dana', at: NOW }));
  expect(readKeeping(writer, NOW)).toMatchObject({ due: 10, held: 5, cases: [{ id, title: 'Odd' }] });
  expect(unwrap(applyKeeping(writer, { by: 'Dana', at: NOW }))).toMatchObject({ entries: 5, held: 5 });
  expect([...writer.rows(WHOLE_ARCHIVE)].map((row) => row.action)).toEqual(Array(5).fill('user.login'));
  act({ do: 'setStatus', status: 'closed', reason: '' });
  expect(unwrap(applyKeeping(writer, { by: 'Dana', at: NOW }))).toMatchObject({ entries: 5, held: 0 });
  writer.close();
  // Deleted lawfully is no alteration, and yet nothing leaves the archive as if it were there.
  expect(unwrap(await verifyWithReviews(dir, key, { parse: parseEntry })).ok).toBe(true);
  const reader = unwrap(openReader(dir, key));
  expect(soundCase(reader, id, NO_PLACES)).toMatchObject({ error: { code: 'integrity' } });
  reader.close();
});

it('names a pinned entry whose bytes are not those it was bound to, and what a story cites of a line that was altered', async () => {
  const { dir, key, writer, id } = await withPinned();
  writer.close();
  expect(unwrap(await verifyWithReviews(dir, key, { parse: parseEntry }))).toMatchObject({ ok: true });
  const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'write'));
  for (const name of db.prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger'`).pluck().all() as string[])
    db.exec(`DROP TRIGGER ${name}`);
  const row = db.prepare('SELECT id, bytes FROM block').get() as { id: number; bytes: Buffer };
  const block = decodeBlock(row.bytes);
  const raws = Array.from(block.keys, (_key, slot) => {
    const raw = Buffer.from(rawAt(block, slot));
    return raw.includes('log_4"') ? Buffer.from(raw.toString().replace('Ines', 'Inez')) : raw;
  });
  db.prepare('UPDATE block SET bytes = ? WHERE id = ?').run(encodeBlock(block.keys, raws), row.id);
  const story = db.prepare(`SELECT seq, body FROM journal WHERE kind = 'case.story'`).get() as { seq: number };
  db.prepare('UPDATE journal SET body = ? WHERE seq = ?').run(JSON.stringify({ text: 'See [E-99].' }), story.seq);
  db.close();
  const { problems } = unwrap(await verifyWithReviews(dir, key, { parse: parseEntry }));
  const told = problems.filter(({ part }) => part === 'case');
  expect(told).toMatchObject([
    { what: 'altered', entry: 'log_4', message: expect.stringContaining(`${id} “Odd”`) },
    { what: 'missing', message: expect.stringContaining('E-99') },
  ]);
  const reader = unwrap(openReader(dir, key));
  const refused = soundCase(reader, id, NO_PLACES);
  expect(refused).toMatchObject({ error: { code: 'integrity', message: expect.stringContaining('E-99') } });
  reader.close();
});
