import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { lineHash } from '../../../src/main/core/archive/integrity/journal-chain.ts';
import type { JournalLine } from '../../../src/main/core/archive/journal.ts';
import { openEncrypted, type WriteConnection } from '../../../src/main/core/archive/sqlite.ts';
import { parseEntry } from '../../../src/main/core/jetty/parse-entry.ts';
import { applyKeeping, setKeep } from '../../../src/main/core/keeping/policy.ts';
import { verifyWithReviews } from '../../../src/main/core/review/verify-reviews.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { login, NOW, newReviewing, type Reviewing } from './support/reviewing.ts';

const EIGHT = Array.from({ length: 8 }, (_, i) => login(`e${i}`, `2026-08-0${i + 1}T10:00:00Z`));
const SAID = { rationale: '', evidence: '', ticket: '' };

/** A signed review of a sample, with an exception, in an archive whose journal is sealed or not. */
async function signed({ sealed }: { sealed: boolean }): Promise<{ r: Reviewing; id: string }> {
  const r = await newReviewing();
  r.ingest(EIGHT);
  const id = r.start();
  unwrap(r.sample(id, 5, 'seed'));
  const n = unwrap(r.reviews.items(id, { view: 'open', offset: 0, limit: 1 })).items[0]!.n;
  const one = { kind: 'items', items: [n] } as const;
  const { line } = unwrap(
    r.act({ kind: 'decide', id, by: r.marta, chosen: one, ...SAID, verdict: 'deviation', rationale: 'Shared' }),
  );
  unwrap(r.act({ kind: 'update', id: `X-${line}`, by: r.marta, fields: { owner: 'Lena', due: '2026-11-01' } }));
  r.decideAll(id);
  unwrap(await r.sign(id, 'preparer', r.marta));
  unwrap(await r.sign(id, 'reviewer', r.daniel));
  if (sealed) unwrap(r.writer.seal(NOW));
  return { r, id };
}

const problemsOf = async (r: Reviewing) => {
  const { ok, problems } = unwrap(await verifyWithReviews(r.dir, r.key, { parse: parseEntry }));
  return { ok, problems, text: problems.map((one) => `${one.part} ${one.what}: ${one.message}`).join('\n') };
};

/** Alters the archive past Logbook, as whoever has the key can. */
function alter(r: Reviewing, how: (db: WriteConnection) => void): void {
  r.writer.close();
  const db = unwrap(openEncrypted(join(r.dir, 'entries.db'), r.key, 'write'));
  const triggers = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger'`).pluck().all() as string[];
  for (const name of triggers) db.exec(`DROP TRIGGER ${name}`);
  how(db);
  db.close();
}

function rewrite(kind: string, change: (body: Record<string, unknown>) => void, rechain = false) {
  return (db: WriteConnection): void => {
    const line = db.prepare('SELECT seq, body FROM journal WHERE kind = ? ORDER BY seq LIMIT 1').get(kind) as {
      seq: number;
      body: string;
    };
    const body = JSON.parse(line.body) as Record<string, unknown>;
    change(body);
    db.prepare('UPDATE journal SET body = ? WHERE seq = ?').run(JSON.stringify(body), line.seq);
    if (!rechain) return;
    let previous: Uint8Array = new Uint8Array(32);
    for (const one of db
      .prepare('SELECT seq, kind, subject, at, by, body FROM journal ORDER BY seq')
      .all() as JournalLine[]) {
      previous = lineHash(previous, one);
      db.prepare('UPDATE journal SET hash = ? WHERE seq = ?').run(previous, one.seq);
    }
  };
}

const THE_LIST = `list = (SELECT json_extract(body, '$.population.list') FROM journal WHERE kind = 'review.started')`;

type Body = Record<string, unknown>;
const population = (body: Body) => body.population as Body;

