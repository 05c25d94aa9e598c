import fc from 'fast-check';
import type { Filter, Term } from '../../../src/shared/filter/filter.ts';

// Few distinct values, so that filters hit; the odd ones are what real and hostile logs hold.
const NAMES = [
  'Alice Chen',
  'alice chen',
  'Zoë Ångström',
  'Ζωή Σταύρος',
  'مريم',
  '李雷',
  'がく',
  'かく',
  'x*y',
  'a"b\\c',
  '<img onerror=1>',
  '👩‍👩‍👧',
  '\ud800lone',
  'NUL\u0000in',
  '__proto__',
  '',
  'ﬁne STRASSE',
  'Straße',
  '-minus',
  'OR',
  '12:30',
];
const ACTIONS = [
  'user.login',
  'user.login_failed',
  'tunnel.created',
  'tunnel.deleted',
  'billing.refund_issued',
  'security.api_token_created',
  'team.member_added',
  'weird action*',
  'Tunnel.Created',
  '',
];
const ADDRESSES = [
  '203.0.113.7',
  '203.0.113.200',
  '198.51.100.1',
  '2001:db8::1',
  '2001:DB8:0::1',
  '::ffff:203.0.113.7',
  'unknown',
  '10.0.0.999',
  '8.8.8.8',
  '133.11.0.1',
  '::ffff:133.11.0.1',
  '2001:67c:2e8:22::1',
  '10.0.0.1',
  'fd00::1',
];
/** Where entries are had from. */
export const SOURCES = ['eu.usejetty.online', 'export märz.json', 'a*b.json'];
const BASE = Date.parse('2026-03-28T00:00:00Z');
const DAY_MS = 86_400_000;

const text = fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 6, unit: 'binary' }));
const maybe = <T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> =>
  fc.oneof({ weight: 5, arbitrary: arb }, fc.constantFrom(null, undefined));
const metadata = fc.oneof(
  fc.constantFrom<unknown>(
    [],
    null,
    {},
    { reason: 'No longer needed' },
    JSON.parse('{"__proto__":"x","nested":{"deep":["Überfall",42,true]}}'),
  ),
  fc.dictionary(
    fc.constantFrom('reason', 'scopes', '__proto__', 'constructor', '键'),
    fc.oneof(text, fc.integer(), fc.constant(null), fc.array(text, { maxLength: 3 })),
    { maxKeys: 3 },
  ),
  fc.constant({ long: `${'y'.repeat(20_000)} needle` }),
);

/** One entry as a server might send it; `id` is made unique by the caller. */
export const hostileEntry = fc.record(
  {
    offset: fc.oneof(
      fc.integer({ min: 0, max: 4 * DAY_MS }),
      fc.constantFrom(0, DAY_MS - 1, DAY_MS, DAY_MS + 3_600_000),
    ),
    actor: maybe(
      fc.record({
        id: maybe(fc.oneof(fc.constantFrom('u1', 'u2', '李'), fc.integer({ min: 1, max: 3 }))),
        name: maybe(text),
        email: maybe(fc.constantFrom('Alice@Example.com', 'bob@example.com', 'ünï@example.com')),
      }),
    ),
    action: maybe(fc.constantFrom(...ACTIONS)),
    target: maybe(
      fc.record({
        type: maybe(fc.constantFrom('tunnel', 'user', 'api*token')),
        id: maybe(fc.constantFrom('t1', 't2')),
        name: maybe(text),
      }),
    ),
    context: maybe(
      fc.record({
        ip_address: maybe(fc.constantFrom(...ADDRESSES)),
        user_agent: maybe(text),
        team_id: maybe(fc.constantFrom('team_1', 'team_2')),
        team_name: maybe(fc.constantFrom('Ops', 'ops', 'Dévs')),
      }),
    ),
    metadata,
  },
  { requiredKeys: ['offset'] },
);

export type HostileEntry = { readonly offset: number; readonly [key: string]: unknown };

/** The JSON a server would send for it. */
export function wireOf(entry: HostileEntry, id: string | number): Record<string, unknown> {
  const { offset, ...rest } = entry;
  return { id, timestamp: stamp(BASE + offset), ...rest };
}

