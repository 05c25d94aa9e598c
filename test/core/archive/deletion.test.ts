import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkArchive } from '../../../src/main/core/archive/check-archive.ts';
import { openReader, openWriter } from '../../../src/main/core/archive/open.ts';
import { openEncrypted } from '../../../src/main/core/archive/sqlite.ts';
import { parseEntry } from '../../../src/main/core/jetty/parse-entry.ts';
import { applyKeeping, parseKeep, readKeeping, setKeep } from '../../../src/main/core/keeping/policy.ts';
import { planQuery, WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { parseQuery } from '../../../src/shared/filter/parse.ts';
import { batchOf, newArchive } from '../../support/archive.ts';
import { CHEAP_KDF, fixedClock, realRandom } from '../../support/ports.ts';

const NOW = Date.parse('2026-10-15T12:00:00Z');
const ports = { clock: fixedClock('2026-10-15T12:00:00Z'), random: realRandom, kdfCost: CHEAP_KDF };
const entry = (n: number, who: string) => ({
  id: `log_${n}`,
  timestamp: new Date(Date.parse('2026-10-01T00:00:00Z') + n * 3_600_000).toISOString(),
  actor: { id: who, name: `Name of ${who}`, email: `${who}@example.com` },
  action: 'tunnel.deleted',
  metadata: { note: `note-${who}-${n}` },
});
const plan = (query: string) => {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return unwrap(planQuery(parsed.value, 'UTC', NOW));
};

const checkColumns = (dir: string, key: Uint8Array) => unwrap(checkArchive(dir, key, parseEntry)).problems;

/** Ten days of 24 entries: the early ones by Eve, the later by Adam, one by both in every day. */
async function tenDays() {
  const archive = await newArchive();
  const wires = Array.from({ length: 240 }, (_, n) => entry(n, n % 24 === 5 ? 'both' : n < 120 ? 'eve' : 'adam'));
  unwrap(archive.writer.ingest(batchOf(wires)));
  return { ...archive, wires };
}

describe('deletion', () => {
  it('takes away what is older than the policy says, leaves a tombstone with the leaf hash, and keeps the rest whole', async () => {
    const { writer, dir, key, wires } = await tenDays();
    const reader = unwrap(openReader(dir, key));
    expect(reader.count(WHOLE_ARCHIVE)).toBe(240);
    expect(readKeeping(writer, NOW)).toMatchObject({ keepDays: null, before: null, due: 0 });
    expect(applyKeeping(writer, { by: 'Dana', at: NOW })).toMatchObject({ error: { code: 'bad_input' } });
    unwrap(setKeep(writer, unwrap(parseKeep('9d')), { by: 'Dana', at: NOW }));
    expect(readKeeping(writer, NOW)).toMatchObject({ keepDays: 9, before: '2026-10-06', due: 120, held: 0 });
    expect(unwrap(applyKeeping(writer, { by: 'Dana', at: NOW }))).toMatchObject({
      before: '2026-10-06',
      entries: 120,
      held: 0,
    });
    for (const one of [writer, reader]) {
      expect(one.count(WHOLE_ARCHIVE)).toBe(120);
      expect([...one.rawRows(WHOLE_ARCHIVE)].map(({ raw }) => Buffer.from(raw).toString())).toEqual(
        wires.slice(120).map((wire) => JSON.stringify(wire)),
      );
      expect(one.count(plan('actor:eve'))).toBe(0);
      expect(one.count(plan('note-both'))).toBe(5);
      expect(one.facet(WHOLE_ARCHIVE, 'actor', 10).values.map((value) => value.value)).toEqual([
        'adam@example.com',
        'both@example.com',
      ]);
    }
    reader.close();
    writer.close();
    expect(checkColumns(dir, key)).toEqual([]);
    const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'read'));
    const leaf = db.prepare('SELECT leaf FROM tombstone ORDER BY key LIMIT 1').pluck().get() as Buffer;
    const first = JSON.stringify(wires[0]);
    expect(leaf.toString('hex')).toBe(createHash('sha256').update(`\0${first}`).digest('hex'));
    expect(db.prepare(`SELECT count(*) FROM term WHERE tuple LIKE '%eve%'`).pluck().get()).toBe(0);
    expect(() => db.prepare('DELETE FROM tombstone').run()).toThrow();
    db.close();
  });

  it('does not take in again what was deleted, nor give its name to another', async () => {
    const { writer, dir, key, wires } = await tenDays();
    unwrap(writer.deleteBefore({ before: '2026-10-06', reason: 'test', at: NOW }));
    expect(unwrap(writer.ingest(batchOf(wires)))).toMatchObject({ inserted: 0, duplicates: 240 });
    const later = { ...entry(130, 'eve'), id: 'log_new' };
    expect(unwrap(writer.ingest(batchOf([later])))).toMatchObject({ inserted: 1 });
    expect(writer.count(plan('actor:eve@example.com'))).toBe(1);
    expect([...writer.rows(plan('actor:eve'))][0]?.actor).toEqual(later.actor);
    writer.close();
    const again = unwrap(openWriter(dir, key, ports));
    expect(unwrap(again.ingest(batchOf(wires.slice(0, 10))))).toMatchObject({ inserted: 0, duplicates: 10 });
    again.close();
    expect(checkColumns(dir, key)).toEqual([]);
  });

  it('refuses a hold by country, which a newer list would move', async () => {
    const { writer } = await newArchive();
    expect(writer.placeHold({ reason: 'case 8', plan: plan('country:PT'), at: NOW })).toMatchObject({
      error: { code: 'bad_input', message: 'A hold cannot rest on countries.' },
    });
  });

  it('gives nobody the bytes of what was deleted, though the place of their block is given again', async () => {
    const { writer, dir, key } = await tenDays();
    const reader = unwrap(openReader(dir, key));
    for (const one of [writer, reader]) expect([...one.rawRows(WHOLE_ARCHIVE)]).toHaveLength(240);
    unwrap(writer.deleteBefore({ before: '2026-10-11', reason: 'test', at: NOW }));
    const later = Array.from({ length: 240 }, (_none, n) => ({ ...entry(n, 'late'), id: `later_${n}` }));
    unwrap(writer.ingest(batchOf(later)));
    for (const one of [writer, reader]) {
      expect([...one.rawRows(WHOLE_ARCHIVE)].map(({ raw }) => Buffer.from(raw).toString())).toEqual(
        later.map((wire) => JSON.stringify(wire)),
      );
    }
    reader.close();
  });

  it('leaves what a legal hold covers, until it is released', async () => {
    const { writer, dir, key } = await tenDays();
    const hold = unwrap(writer.placeHold({ reason: 'case 7', plan: plan('actor:both'), at: NOW }));
    unwrap(setKeep(writer, 9, { by: 'Dana', at: NOW }));
    expect(readKeeping(writer, NOW)).toMatchObject({ due: 120, held: 5 });
    expect(unwrap(applyKeeping(writer, { by: 'Dana', at: NOW }))).toMatchObject({ entries: 115, held: 5 });
    expect(writer.count(plan('to:2026-10-05'))).toBe(5);
    expect(writer.count(plan('actor:both to:2026-10-05 note-both'))).toBe(5);
    unwrap(writer.releaseHold(hold.id, NOW));
    expect(writer.releaseHold(hold.id, NOW)).toMatchObject({ error: { code: 'not_found' } });
    expect(unwrap(applyKeeping(writer, { by: 'Dana', at: NOW }))).toMatchObject({ entries: 5, held: 0 });
    expect(writer.deletions().map((one) => [one.entries, one.held])).toEqual([
      [115, 5],
      [5, 0],
    ]);
    writer.close();
    expect(checkColumns(dir, key)).toEqual([]);
  });

  it('says so in the coverage of each day', async () => {
    const { writer } = await tenDays();
    const day = { kind: 'day', day: '2026-10-02', state: 'complete', served: 24, checkedAt: NOW, note: null } as const;
    unwrap(writer.ingest({ ...batchOf([]), ledger: [day] }));
    unwrap(writer.deleteBefore({ before: '2026-10-06', reason: 'test', at: NOW }));
    expect(writer.coverage('2026-10-02', '2026-10-02')).toMatchObject([
      { state: 'complete', served: 24, stored: 0, note: '24 deleted on 2026-10-15 by the retention policy.' },
    ]);
  });

  it('reads only times that can be meant', () => {
    expect([parseKeep('7y'), parseKeep('18m'), parseKeep('400d'), parseKeep('off')].map(unwrap)).toEqual([
      2562,
      558,
      400,
      null,
    ]);
    for (const text of ['', '0d', '7', '-1d', '7 y', '99999y']) expect(parseKeep(text).ok).toBe(false);
  });
});

