import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEntry } from '../../../src/main/core/jetty/parse-entry.ts';
import { drawSample } from '../../../src/main/core/review/draw-sample.ts';
import { FrozenList } from '../../../src/main/core/review/frozen-list.ts';
import { isIn, itemsIn, runsOf } from '../../../src/main/core/review/runs.ts';
import { verifyWithReviews } from '../../../src/main/core/review/verify-reviews.ts';
import { planQuery } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { login, newReviewing } from './support/reviewing.ts';

const SAID = { rationale: '', evidence: '', ticket: '' };
const some = (...items: number[]) => ({ kind: 'items', items }) as const;
const EIGHT = Array.from({ length: 8 }, (_, i) => login(`e${i}`, `2026-08-0${i + 1}T10:00:00Z`));

describe('a campaign', () => {
  it('freezes what answers its question: count, ends, hash of the ordered ids, coverage of every day, rules and head', async () => {
    const r = await newReviewing();
    r.ingest([...EIGHT, login('before', '2026-06-30T23:59:59Z'), login('after', '2026-10-01T00:00:00Z')]);
    r.ingest([login('f', '2026-08-03T11:00:00Z', 'user.login_failed')]);
    const id = r.start({ filter: { terms: [{ field: 'action', value: 'user.login', negated: false }] } });
    const detail = unwrap(r.reviews.detail(id, 0));
    const ids = EIGHT.map((one) => `${JSON.stringify(one.id)}\n`).join('');
    expect(detail.question).toMatchObject({
      text: 'from:2026-07-01 to:2026-09-30 action:user.login',
      count: 8,
      first: { id: 'e0' },
      last: { id: 'e7' },
      sha256: createHash('sha256').update(ids).digest('hex'),
      deleted: 0,
    });
    const filter = { terms: detail.question.filter.terms, from: '2026-07-01', to: '2026-09-30' };
    expect(r.writer.count(unwrap(planQuery(filter, 'UTC', 0)))).toBe(8);
    expect(detail.coverage.days).toHaveLength(92);
    expect(detail.coverage).toMatchObject({ complete: 0, gaps: 92, acknowledged: null });
    expect(detail.rules.length).toBeGreaterThan(10);
    expect(detail).toMatchObject({ head: null, status: 'open', scope: 8, decided: 0, late: 0 });
    r.ingest([login('late', '2026-08-03T12:00:00Z')]);
    expect(unwrap(r.reviews.detail(id, 0))).toMatchObject({ late: 1, question: { count: 8 } });
    expect(
      unwrap(r.reviews.items(id, { view: 'all', offset: 6, limit: 5 })).items.map(({ n, id: one }) => [n, one]),
    ).toEqual([
      [6, 'e6'],
      [7, 'e7'],
    ]);
  });

  it('is refused while its period is not over, with dates in its filter, or in no zone', async () => {
    const r = await newReviewing();
    for (const campaign of [
      { period: { from: '2026-10-01', to: '2026-10-15' } },
      { filter: { terms: [], from: '2026-07-01' } },
      { zone: 'Nowhere/City' },
      { period: { from: '2026-09-30', to: '2026-07-01' } },
    ])
      expect(() => r.start(campaign)).toThrow();
  });

  it('takes decisions, many at once, and takes them back by a further line', async () => {
    const r = await newReviewing();
    r.ingest(EIGHT);
    const id = r.start();
    const decide = (items: ReturnType<typeof some> | { kind: 'open' }, verdict: string, rationale = '') =>
      r.act({ kind: 'decide', id, by: r.marta, chosen: items, ...SAID, verdict: verdict as never, rationale });
    expect(decide(some(0), 'deviation')).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    expect(decide(some(0), 'keep')).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    expect(decide(some(8), 'appropriate')).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    const first = unwrap(decide(some(0, 1, 2), 'appropriate'));
    const second = unwrap(decide(some(2, 3), 'deviation', 'Signed in from a shared machine'));
    expect(second.changed).toBe(2);
    const progress = () => {
      const { decided, tally, exceptions } = unwrap(r.reviews.detail(id, 0));
      return { decided, tally, exceptions };
    };
    expect(progress()).toEqual({
      decided: 4,
      tally: { appropriate: 2, deviation: 2 },
      exceptions: { open: 1, total: 1 },
    });
    expect(unwrap(r.reviews.exceptions(id, 0))).toMatchObject([
      { id: `X-${second.line}`, nature: 'Signed in from a shared machine', items: 2, first: [{ n: 2 }, { n: 3 }] },
    ]);
    expect(unwrap(r.act({ kind: 'undo', id, by: r.daniel, line: second.line })).changed).toBe(2);
    expect(progress()).toEqual({ decided: 3, tally: { appropriate: 3 }, exceptions: { open: 0, total: 0 } });
    expect(r.act({ kind: 'undo', id, by: r.marta, line: second.line })).toMatchObject({ ok: false });
    unwrap(r.act({ kind: 'undo', id, by: r.marta, line: first.line }));
    expect(progress().decided).toBe(0);
    expect(unwrap(decide({ kind: 'open' }, 'appropriate')).changed).toBe(8);
    expect(decide({ kind: 'open' }, 'appropriate')).toMatchObject({ ok: false });
    expect(unwrap(r.reviews.items(id, { view: 'open', offset: 0, limit: 9 })).total).toBe(0);
    expect(unwrap(r.reviews.history(id))).toHaveLength(6);
  });

  it('lets nobody decide their own access, and needs a reason to take it away', async () => {
    const r = await newReviewing();
    const added = (n: number, name: string, email: string) =>
      login(`a${n}`, `2026-07-0${n + 1}T10:00:00Z`, 'team.member_added', {
        actor: { id: 'root', name: 'Root', email: 'root@example.com' },
        target: { type: 'user', id: `u_${name}`, name: email },
        metadata: { role: 'member' },
      });
    r.ingest([added(1, 'marta', 'marta@example.com'), added(2, 'rui', 'rui@example.com')]);
    const id = r.start({ kind: 'access', plan: 'access' });
    const { items } = unwrap(r.reviews.items(id, { view: 'all', offset: 0, limit: 50 }));
    const of = (email: string) => items.find(({ access }) => access?.person.email === email)!;
    expect(of('rui@example.com').access).toMatchObject({ role: 'member', origin: 'told', change: 'joined' });
    const own = of('marta@example.com').n;
    const decide = (by: string, n: number, verdict: 'keep' | 'revoke', rationale = '') =>
      r.act({ kind: 'decide', id, by, chosen: some(n), ...SAID, verdict, rationale });
    expect(decide(r.marta, own, 'keep')).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(decide(r.daniel, own, 'revoke')).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    unwrap(decide(r.daniel, own, 'keep'));
    const rest = r.act({ kind: 'decide', id, by: r.marta, chosen: { kind: 'open' }, ...SAID, verdict: 'keep' });
    expect(unwrap(rest).changed).toBe(items.length - 1);
  });

  it('is signed by two different people once every check holds, and is frozen then', async () => {
    const r = await newReviewing();
    r.ingest(EIGHT);
    const id = r.start();
    expect(await r.sign(id, 'preparer', r.marta)).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    r.decideAll(id);
    expect(await r.sign(id, 'preparer', r.marta, 'another pin')).toMatchObject({
      error: { code: 'wrong_passphrase' },
    });
    expect(await r.sign(id, 'reviewer', r.daniel)).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    unwrap(await r.sign(id, 'preparer', r.marta));
    expect(unwrap(r.reviews.detail(id, 0)).status).toBe('prepared');
    const late = { kind: 'decide', id, by: r.marta, chosen: some(1), ...SAID, verdict: 'appropriate' } as const;
    expect(r.act(late)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(await r.sign(id, 'reviewer', r.marta)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    unwrap(r.act({ kind: 'giveBack', id, by: r.daniel, reason: 'Look at item 2 again' }));
    unwrap(r.act(late));
    unwrap(await r.sign(id, 'preparer', r.marta));
    unwrap(await r.sign(id, 'reviewer', r.daniel));
    const { status, signatures, manifest } = unwrap(r.reviews.detail(id, 0));
    expect([status, signatures.map(({ role, name }) => [role, name])]).toEqual([
      'signed',
      [
        ['preparer', 'Marta Quintela'],
        ['reviewer', 'Daniel Osei'],
      ],
    ]);
    expect(signatures.every((one) => one.manifest === manifest)).toBe(true);
    expect(r.act(late)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(unwrap(await verifyWithReviews(r.dir, r.key, { parse: parseEntry }))).toMatchObject({
      ok: true,
      problems: [],
    });
  });

  it('takes what came late into an addendum, which is decided and signed in turn', async () => {
    const r = await newReviewing();
    r.ingest(EIGHT);
    const id = r.start();
    r.ingest([login('late1', '2026-08-01T00:00:00Z')]);
    expect(r.addendum(id)).toMatchObject({ ok: false });
    r.decideAll(id);
    unwrap(await r.sign(id, 'preparer', r.marta));
    unwrap(await r.sign(id, 'reviewer', r.daniel));
    r.ingest([login('late2', '2026-09-01T00:00:00Z')]);
    expect(unwrap(r.reviews.detail(id, 0)).late).toBe(2);
    const more = unwrap(r.addendum(id));
    expect(unwrap(r.reviews.items(more, { view: 'all', offset: 0, limit: 9 })).items.map((one) => one.id)).toEqual([
      'late1',
      'late2',
    ]);
    expect(unwrap(r.reviews.detail(id, 0))).toMatchObject({ late: 0, addenda: [more], status: 'signed' });
    expect(r.addendum(id)).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    r.decideAll(more);
    unwrap(await r.sign(more, 'preparer', r.daniel));
    unwrap(await r.sign(more, 'reviewer', r.marta));
    expect(unwrap(r.reviews.detail(more, 0))).toMatchObject({ status: 'signed', addendumTo: id });
  });

  it('follows exceptions to their closure, after sign-off too', async () => {
    const r = await newReviewing();
    r.ingest(EIGHT);
    const id = r.start();
    const { line } = unwrap(
      r.act({ kind: 'decide', id, by: r.marta, chosen: some(4), ...SAID, verdict: 'deviation', rationale: 'Shared' }),
    );
    const x = `X-${line}`;
    r.decideAll(id);
    expect(await r.sign(id, 'preparer', r.marta)).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    unwrap(r.act({ kind: 'update', id: x, by: r.marta, fields: { owner: 'Lena', due: '2026-10-14' } }));
    unwrap(await r.sign(id, 'preparer', r.marta));
    expect(r.act({ kind: 'update', id: x, by: r.marta, fields: { cause: 'No policy' } })).toMatchObject({ ok: false });
    unwrap(await r.sign(id, 'reviewer', r.daniel));
    expect(r.reviews.exception(x, Date.parse('2026-10-15'))).toMatchObject({ overdue: true, status: 'open' });
    expect(r.act({ kind: 'close', id: x, by: r.marta, reason: 'Done' })).toMatchObject({ ok: false });
    unwrap(r.act({ kind: 'update', id: x, by: r.marta, fields: { cause: 'No policy', remediation: 'Own accounts' } }));
    unwrap(r.act({ kind: 'retest', id: x, by: r.daniel, result: 'passed', note: '' }));
    unwrap(r.act({ kind: 'close', id: x, by: r.daniel, reason: 'Done' }));
    expect(r.reviews.exception(x, 0)).toMatchObject({ status: 'closed', overdue: false, history: { length: 5 } });
    unwrap(r.act({ kind: 'reopen', id: x, by: r.daniel, reason: 'Seen again' }));
    expect(unwrap(await verifyWithReviews(r.dir, r.key, { parse: parseEntry })).ok).toBe(true);
  });
});

describe('a sample', () => {
  it('is the smallest ranks, whatever the ids: the same again, and of the size asked for', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: 'binary' }), { maxLength: 300 }),
        fc.string(),
        fc.nat(40),
        (ids, seed, size) => {
          const hash = createHash('sha256')
            .update(ids.map((id) => `${JSON.stringify(id)}\n`).join(''))
            .digest('hex');
          const rank = (id: string) =>
            createHash('sha256')
              .update(`${seed}\n${hash}\n${JSON.stringify(id)}`)
              .digest('hex');
          const wanted = [...ids].sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, size);
          const drawn = drawSample(ids, hash, seed, size);
          expect([...itemsIn(drawn.chosen)].map((n) => ids[n])).toEqual(ids.filter((id) => wanted.includes(id)));
        },
      ),
    );
  });

  it('does not depend on how many are looked at in one go', () => {
    const ids = Array.from({ length: 20_000 }, (_, i) => `log_${i}`);
    const rank = (id: string) =>
      createHash('sha256')
        .update(`s\nh\n${JSON.stringify(id)}`)
        .digest('hex');
    const wanted = new Set([...ids].sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, 60));
    expect([...itemsIn(drawSample(ids, 'h', 's', 60).chosen)].map((n) => ids[n])).toEqual(
      ids.filter((id) => wanted.has(id)),
    );
  });

  it('narrows what is decided, and gives a reason when it is drawn again', async () => {
    const r = await newReviewing();
    r.ingest(EIGHT);
    const id = r.start();
    expect(r.sample(id, 8, 'seed')).toMatchObject({ ok: false });
    unwrap(r.sample(id, 3, 'seed'));
    const scope = unwrap(r.reviews.items(id, { view: 'open', offset: 0, limit: 9 }));
    expect([scope.total, scope.items.every(({ inSample }) => inSample)]).toEqual([3, true]);
    const outside = Array.from({ length: 8 }, (_, n) => n).find((n) => !scope.items.some((one) => one.n === n))!;
    const decide = { kind: 'decide', id, by: r.marta, ...SAID, verdict: 'appropriate' } as const;
    expect(r.act({ ...decide, chosen: some(outside) })).toMatchObject({ ok: false });
    expect(r.sample(id, 3, 'other')).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    unwrap(r.sample(id, 0, 'other', 'All of them after all'));
    expect(unwrap(r.reviews.detail(id, 0))).toMatchObject({ scope: 8, sample: null });
  });

  it('is asked by runs, which hold what they were made of', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60)), (items) => {
        const runs = runsOf(items);
        expect([...itemsIn(runs)]).toEqual([...new Set(items)].sort((a, b) => a - b));
        for (let n = 0; n < 62; n++) expect(isIn(runs, n)).toBe(items.includes(n));
      }),
    );
  });
});

describe('a frozen list', () => {
  it('keeps every id as it is, over several parts', async () => {
    const r = await newReviewing();
    const odd = ['a\nb', '"', '\ud800', '', 'x'.repeat(3000)];
    r.ingest(
      Array.from({ length: 9_000 }, (_, i) =>
        login(odd[i] ?? `e${i}`, new Date(Date.parse('2026-08-01T00:00:00Z') + i * 1000).toISOString()),
      ),
    );
    const id = r.start();
    const population = r.book.reviews.get(id)!.started.population;
    expect(population.parts).toBe(2);
    const list = new FrozenList(r.writer, population);
    expect([...list.all()].map((one) => one.id)).toEqual(
      [...r.writer.rows({ filter: { terms: [] }, fromMs: null, toMs: null })].map((row) => row.id),
    );
    expect(list.at(8_999)?.id).toBe('e8999');
  });
});
