import { expect, test } from 'vitest';
import { NO_PLACES } from '../../../src/main/core/geo/places.ts';
import { checkRemedies } from '../../../src/main/core/investigation/remediation/check-remedies.ts';
import type { Member } from '../../../src/main/core/investigation/scope/question.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { randomFor } from '../../../src/main/core/simulator/random.ts';
import { REMEDIES, type Remedy } from '../../../src/shared/case.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { batchOf, newArchive } from '../../support/archive.ts';

// A thousand made-up courses of events, each about a thing of its own, against a model that knows nothing of the log.

type Act = { readonly action: string; readonly metadata?: object };
type Kind = {
  readonly type: string;
  /** What the intruder does, what answers it in several spellings, and what takes that back. */
  readonly need: Act;
  readonly answers: readonly Act[];
  /** Done by anybody; null where only the intruder's doing it again takes the remedy back. */
  readonly undo: Act | null;
  /** The intruder's own remedy takes an earlier one back: he has a password of his own. */
  readonly ownAnswerUndoes?: true;
  /** The intruder acts as the thing itself. */
  readonly self?: true;
};
const open = { before: ['198.51.100.0/24'], after: ['0.0.0.0/0'] };
const shut = { before: ['0.0.0.0/0'], after: ['198.51.100.0/24'] };
const KINDS: Readonly<Record<Remedy, Kind>> = {
  suspend_account: {
    type: 'user',
    need: { action: 'user.created' },
    answers: [{ action: 'user.suspended' }, { action: 'account.disabled' }, { action: 'user.deleted' }],
    undo: { action: 'user.reactivated' },
  },
  reset_password: {
    type: 'user',
    self: true,
    need: { action: 'user.login' },
    answers: [{ action: 'user.password_reset' }, { action: 'security.password_changed' }],
    undo: null,
    ownAnswerUndoes: true,
  },
  revoke_sessions: {
    type: 'user',
    self: true,
    need: { action: 'user.login' },
    answers: [{ action: 'security.sessions_revoked' }, { action: 'security.session_revoked' }],
    undo: null,
  },
  second_factor_on: {
    type: 'user',
    need: { action: 'security.two_factor_disabled' },
    answers: [{ action: 'security.two_factor_enabled' }, { action: 'user.mfa_enrolled' }],
    undo: { action: 'user.2fa_disabled' },
  },
  withdraw_role: {
    type: 'user',
    need: { action: 'team.member_role_changed', metadata: { from: 'member', to: 'owner' } },
    answers: [
      { action: 'team.role_changed', metadata: { from: 'owner', to: 'member' } },
      { action: 'team.member_removed' },
    ],
    undo: { action: 'team.member_role_changed', metadata: { from: 'member', to: 'owner' } },
  },
  remove_member: {
    type: 'user',
    need: { action: 'team.member_added' },
    answers: [{ action: 'team.member_removed' }, { action: 'user.suspended' }],
    undo: { action: 'team.member_added' },
  },
  revoke_token: {
    type: 'api_token',
    need: { action: 'security.api_token_created' },
    answers: [{ action: 'security.api_token_revoked' }, { action: 'access_key.deleted' }],
    undo: { action: 'security.api_token_created' },
  },
  stop_tunnel: {
    type: 'tunnel',
    need: { action: 'tunnel.started' },
    answers: [{ action: 'tunnel.stopped' }, { action: 'tunnel.deleted' }],
    undo: null,
  },
  restore_allow_list: {
    type: 'tunnel',
    need: { action: 'tunnel.ip_allowlist_changed', metadata: open },
    answers: [{ action: 'tunnel.ip_allowlist_changed', metadata: shut }],
    undo: { action: 'tunnel.ip_allowlist_changed', metadata: open },
  },
  restore_setting: {
    type: 'tunnel',
    need: { action: 'tunnel.basic_auth_changed', metadata: { from: true, to: false } },
    answers: [{ action: 'tunnel.basic_auth_changed', metadata: { from: false, to: true } }],
    undo: null,
  },
};

type What = 'need' | 'answer' | 'undo' | 'own answer' | 'nothing';
type State = 'missing' | 'done' | 'undone';

