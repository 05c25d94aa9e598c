import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer, isQuestion, readQuestion } from '../../../src/shared/ask/ask.ts';
import type { Found, LookUp } from '../../../src/shared/ask/names.ts';
import { parseQuery } from '../../../src/shared/filter/parse.ts';
import { printQuery } from '../../../src/shared/filter/print.ts';
import { resolveRange } from '../../../src/shared/filter/range.ts';
import { fold } from '../../../src/shared/text.ts';

/** A Thursday, a quarter to ten in Lisbon. */
const NOW = Date.parse('2026-10-15T08:45:00Z');
const HELD = [
  'user.login',
  'user.login_failed',
  'user.logout',
  'user.password_changed',
  'security.two_factor_disabled',
  'security.two_factor_enabled',
  'security.api_token_created',
  'security.api_token_revoked',
  'security.account_locked',
  'team.member_added',
  'team.member_removed',
  'team.member_role_changed',
  'tunnel.created',
  'tunnel.deleted',
  'tunnel.custom_domain_added',
  'tunnel.ip_allowlist_changed',
  'billing.payment_method_updated',
  'billing.payment_failed',
];
const found = (...pairs: readonly (readonly [label: string, value: string])[]): readonly Found[] =>
  pairs.map(([label, value]) => ({ label, value }));
const WORLD = {
  actor: found(
    ['Alice Chen', 'alice.chen@alfama.example'],
    ['Bob Marsh', 'bob@alfama.example'],
    ['Ana Lima', 'ana.lima@alfama.example'],
    ['Ana Rocha', 'ana.rocha@alfama.example'],
    ['svc-ci', 'svc-ci'],
  ),
  target: found(
    ['api-staging', 'api-staging'],
    ['payments-admin', 'payments-admin'],
    ['Bob Marsh', 'Bob Marsh'],
    ['dashboards.alfama.example', 'dashboards.alfama.example'],
    ['ci*deploy', 'ci*deploy'],
    ['edge-1', 'edge-1'],
    ['edge-2', 'edge-2'],
    ['edge-3', 'edge-3'],
    ['edge-4', 'edge-4'],
    ['edge-5', 'edge-5'],
  ),
  team: found(['Engineering', 'team_1'], ['Ops', 'team_2']),
};
const lookUp: LookUp = (name, field) =>
  WORLD[field].filter(({ value, label }) =>
    [value, label].some((text) =>
      fold(text)
        .split(/(?<=[^\p{L}\p{N}])/u)
        .some((_word, i, all) => all.slice(i).join('').startsWith(fold(name))),
    ),
  );

function asked(text: string, zone = 'Europe/Lisbon', nowMs = NOW): { query: string; missed: readonly string[] } | null {
  const reading = readQuestion(text, { zone, nowMs, held: HELD });
  const offer = reading && answer(reading, lookUp, HELD);
  return offer && { query: printQuery(offer.filter), missed: offer.missed };
}

// What may keep somebody out, wherever his name stands.
const KEPT_OUT =
  'action:user.login_failed action:security.account_locked action:team.member_removed action:user.password_changed action:security.two_factor_enabled action:security.two_factor_disabled action:team.member_role_changed action:security.api_token_revoked text:"Bob Marsh"';
const YESTERDAY = 'from:2026-10-14 to:2026-10-14';

