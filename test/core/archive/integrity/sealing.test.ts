import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headLine, parseHead } from '../../../../src/main/core/archive/integrity/heads-log.ts';
import { leafHash, merkleRoot } from '../../../../src/main/core/archive/integrity/merkle.ts';
import { readSealText, type SealContent, sealHash } from '../../../../src/main/core/archive/integrity/seal.ts';
import { verifyArchive } from '../../../../src/main/core/archive/integrity/verify.ts';
import { openWriter } from '../../../../src/main/core/archive/open.ts';
import { openEncrypted } from '../../../../src/main/core/archive/sqlite.ts';
import type { ArchiveWriter } from '../../../../src/main/core/archive/writer.ts';
import { parseEntry } from '../../../../src/main/core/jetty/parse-entry.ts';
import { applyKeeping, setKeep } from '../../../../src/main/core/keeping/policy.ts';
import type { DayState } from '../../../../src/shared/coverage.ts';
import { unwrap } from '../../../../src/shared/errors.ts';
import { batchOf, newArchive } from '../../../support/archive.ts';
import { fixedClock, realRandom } from '../../../support/ports.ts';

const NOW = Date.parse('2026-10-15T12:00:00Z');
const entry = (id: string, timestamp: string, rest = {}) => ({ id, timestamp, action: 'user.login', ...rest });
const settle = (day: string, state: DayState, served: number | null = null) =>
  ({ kind: 'day', day, state, served, checkedAt: NOW, note: null }) as const;

function sealsIn(dir: string, key: Uint8Array): readonly SealContent[] {
  const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'read'));
  const texts = db.prepare('SELECT content FROM seal ORDER BY seq').pluck().all() as string[];
  db.close();
  return texts.map((text) => readSealText(text)!);
}

const verified = async (dir: string, key: Uint8Array, against: readonly string[] = []) =>
  unwrap(await verifyArchive(dir, key, { parse: parseEntry, against }));

const days = (writer: ArchiveWriter, ...rows: ReturnType<typeof settle>[]) =>
  unwrap(writer.ingest({ ...batchOf([]), ledger: rows }));