/** What the check should say, from nothing but the order of events; null before anything is needed. */
function model(kind: Kind, events: readonly What[]): State | null {
  let state: State | null = null;
  for (const what of events) {
    if (state === null) state = what === 'need' ? 'missing' : null;
    else if (what === 'answer') state = 'done';
    else if (
      what === 'need' ||
      (what === 'undo' && kind.undo !== null) ||
      (what === 'own answer' && kind.ownAnswerUndoes)
    ) {
      if (state === 'done') state = 'undone';
    }
  }
  return state;
}

test('the check of remedies says right for every combination of done, missing and undone', async () => {
  const chance = randomFor(26, 'remedies');
  const lines: object[] = [];
  const theirs = new Set<string>();
  const wanted = new Map<string, State | null>();
  const START = Date.parse('2026-06-01T00:00:00Z');
  const acts: readonly What[] = ['need', 'answer', 'undo', 'own answer', 'nothing'];
  for (let n = 0; n < 1_000; n++) {
    const remedy = REMEDIES[n % REMEDIES.length]!;
    const kind = KINDS[remedy];
    const thing = `${remedy}-${n}`;
    const events = Array.from({ length: chance.int(1, 6) }, () => chance.pick(acts)).filter(
      // His own second change of a setting is doing it again, whatever it is set to.
      (what) => !(what === 'own answer' && remedy === 'restore_setting') && !(what === 'undo' && kind.undo === null),
    );
    if (chance.chance(0.7)) events.unshift('need');
    // Acting as the account, or a change of the same kind, makes a remedy needed whatever it is a change to.
    const telling = kind.self || remedy === 'withdraw_role' || remedy === 'restore_allow_list';
    const first = events.indexOf('need');
    const told = events.filter((what, i) => !(telling && what === 'own answer' && (first < 0 || i < first)));
    told.forEach((what, i) => {
      const intruder = what === 'need' || what === 'own answer';
      const act =
        what === 'need'
          ? kind.need
          : what === 'undo'
            ? kind.undo!
            : what === 'nothing'
              ? { action: 'team.renamed' }
              : what === 'own answer'
                ? kind.answers[0]!
                : chance.pick(kind.answers);
      const id = `e${lines.length}`;
      if (intruder) theirs.add(id);
      const who = intruder ? (kind.self ? thing : 'mallory') : 'eleni';
      const self = kind.self && intruder;
      lines.push({
        id,
        timestamp: new Date(START + n * 60_000 + i * 1_000).toISOString(),
        action: act.action,
        actor: { id: who, name: who, email: null },
        target:
          self && what === 'need'
            ? null
            : {
                type: what === 'nothing' ? 'team' : kind.type,
                id: what === 'nothing' ? `team-${n}` : thing,
                name: thing,
              },
        context: {},
        metadata: act.metadata ?? {},
      });
    });
    wanted.set(`${remedy} ${thing}`, model(kind, told));
  }
  const { writer } = await newArchive();
  unwrap(writer.ingest(batchOf(lines)));
  const members = [...writer.rows(WHOLE_ARCHIVE)].flatMap((row): Member[] =>
    theirs.has(row.id)
      ? [
          {
            key: row.key,
            ts: row.ts,
            score: 1,
            reasons: ['anchor'],
            step: 0,
            state: 'seed',
            answer: false,
            phase: null,
            technique: null,
          },
        ]
      : [],
  );
  const found = new Map(
    checkRemedies(writer, NO_PLACES, members, []).map((one) => [`${one.remedy} ${one.thing.value}`, one]),
  );
  const said = [...wanted].map(([name, state]) => [name, state, found.get(name)?.state ?? null] as const);
  expect(said.filter(([, model, check]) => model !== check)).toEqual([]);
  for (const remedy of REMEDIES)
    for (const state of ['missing', 'done', 'undone'])
      expect(
        said.some(([name, one]) => name.startsWith(`${remedy} `) && one === state),
        `${remedy} ${state}`,
      ).toBe(true);
  for (const one of found.values()) if (one.done !== null) expect(one.done).toMatchObject({ by: 'eleni' });

  const [first] = [...found.values()].filter(({ state }) => state === 'missing');
  const by = {
    remedy: first!.remedy,
    kind: first!.thing.kind,
    value: first!.thing.value,
    verdict: 'by_hand',
    note: 'By telephone',
    by: 'Marta',
    at: START,
  } as const;
  const again = checkRemedies(writer, NO_PLACES, members, [by]).find(
    (one) => one.remedy === by.remedy && one.thing.value === by.value,
  );
  expect(again).toMatchObject({ state: 'by_hand', note: 'By telephone', done: { key: null, by: 'Marta' } });
});