describe('columns', () => {
  it('that differ from the raw bytes are found, and made anew', async () => {
    const { writer, dir, key, wires } = await tenDays();
    writer.close();
    const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'write'));
    const bytes = db.prepare('SELECT seq, columns FROM segment ORDER BY day LIMIT 1').get() as {
      seq: number;
      columns: Buffer;
    };
    // The last column is the source of the entries, a byte each.
    bytes.columns[bytes.columns.length - 1] = 9;
    db.prepare('UPDATE segment SET columns = ? WHERE seq = ?').run(bytes.columns, bytes.seq);
    db.prepare('DELETE FROM segment WHERE day = (SELECT max(day) FROM segment)').run();
    db.close();
    expect(checkColumns(dir, key)).toEqual([
      expect.stringMatching(/^2026-10-01: entry \d+ differs in source$/),
      expect.stringMatching(/^2026-10-10: 24 entries are not listed$/),
    ]);
    const mending = unwrap(openWriter(dir, key, ports));
    expect(unwrap(mending.rebuild(parseEntry))).toBe(240);
    expect([...mending.rawRows(WHOLE_ARCHIVE)].map(({ row }) => row.id)).toEqual(wires.map((wire) => wire.id));
    mending.close();
    expect(checkColumns(dir, key)).toEqual([]);
    expect(readFileSync(join(dir, 'keyring.json'), 'utf8')).not.toContain('log_');
  });
});