describe('what is altered in a review past Logbook', () => {
  it('is nothing in one that nobody altered', async () => {
    const { r } = await signed({ sealed: true });
    const journal = r.writer.journal();
    r.writer.close();
    expect(await problemsOf(r)).toMatchObject({ ok: true, problems: [] });
    // What goes to others with the journal holds no key, sealed or not.
    expect(JSON.stringify(journal)).not.toMatch(/sealed|argon2id/);
  });

  it('is named: a decision, with its item', async () => {
    const { r, id } = await signed({ sealed: true });
    const item = unwrap(r.reviews.exceptions(id, 0))[0]!.first[0]!;
    alter(
      r,
      rewrite('review.decided', (body) => Object.assign(body, { verdict: 'appropriate' })),
    );
    const { ok, problems, text } = await problemsOf(r);
    expect(ok).toBe(false);
    expect(problems).toContainEqual(expect.objectContaining({ part: 'review', entry: item.id, what: 'altered' }));
    expect(text).toContain(`The decision of item ${item.n + 1} of ${id}`);
    expect(text).toContain('What Marta Quintela, preparer of');
  });

  it.each([
    ['a decision', 'review.decided', (body: Body) => Object.assign(body, { verdict: 'appropriate' })],
    ['a rationale', 'review.decided', (body: Body) => Object.assign(body, { rationale: 'No matter' })],
    ['who decided', 'review.decided', (body: Body) => Object.assign(body, { identity: 'I-2' })],
    ['an exception', 'exception.updated', (body: Body) => Object.assign(body, { fields: { owner: 'Nobody' } })],
    ['the acknowledged gaps', 'review.gaps', (body: Body) => Object.assign(body, { reason: 'All is well' })],
    ['the seed', 'review.sampled', (body: Body) => Object.assign(body, { seed: 'another' })],
    ['the sample', 'review.sampled', (body: Body) => Object.assign(body, { chosen: [[0, 4]] })],
    ['the count', 'review.started', (body: Body) => Object.assign(population(body), { count: 7 })],
    ['the population hash', 'review.started', (body: Body) => Object.assign(population(body), { sha256: 'ab' })],
    ['the question', 'review.started', (body: Body) => Object.assign(population(body), { text: 'something else' })],
    ['the coverage', 'review.started', (body: Body) => Object.assign(body, { coverage: [] })],
    ['the signature', 'review.signed', (body: Body) => Object.assign(body, { signature: '00'.repeat(64) })],
    ['the signer', 'review.signed', (body: Body) => Object.assign(body, { name: 'Somebody Else' })],
    ['the signed hash', 'review.signed', (body: Body) => Object.assign(body, { manifest: '00'.repeat(32) })],
    ['the key of an identity', 'identity.created', (body: Body) => Object.assign(body, { publicKey: '11'.repeat(32) })],
  ])('is noticed by the signatures even where the chain was made anew: %s', async (_what, kind, change) => {
    const { r, id } = await signed({ sealed: false });
    alter(r, rewrite(kind, change, true));
    const { ok, problems, text } = await problemsOf(r);
    expect(ok).toBe(false);
    expect(problems.every(({ part }) => part === 'review')).toBe(true);
    expect(text).toContain(id);
  });

  it.each([
    [
      'an item is exchanged',
      (db: WriteConnection) => {
        const part = db.prepare(`SELECT content FROM frozen_list WHERE ${THE_LIST}`).pluck().get() as Uint8Array;
        const text = zstdDecompressSync(part).toString().replace('"e3"', '"e9"');
        db.prepare(`UPDATE frozen_list SET content = ? WHERE ${THE_LIST}`).run(zstdCompressSync(Buffer.from(text)));
      },
    ],
    [
      'an item is left out',
      (db: WriteConnection) => {
        const part = db.prepare(`SELECT content FROM frozen_list WHERE ${THE_LIST}`).pluck().get() as Uint8Array;
        const lines = zstdDecompressSync(part).toString().split('\n');
        db.prepare(`UPDATE frozen_list SET content = ? WHERE ${THE_LIST}`).run(
          zstdCompressSync(Buffer.from(lines.slice(1).join('\n'))),
        );
      },
    ],
    ['the list is removed', (db: WriteConnection) => db.exec(`DELETE FROM frozen_list WHERE ${THE_LIST}`)],
    [
      'the list is spoilt',
      (db: WriteConnection) => db.exec(`UPDATE frozen_list SET content = x'0102' WHERE ${THE_LIST}`),
    ],
  ])('is named: a frozen population, where %s', async (_what, how) => {
    const { r, id } = await signed({ sealed: true });
    alter(r, how);
    const { ok, text } = await problemsOf(r);
    expect(ok).toBe(false);
    expect(text).toMatch(new RegExp(`review .*population of ${id}`));
  });

  it('is named: a sealed key that was exchanged', async () => {
    const { r } = await signed({ sealed: true });
    alter(r, (db) => db.exec(`UPDATE frozen_list SET content = x'0102' WHERE NOT ${THE_LIST}`));
    expect((await problemsOf(r)).text).toMatch(/sealed key of Marta Quintela[\s\S]*sealed key of Daniel Osei/);
  });

  it('is named: the last lines cut off, and one taken out', async () => {
    const { r } = await signed({ sealed: true });
    alter(r, (db) => db.exec('DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)'));
    expect((await problemsOf(r)).text).toContain('journal missing');
    const other = await signed({ sealed: false });
    alter(other.r, (db) => db.exec(`DELETE FROM journal WHERE kind = 'review.gaps'`));
    expect((await problemsOf(other.r)).text).toMatch(/journal missing[\s\S]*review altered/);
  });

  it('is named: an entry of the population that is gone unlawfully; a lawful deletion and a late entry are nothing', async () => {
    const { r, id } = await signed({ sealed: false });
    r.ingest([login('late', '2026-08-02T00:00:00Z')]);
    unwrap(setKeep(r.writer, 30, { by: 'Dana', at: NOW }));
    unwrap(applyKeeping(r.writer, { by: 'Dana', at: NOW }));
    expect(await problemsOf(r)).toMatchObject({ ok: true, problems: [] });
    expect(unwrap(r.reviews.detail(id, NOW)).question.deleted).toBe(8);
    alter(r, (db) => db.exec('DELETE FROM tombstone WHERE rowid = (SELECT min(rowid) FROM tombstone)'));
    const { ok, problems } = await problemsOf(r);
    expect(ok).toBe(false);
    expect(problems).toContainEqual(expect.objectContaining({ part: 'review', what: 'missing', entry: 'e0' }));
  });
});