describe('sealing', () => {
  it('makes a seal a day over the raw bytes in the order of time, each naming the one before', async () => {
    const { dir, key, writer } = await newArchive();
    const wires = [
      entry('b', '2026-10-12T10:00:00Z'),
      entry('a', '2026-10-12T09:00:00Z'),
      entry('c', '2026-10-13T01:00:00Z'),
    ];
    unwrap(writer.ingest(batchOf(wires)));
    days(writer, settle('2026-10-12', 'complete', 2), settle('2026-10-13', 'complete', 1));
    expect(unwrap(writer.seal(NOW))).toMatchObject({ made: 2, refused: [], head: { sequence: 2, sealedDays: 2 } });
    const [first, second] = sealsIn(dir, key);
    const leaves = [wires[1], wires[0]].map((wire) => leafHash(Buffer.from(JSON.stringify(wire))));
    expect(first).toMatchObject({
      kind: 'day',
      day: '2026-10-12',
      tree: { count: 2, root: merkleRoot(Buffer.concat(leaves)).toString('hex') },
      coverage: { state: 'complete', served: 2 },
      previous: '0'.repeat(64),
    });
    expect(second).toMatchObject({ sequence: 2, day: '2026-10-13' });
    const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'read'));
    const text = db.prepare('SELECT content FROM seal WHERE seq = 1').pluck().get() as string;
    db.close();
    expect(second?.previous).toBe(sealHash(text));
    expect(unwrap(writer.seal(NOW)).made).toBe(0);
  });

  it('seals empty days and lost ones, imported ones once they are over, partial ones after three days, pending ones never', async () => {
    const { dir, key, writer } = await newArchive();
    days(
      writer,
      settle('2026-10-01', 'complete', 0),
      settle('2026-10-02', 'lost'),
      settle('2026-10-03', 'pending'),
      settle('2026-10-10', 'partial'),
      settle('2026-10-12', 'partial'),
      settle('2026-10-13', 'imported'),
      settle('2026-10-15', 'imported'),
    );
    unwrap(writer.seal(NOW));
    expect(sealsIn(dir, key).map(({ day }) => day)).toEqual(['2026-10-01', '2026-10-02', '2026-10-10', '2026-10-13']);
    unwrap(writer.seal(NOW + 86_400_000));
    expect(sealsIn(dir, key).map(({ day }) => day)).toContain('2026-10-12');
    expect(await verified(dir, key)).toMatchObject({ ok: true, days: 6 });
  });

  it('makes the same trees of what just arrived as of what is read again', async () => {
    const roots = async (
      between: (archive: { dir: string; key: Uint8Array; writer: ArchiveWriter }) => ArchiveWriter,
    ) => {
      const { dir, key, writer: first } = await newArchive();
      unwrap(first.ingest(batchOf([entry('old', '2026-10-11T09:00:00Z')])));
      let writer = between({ dir, key, writer: first });
      unwrap(writer.ingest(batchOf([entry('b', '2026-10-12T10:00:00Z'), entry('a', '2026-10-12T09:00:00Z')])));
      unwrap(writer.ingest(batchOf([entry('c', '2026-10-12T09:30:00Z'), entry('new', '2026-10-11T08:00:00Z')])));
      const refused = {
        ...batchOf([entry('never', '2026-10-12T11:00:00Z')]),
        ledger: [{ kind: 'walk', day: null as never, state: 'x' }],
      };
      expect(writer.ingest(refused as never).ok).toBe(false);
      writer = between({ dir, key, writer });
      days(writer, settle('2026-10-11', 'complete', 2), settle('2026-10-12', 'complete', 3));
      unwrap(writer.seal(NOW));
      expect(await verified(dir, key)).toMatchObject({ ok: true, unsealed: 0 });
      const trees = sealsIn(dir, key).map((seal) => seal.tree);
      writer.close();
      return trees;
    };
    const again = await roots(({ dir, key, writer }) => {
      writer.close();
      return unwrap(openWriter(dir, key, { clock: fixedClock('2026-10-15T12:00:00Z'), random: realRandom }));
    });
    expect(await roots(({ writer }) => writer)).toEqual(again);
    expect(again.map((tree) => tree.count)).toEqual([2, 3]);
  });

  it('forgets what just arrived when something is deleted in between', async () => {
    const { dir, key, writer } = await newArchive();
    unwrap(writer.ingest(batchOf([entry('gone', '2026-10-10T09:00:00Z'), entry('stays', '2026-10-14T09:00:00Z')])));
    unwrap(setKeep(writer, 2, { by: 'Dana', at: NOW }));
    unwrap(applyKeeping(writer, { by: 'Dana', at: NOW }));
    unwrap(writer.ingest(batchOf([entry('late', '2026-10-10T10:00:00Z')])));
    days(writer, settle('2026-10-10', 'complete', 1), settle('2026-10-14', 'complete', 1));
    unwrap(writer.seal(NOW));
    // That somebody deleted is a line of the journal, sealed at once.
    const ofDays = sealsIn(dir, key).filter((seal) => seal.kind !== 'journal');
    expect(ofDays.map((seal) => seal.tree.count)).toEqual([1, 1]);
    expect(await verified(dir, key)).toMatchObject({ ok: true });
  });

  it('amends a sealed day by what came late, came again otherwise, was settled anew or was deleted, and rewrites nothing', async () => {
    const { dir, key, writer } = await newArchive();
    unwrap(writer.ingest(batchOf([entry('a', '2026-10-10T09:00:00Z')])));
    days(writer, settle('2026-10-10', 'partial'));
    unwrap(writer.seal(NOW));
    const [before] = sealsIn(dir, key);
    unwrap(
      writer.ingest(
        batchOf([entry('late', '2026-10-10T08:00:00Z'), entry('a', '2026-10-10T09:00:00Z', { metadata: { x: 1 } })]),
      ),
    );
    expect(await verified(dir, key)).toMatchObject({ ok: true, unsealed: 2 });
    days(writer, settle('2026-10-10', 'complete', 2));
    expect(await verified(dir, key)).toMatchObject({ ok: true });
    unwrap(writer.seal(NOW));
    unwrap(setKeep(writer, 2, { by: 'Dana', at: NOW }));
    unwrap(applyKeeping(writer, { by: 'Dana', at: NOW }));
    const seals = sealsIn(dir, key);
    expect(seals[0]).toEqual(before);
    expect(
      seals.map(({ kind, tree, added, removed, coverage, deletion }) => [
        kind,
        tree.count,
        added.count,
        removed.count,
        coverage?.state,
        deletion,
      ]),
    ).toEqual([
      ['day', 1, 1, 0, 'partial', 0],
      ['amend', 3, 2, 0, 'complete', 0],
      ['amend', 0, 0, 3, 'complete', 1],
    ]);
    expect(await verified(dir, key)).toMatchObject({ ok: true, days: 1, seals: 3, unsealed: 0, entries: 0 });
  });

  it('seals nothing over what was altered, and nothing on top of a broken seal', async () => {
    const { dir, key, writer } = await newArchive();
    unwrap(writer.ingest(batchOf([entry('a', '2026-10-10T09:00:00Z')])));
    days(writer, settle('2026-10-10', 'complete', 1));
    unwrap(writer.seal(NOW));
    const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'write'));
    unwrap(writer.ingest(batchOf([entry('forged', '2026-10-10T09:30:00Z')])));
    db.exec("DELETE FROM unsealed; INSERT INTO unsealed_coverage VALUES ('2026-10-10')");
    expect(unwrap(writer.seal(NOW))).toMatchObject({ made: 0, refused: ['2026-10-10'] });
    expect((await verified(dir, key)).problems).toMatchObject([
      { what: 'added', part: 'entry', day: '2026-10-10', entry: 'forged' },
    ]);
    db.exec(`DROP TRIGGER seal_no_update; UPDATE seal SET signature = x'00'`);
    db.close();
    expect(writer.seal(NOW)).toMatchObject({ ok: false, error: { code: 'integrity' } });
  });

  it('covers the newest line of the journal, alone where nothing else is to be sealed', async () => {
    const { dir, key, writer } = await newArchive();
    const line = { kind: 'decision', subject: 'F-1', at: NOW, by: 'Marta', body: '{}' };
    expect(unwrap(writer.seal(NOW))).toEqual({ made: 0, refused: [], head: null });
    unwrap(writer.appendJournal([line, line]));
    expect(unwrap(writer.seal(NOW))).toMatchObject({ made: 1, head: { day: null, sealedDays: 0 } });
    expect(sealsIn(dir, key)).toMatchObject([{ kind: 'journal', day: null, journal: { line: 2 } }]);
    expect(unwrap(writer.seal(NOW)).made).toBe(0);
  });
});