describe('is answered', () => {
  it.each([
    ['who deleted api-staging', 'action:*deleted action:*removed action:*released target:api-staging'],
    ['Who deleted the tunnel api-staging?', 'action:tunnel.deleted target:api-staging'],
    ['who deleted that tunnel yesterday?', `${YESTERDAY} action:tunnel.deleted`],
    ['who created payments-admin', 'action:*created action:*issued action:*generated target:payments-admin'],
    ['who started edge', 'action:tunnel.started target:*edge*'],
    ['who renamed api-staging last week', 'from:2026-10-05 to:2026-10-11 action:*renamed target:api-staging'],
    ['who removed Bob?', 'action:*removed action:*deleted target:"Bob Marsh"'],
    ['who changed ci*deploy', 'action:*changed action:*updated action:*renamed action:*reset target:ci\\*deploy'],
    [
      'what did alice do last friday night',
      'from:2026-10-09T20:00 to:2026-10-10T05:59:59.999 actor:alice.chen@alfama.example',
    ],
    ['what did Alice Chen do today?', 'from:2026-10-15 to:2026-10-15 actor:alice.chen@alfama.example'],
    [
      'what did alice delete this month',
      'from:2026-10-01 to:2026-10-31 action:*deleted action:*removed action:*released actor:alice.chen@alfama.example',
    ],
    ['what did ana do yesterday', `${YESTERDAY} actor:ana.lima@alfama.example actor:ana.rocha@alfama.example`],
    ['what did svc-ci do at night', 'hours:off actor:svc-ci'],
    [
      'what did alice do on monday morning',
      'from:2026-10-12T06:00 to:2026-10-12T11:59:59.999 actor:alice.chen@alfama.example',
    ],
    [
      'did bob delete api-staging',
      'action:*deleted action:*removed action:*released actor:bob@alfama.example target:api-staging',
    ],
    [
      'tokens created off hours this month',
      'from:2026-10-01 to:2026-10-31 hours:off action:security.api_token_created',
    ],
    ['api tokens created outside office hours', 'hours:off action:security.api_token_created'],
    ['who signed in outside working hours last week', 'from:2026-10-05 to:2026-10-11 hours:off action:user.login'],
    [
      'tokens of alice',
      'action:security.api_token_created action:security.api_token_revoked actor:alice.chen@alfama.example',
    ],
    ['which tokens were revoked in september', 'from:2026-09-01 to:2026-09-30 action:security.api_token_revoked'],
    ["when was Alice's token revoked", 'action:security.api_token_revoked actor:alice.chen@alfama.example'],
    ['when was two-factor disabled', 'action:security.two_factor_disabled'],
    ['who turned off 2fa in the last 30 days', 'last:30d action:security.two_factor_disabled'],
    [
      'when did alice enable two factor authentication',
      'action:security.two_factor_enabled actor:alice.chen@alfama.example',
    ],
    ['mfa disabled last quarter', 'from:2026-07-01 to:2026-09-30 action:security.two_factor_disabled'],
    ['failed logins from Russia yesterday', `${YESTERDAY} country:RU action:user.login_failed`],
    [
      'failed sign-ins from outside Portugal last night',
      'from:2026-10-14T20:00 to:2026-10-15T05:59:59.999 -country:PT action:user.login_failed',
    ],
    ['logins from the United States in 2025', 'from:2025-01-01 to:2025-12-31 country:US action:user.login'],
    ['sign ins from 203.0.113.0/24 since monday', 'from:2026-10-12 ip:203.0.113.0/24 action:user.login'],
    ['what happened from 203.0.113.7 today', 'from:2026-10-15 to:2026-10-15 ip:203.0.113.7'],
    ['failed logins by bob', 'action:user.login_failed actor:bob@alfama.example'],
    ['who failed to log in this morning', 'from:2026-10-15T06:00 to:2026-10-15T11:59:59.999 action:user.login_failed'],
    ['who was added to Engineering in Q3', 'from:2026-07-01 to:2026-09-30 action:team.member_added team:team_1'],
    ['who was removed from Ops since august', 'from:2026-08-01 action:team.member_removed team:team_2'],
    ['who joined engineering last month', 'from:2026-09-01 to:2026-09-30 action:team.member_added team:team_1'],
    ['members added in Q4 2025', 'from:2025-10-01 to:2025-12-31 action:team.member_added'],
    ['who changed roles in the third quarter', 'from:2026-07-01 to:2026-09-30 action:team.member_role_changed'],
    ['permission changes last quarter', 'from:2026-07-01 to:2026-09-30 action:team.member_role_changed'],
    ['when did we change the custom domain', 'action:tunnel.custom_domain_added action:*custom_domain*'],
    ['when was dashboards.alfama.example added', 'action:*added action:*joined target:dashboards.alfama.example'],
    [
      'who added a custom domain between 1 October and 10 October',
      'from:2026-10-01 to:2026-10-10 action:tunnel.custom_domain_added',
    ],
    ['who changed the allow-list yesterday', `${YESTERDAY} action:tunnel.ip_allowlist_changed`],
    ['allowlist changes this week', 'from:2026-10-12 to:2026-10-18 action:tunnel.ip_allowlist_changed'],
    ['when did the card change?', 'action:billing.payment_method_updated'],
    ['failed payments this year', 'from:2026-01-01 to:2026-12-31 action:billing.payment_failed'],
    ['who cancelled the subscription', 'action:billing.subscription_downgraded action:billing.subscription_cancelled'],
    ['who exported the audit log', 'action:*export*'],
    ['who logged in today', 'from:2026-10-15 to:2026-10-15 action:user.login'],
    ['did alice log in yesterday', `${YESTERDAY} action:user.login actor:alice.chen@alfama.example`],
    ['who logged in in the last 7 days', 'last:7d action:user.login'],
    [
      'who was locked out yesterday evening',
      'from:2026-10-14T18:00 to:2026-10-14T23:59:59.999 action:security.account_locked',
    ],
    ['password resets on 2026-10-13', 'from:2026-10-13 to:2026-10-13 action:user.password_changed'],
    ["why can't Bob get in any more", KEPT_OUT],
    ['why can’t Bob log in?', KEPT_OUT],
    ['why is bob no longer able to sign in', KEPT_OUT],
    ['what happened yesterday', YESTERDAY],
    ['what happened last weekend?', 'from:2026-10-10 to:2026-10-11'],
    ['what happened in the last 2 hours', 'last:2h'],
    ['what happened before 14 october', 'to:2026-10-13'],
    ['what happened on the 3rd of March', 'from:2026-03-03 to:2026-03-03'],
    [
      'who revoked sessions after 2026-10-01',
      'from:2026-10-02 action:security.sessions_revoked action:security.session_revoked',
    ],
    [
      'who stopped tunnels during office hours today',
      'from:2026-10-15 to:2026-10-15 hours:office action:tunnel.stopped',
    ],
    ['certificates issued last year', 'from:2025-01-01 to:2025-12-31 action:*certificate_issued'],
    ['when did alice log out', 'action:user.logout actor:alice.chen@alfama.example'],
    ['how many failed logins in the last week', 'from:2026-10-05 to:2026-10-11 action:user.login_failed'],
    ['invitations sent past 3 months', 'from:2026-07-15 action:team.member_invited action:*invitation*'],
    [
      'changes by alice in october 2025',
      'from:2025-10-01 to:2025-10-31 action:*changed action:*updated action:*renamed action:*reset actor:alice.chen@alfama.example',
    ],
  ] as const)('%s', (text, query) => {
    expect(asked(text)).toEqual({ query, missed: [] });
  });
});