// One instant, written as servers write it: with milliseconds, in another offset, to the microsecond.
function stamp(ms: number): string {
  const iso = new Date(ms).toISOString();
  if (ms % 3 === 1) return `${new Date(ms + 19_800_000).toISOString().slice(0, -1)}+05:30`;
  return ms % 3 === 2 ? iso.replace('Z', '000Z') : iso;
}

/** When batches arrive: the first then, each other an hour after the one before. */
export const FIRST_ARRIVAL = Date.parse('2026-04-02T00:00:00Z');
export const TAGS = ['Odd', 'case 7', 'ÜBER', 'x*y'];

const value: Readonly<Record<Term['field'], fc.Arbitrary<string>>> = {
  action: fc.constantFrom('user.login', 'tunnel.*', '*', '*_failed', 'weird action\\*', '', 'nothing', 'u*.l*n'),
  actor: fc.constantFrom(
    'u1',
    '1',
    'ALICE@example.com',
    'alice CHEN',
    'zoe angstrom',
    'x\\*y',
    'x*y',
    '*@example.com',
    '',
    '李',
  ),
  category: fc.constantFrom('authentication', 'tunnel', 'team', 'billing', 'security', 'other'),
  team: fc.constantFrom('Ops', 'devs', 'team_1', 'team_*', ''),
  hours: fc.constantFrom('office', 'off'),
  agent: fc.constantFrom('alice CHEN', 'zoe ANGSTROM', '*e*', '', 'かく', 'x\\*y', '<img*'),
  target_type: fc.constantFrom('tunnel', 'user', 't*', 'api\\*token', '', '*', 'TUNNEL'),
  country: fc.constantFrom('US', 'JP', 'NL', 'PT', 'private', 'unknown', ''),
  source: fc.constantFrom(...SOURCES.map((one) => one.replaceAll('*', '\\*')), '*.json', 'EXPORT*', '', 'nowhere'),
  target: fc.constantFrom('t1', 'alice chen', '*e*', '', 'T1'),
  ip: fc.constantFrom(
    '203.0.113.7',
    '203.0.113.0/24',
    '2001:db8::/32',
    '2001:db8::1',
    '0.0.0.0/0',
    '::/0',
    'unknown',
    '',
  ),
  tag: fc.constantFrom('odd', 'CASE 7', 'uber', 'x\\*y', 'x*', '*', '', 'none such'),
  is: fc.constant('pinned'),
  has: fc.constant('note'),
  received: fc.constantFrom(
    '2026-04-02T00:00:00Z',
    '2026-04-02T01:00:00Z',
    '2026-04-02T02:00:01Z',
    '2026-04-02T03:00:00+00:00',
  ),
  text: fc.constantFrom(
    'alice',
    'ANGSTROM',
    'strasse',
    'σταυροσ',
    'needle',
    'かく',
    '*',
    'reason',
    '42',
    'true',
    '203.0.113',
    '\u0000',
    'no longer',
    'überfall',
    '__proto__',
    'lone',
  ),
  word: fc.constantFrom('login', 'e', 'chen', 'fine', '李', '👩', 'y', 'zzz', 'user.', '-minus'),
};
const SAID = [
  'action',
  'actor',
  'category',
  'team',
  'target',
  'target_type',
  'ip',
  'country',
  'agent',
  'text',
  'word',
] as const;
const termOf = (fields: readonly Term['field'][]): fc.Arbitrary<Term> =>
  fc
    .constantFrom(...fields)
    .chain((field) => fc.record({ field: fc.constant(field), value: value[field], negated: fc.boolean() }));
const bound = fc.constantFrom('2026-03-28', '2026-03-29', '2026-03-30', '2026-03-29T01:00', '2026-03-29T12:00:00Z');

const filterOf = (term: fc.Arbitrary<Term>): fc.Arbitrary<Filter> =>
  fc
    .record({ terms: fc.array(term, { maxLength: 5 }), from: bound, to: bound }, { requiredKeys: ['terms'] })
    .map((filter) => filter as Filter);

/** Conditions on what entries say. */
export const anyFilter = filterOf(termOf(SAID));

/** Also on what reviewers put beside them, and on when they arrived. */
export const anyFilterBeside = filterOf(termOf([...SAID, 'source', 'hours', 'tag', 'tag', 'is', 'has', 'received']));
