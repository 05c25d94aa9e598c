import { describe, expect, test } from 'vitest';
import { NO_PLACES } from '../../../src/main/core/geo/places.ts';
import { NO_DECISIONS, type ScopeQuestion, thingKey } from '../../../src/main/core/investigation/scope/question.ts';
import { scopeOf } from '../../../src/main/core/investigation/scope/scope-of.ts';
import { scopePage } from '../../../src/main/core/investigation/scope/scope-page.ts';
import { seenSince } from '../../../src/main/core/investigation/scope/watch.ts';
import { caseScope, scopeEntry } from '../../../src/shared/case-schema.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { scoreStories, WANTED } from '../../eval/scope.ts';
import { batchOf, newArchive } from '../../support/archive.ts';

const START = Date.parse('2026-06-01T08:00:00Z');
const HOUR = 3_600_000;
const EVIL = '203.0.113.9';
const OFFICE = '198.51.100.1';

type Deed = {
  hours: number;
  who: string | null;
  action: string;
  from?: string | null;
  agent?: string;
  target?: [string, string];
};
const entry = ({ hours, who, action, from = OFFICE, agent = 'Firefox desktop', target }: Deed, i: number) => ({
  id: `e${i}`,
  timestamp: new Date(START + hours * HOUR).toISOString(),
  action,
  actor: who === null ? null : { id: who, name: who, email: `${who}@example.com` },
  target: target ? { type: target[0], id: target[1], name: target[1] } : null,
  context: { ip_address: from, user_agent: agent },
});

// Five people at one office for four weeks; then somebody is in Ana's account from elsewhere.
async function office(deeds: readonly Deed[]) {
  const people = ['ana', 'ben', 'eva', 'leo', 'zoe'];
  const days = Array.from({ length: 30 }, (_, day) => day);
  const usual = days.flatMap((day) =>
    people.flatMap((who) => [
      { hours: day * 24, who, action: 'user.login' },
      { hours: day * 24 + 3, who, action: 'tunnel.started', target: ['tunnel', `t-${who}`] as [string, string] },
    ]),
  );
  const values = [...usual, ...deeds].map(entry);
  const { writer } = await newArchive();
  unwrap(writer.ingest(batchOf(values)));
  const keys = new Map(
    [...writer.rows({ filter: { terms: [] }, fromMs: null, toMs: null })].map((row) => [row.id, row.key]),
  );
  const ask = (question: Partial<ScopeQuestion>) =>
    scopeOf(writer, NO_PLACES, { seeds: [], anchors: [], decisions: NO_DECISIONS, steps: null, ...question });
  const idOf = new Map([...keys].map(([id, key]) => [key, id]));
  const deedsIn = (scope: ReturnType<typeof ask>) =>
    scope.members
      .filter(({ state }) => state !== 'rejected')
      .map(({ key }) => Number(idOf.get(key)?.slice(1)) - usual.length);
  return { reader: writer, ask, deedsIn, keyOf: (deed: number) => keys.get(`e${usual.length + deed}`)! };
}

const seed = (kind: 'person' | 'address' | 'device', value: string) => ({ kind, value, from: null, to: null });
const break_in: readonly Deed[] = [
  { hours: 26 * 24 + 1, who: 'ana', action: 'user.login', from: EVIL, agent: 'curl' },
  {
    hours: 26 * 24 + 1.1,
    who: 'ana',
    action: 'security.api_token_created',
    from: EVIL,
    agent: 'curl',
    target: ['api_token', 'tok'],
  },
  {
    hours: 27 * 24,
    who: 'tok',
    action: 'tunnel.created',
    from: '192.0.2.77',
    agent: 'sdk',
    target: ['tunnel', 'relay'],
  },
  { hours: 27 * 24 + 1, who: 'ben', action: 'user.login', from: '192.0.2.77', agent: 'sdk' },
  { hours: 28 * 24, who: 'eva', action: 'security.api_token_revoked', target: ['api_token', 'tok'] },
];