describe('is answered as far as it is understood, and the rest is named', () => {
  it.each([
    ['who deleted zorro', 'action:*deleted action:*removed action:*released', ['zorro']],
    ['what did alice do with the frobnicator', 'actor:alice.chen@alfama.example', ['frobnicator']],
    ['who deleted invoices', 'action:*invoice*', ['deleted']],
    ['failed logins from Atlantis yesterday', `${YESTERDAY} action:user.login_failed`, ['Atlantis']],
    [
      'who deleted api-staging carelessly',
      'action:*deleted action:*removed action:*released target:api-staging',
      ['carelessly'],
    ],
  ])('%s', (text, query, missed) => {
    expect(asked(text)).toEqual({ query, missed });
  });
});

describe('is not answered', () => {
  it.each([
    '',
    'tunnel',
    'api-staging',
    'alice chen',
    'who',
    'actor:alice deleted',
    'deleted -alice',
    'delete api-staging',
    'turn off two-factor',
    'how do I reset my password',
    'how can I delete a tunnel?',
    'what is a tunnel',
    'please delete everything',
    'can you add Bob to Ops',
    'what is the weather today',
    'who is zorro',
    'will it rain in Lisbon tomorrow',
    'why is the sky blue',
    'why can’t zorro get in',
    'tell me a story about tokens',
    'should we rotate tokens',
    'the quick brown fox jumps over lazy tunnels',
    '<img src=x onerror=alert(1)> who?',
    '10.0.0.1',
    `who deleted ${'x'.repeat(400)}`,
  ])('%s', (text) => {
    expect(asked(text)).toBeNull();
  });
});