describe('heads.log', () => {
  it('holds every head, for the owner alone, and mends a line that was cut off', async () => {
    const { dir, key, writer } = await newArchive();
    days(writer, settle('2026-10-01', 'complete', 0));
    const first = unwrap(writer.seal(NOW)).head!;
    const log = join(dir, 'heads.log');
    expect(readFileSync(log, 'utf8')).toBe(`${headLine(first)}\n`);
    if (process.platform !== 'win32') expect(statSync(log).mode & 0o777).toBe(0o600);
    appendFileSync(log, '2 2026-10-0');
    expect((await verified(dir, key)).ok).toBe(true);
    days(writer, settle('2026-10-02', 'complete', 0));
    const second = unwrap(writer.seal(NOW)).head!;
    expect(readFileSync(log, 'utf8')).toBe(`${headLine(first)}\n${headLine(second)}\n`);
    expect((await verified(dir, key, [headLine(first), second.hash, second.hash.toUpperCase()])).ok).toBe(true);
  });

  it('is written where a sealing was broken off before it was', async () => {
    const { dir, writer } = await newArchive();
    days(writer, settle('2026-10-01', 'complete', 0));
    const head = unwrap(writer.seal(NOW)).head!;
    writeFileSync(join(dir, 'heads.log'), '');
    unwrap(writer.seal(NOW));
    expect(readFileSync(join(dir, 'heads.log'), 'utf8')).toBe(`${headLine(head)}\n`);
  });

  it('is read line by line, or as hashes alone', () => {
    const hash = 'ab'.repeat(32);
    expect(parseHead(`7 2026-10-01 ${hash} ${hash} 2026-10-02T00:00:00.000Z`)).toEqual({
      sequence: 7,
      hash,
      fingerprint: hash,
    });
    expect(parseHead(hash)).toEqual({ sequence: null, hash, fingerprint: null });
    for (const text of ['', 'x', hash.slice(1), `7 2026-10-01 ${hash}`]) expect(parseHead(text)).toBeNull();
  });
});