describe('a scope', () => {
  test('grows from an address over the account and what it made to others, and leaves ordinary life out', async () => {
    const { ask, deedsIn, reader } = await office(break_in);
    const seeds = [seed('address', EVIL)];
    const whole = ask({ seeds });
    expect(deedsIn(whole)).toEqual([0, 1, 2, 3, 4]);
    expect(whole.members.map(({ answer }) => answer)).toEqual([false, false, false, false, true]);
    expect(() => caseScope.parse(whole.scope)).not.toThrow();
    const named = new Map(whole.scope.things.map((one) => [`${one.kind} ${one.value}`, one]));
    expect(named.get('person ana')).toMatchObject({ entries: 2, ordinary: 60 });
    expect(named.get('token tok')?.standing).toEqual({
      words: expect.stringContaining('revoked since'),
      stands: false,
    });
    expect(named.get('tunnel relay')?.standing?.stands).toBe(true);
    expect(named.has('person leo')).toBe(false);
    // Step by step, each holding what the one before held; the last says that there is no more.
    const steps = [0, 1, 2, 3, 4, 5].map((n) => ask({ seeds, steps: n }));
    for (const [i, one] of steps.slice(1).entries())
      expect(deedsIn(one)).toEqual(expect.arrayContaining(deedsIn(steps[i]!)));
    expect(steps[1]?.scope.more).toBe(true);
    expect(steps.at(-1)).toEqual(whole);
    const page = scopePage(reader, NO_PLACES, whole, {
      pinned: new Set([whole.members[0]!.key]),
      leaveOut: true,
      offset: 1,
      limit: 2,
    });
    expect(page.total).toBe(4);
    expect(page.entries.map((one) => scopeEntry.parse(one).row.action)).toEqual(['tunnel.created', 'user.login']);
  });

  test('heeds what people said of things and entries', async () => {
    const { ask, deedsIn, keyOf } = await office(break_in);
    const seeds = [seed('address', EVIL)];
    const without = ask({
      seeds,
      decisions: { things: new Map([[thingKey('token', 'tok'), 'rejected']]), entries: new Map() },
    });
    expect(deedsIn(without)).toEqual([0, 1, 4]);
    const one = ask({ seeds, decisions: { things: new Map(), entries: new Map([[keyOf(1), 'rejected']]) } });
    expect(deedsIn(one)).toEqual([0]);
    expect(one.members.find(({ key }) => key === keyOf(1))?.state).toBe('rejected');
  });

  test('is not widened by an office or an everyday device', async () => {
    const { ask, deedsIn } = await office(break_in);
    expect(deedsIn(ask({ seeds: [seed('address', OFFICE)] }))).toEqual([]);
    const device = ask({ seeds: [seed('device', 'Firefox desktop')] });
    expect(device.scope.total).toBe(0);
  });

  test('sees again what is watched, and nothing before', async () => {
    const { reader, keyOf } = await office(break_in);
    const watched = [
      { kind: 'address', value: '192.0.2.77' },
      { kind: 'network', value: '203.0.113.0/24' },
      { kind: 'token', value: 'tok' },
      { kind: 'person', value: 'nobody' },
    ] as const;
    expect(seenSince(reader, NO_PLACES, watched, keyOf(1)).map(({ seen }) => seen)).toEqual([2, 0, 2, 0]);
    expect(seenSince(reader, NO_PLACES, watched, 0).map(({ seen }) => seen)).toEqual([2, 2, 3, 0]);
  });

  test('holds planted stories from the one finding, with hardly anything else', async () => {
    const usual = await scoreStories(3, { entries: 9_000, days: 120 });
    const later = await scoreStories(4, {
      entries: 9_000,
      days: 120,
      incidents: ['slow-takeover', 'stolen-token', 'two-places'],
    });
    expect([...usual, ...later].filter((one) => one.held < WANTED.held || one.others > WANTED.others)).toEqual([]);
    expect(usual.length + later.length).toBe(8);
  });
});