it('tells a question from words somebody may want to find as they are', () => {
  expect(['who deleted api-staging', 'tunnels deleted?', 'was Bob removed'].every(isQuestion)).toBe(true);
  expect(['login failed', 'two factor disabled', 'whoami x', 'how do I search?', '?'].some(isQuestion)).toBe(false);
});

describe('times', () => {
  it('are those of the zone asked in', () => {
    const late = Date.parse('2026-10-14T23:30:00Z');
    expect(asked('what happened yesterday', 'Europe/Lisbon', late)?.query).toBe(YESTERDAY);
    expect(asked('what happened yesterday', 'America/New_York', late)?.query).toBe('from:2026-10-13 to:2026-10-13');
    expect(asked('what happened last night', 'Asia/Kathmandu', late)?.query).toBe(
      'from:2026-10-14T20:00 to:2026-10-15T05:59:59.999',
    );
  });

  it('are past where a day or a month is named without its year', () => {
    expect(asked('what happened in december')?.query).toBe('from:2025-12-01 to:2025-12-31');
    expect(asked('what happened on 24 december')?.query).toBe('from:2025-12-24 to:2025-12-24');
    expect(asked('what happened in Q4')?.query).toBe('from:2026-10-01 to:2026-12-31');
    expect(asked('what happened on thursday')?.query).toBe('from:2026-10-15 to:2026-10-15');
    expect(asked('what happened last thursday')?.query).toBe('from:2026-10-08 to:2026-10-08');
  });
});

const VOCABULARY = [
  ...'who what when did was deleted created added removed failed login logins token tokens tunnel two-factor disabled alice bob ana engineering'.split(
    ' ',
  ),
  ...'api-staging last this friday night week month quarter q3 2025 2026-02-30 31 february since before between and from to in russia portugal'.split(
    ' ',
  ),
  ...'off hours yesterday today 24 days past the of by zorro 203.0.113.7 10.0.0.0/8 -x "y :z ci*deploy custom domain change ? \u202e'.split(
    ' ',
  ),
];
const ZONES = ['UTC', 'Europe/Lisbon', 'America/St_Johns', 'Pacific/Apia', 'Asia/Kathmandu', 'Africa/Casablanca'];

it('offers only filters that print and parse back to themselves, and whose dates make a period in the zone', () => {
  let offered = 0;
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...VOCABULARY) }, fc.string({ maxLength: 5 })), {
        maxLength: 12,
      }),
      fc.constantFrom(...ZONES),
      fc.integer({ min: Date.parse('2024-02-20T00:00:00Z'), max: Date.parse('2028-03-10T00:00:00Z') }),
      (parts, zone, nowMs) => {
        const context = { zone, nowMs, held: HELD };
        const reading = readQuestion(parts.join(' '), context);
        const offer = reading && answer(reading, lookUp, HELD);
        if (!offer) return;
        offered++;
        expect(parseQuery(printQuery(offer.filter))).toEqual({ ok: true, value: offer.filter });
        expect(resolveRange(offer.filter, zone, nowMs).ok).toBe(true);
        expect(offer.filter.terms.length + Object.keys(offer.filter).length).toBeGreaterThan(1);
      },
    ),
    { numRuns: 5_000 },
  );
  expect(offered).toBeGreaterThan(500);
});
