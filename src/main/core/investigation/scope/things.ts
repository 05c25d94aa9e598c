import type { ScopeKind, ScopeState } from '../../../../shared/case.ts';
import type { ScopeThing } from '../../../../shared/case-schema.ts';
import { accountSubject, type Course, targetSubject } from '../remediation/course.ts';
import { standingWords } from '../remediation/standing-words.ts';
import type { Ground } from './ground.ts';
import type { Expansion, Start } from './known.ts';
import { type Member, type ScopeQuestion, thingKey } from './question.ts';
import { CROWD, emptyMasks, type Sight, sightsOf } from './sight.ts';

type Draft = {
  kind: ScopeKind;
  value: string;
  label: string;
  why: Map<string, number>;
  score: number;
  step: number;
  keys: Set<number>;
  first: number;
  last: number;
  ordinary: number;
  seed: boolean;
};

/** What the entries in scope speak of, gravest first: accounts, addresses, networks, devices, and what was acted upon. */
export function thingsOf(
  ground: Ground,
  start: Start,
  { known, seen, lives, census }: Expansion,
  members: readonly Member[],
  courses: readonly Course[],
  decisions: ScopeQuestion['decisions'],
): ScopeThing[] {
  const byKey = new Map(members.map((one) => [one.key, one]));
  const signs = sightsOf(ground, emptyMasks(ground, new Set(byKey.keys()))).filter(({ key }) => byKey.has(key));
  const drafts = new Map<string, Draft>();
  const note = (
    kind: ScopeKind,
    value: string,
    label: string,
    one: Sight,
    score: number,
    why: string,
    seed = false,
  ): void => {
    const name = thingKey(kind, value);
    const { step } = byKey.get(one.key)!;
    let draft = drafts.get(name);
    if (draft === undefined) {
      draft = {
        kind,
        value,
        label,
        why: new Map(),
        score: 0,
        step,
        keys: new Set(),
        first: one.ts,
        last: one.ts,
        ordinary: 0,
        seed,
      };
      drafts.set(name, draft);
    }
    draft.why.set(why, Math.max(draft.why.get(why) ?? 0, score));
    draft.score = Math.max(draft.score, score);
    draft.step = Math.min(draft.step, step);
    draft.keys.add(one.key);
    draft.first = Math.min(draft.first, one.ts);
    draft.last = Math.max(draft.last, one.ts);
  };
  for (const one of signs) {
    const { score, answer } = byKey.get(one.key)!;
    if (answer) continue;
    const meaning = ground.meanings[one.action];
    const acting = accountSubject(ground, one.account);
    const inside = meaning !== 'login_failed';
    if (acting !== null) {
      const why = !inside
        ? 'Somebody tried to sign in as this account.'
        : known.born.has(one.account)
          ? 'The intruder made it.'
          : 'Used by the intruder.';
      note(
        acting.kind,
        acting.value,
        acting.label,
        one,
        inside ? score : Math.min(score, 0.3),
        why,
        start.accounts.has(one.account),
      );
    }
    const address = ground.addresses[one.address] ?? null;
    const theirs = known.addresses.has(one.address);
    if (address !== null) {
      const others = census.peopleAt(one.address).filter((person) => !known.accounts.has(person)).length;
      const why = theirs
        ? 'Used by the intruder and by hardly anybody else.'
        : others >= CROWD - 1
          ? `Shared: at least ${others} other people act from it. Nobody is drawn in by it.`
          : 'The account’s own place.';
      note('address', address, address, one, theirs ? score : 0.2, why, start.addresses.has(one.address));
    }
    const agent = ground.agents[one.agent] ?? null;
    if (agent !== null) {
      const others = census.peopleWith(one.agent).filter((person) => !known.accounts.has(person)).length;
      const own = lives.get(one.account)?.devices.has(ground.deviceOf[one.agent]!) ?? false;
      const everyday = own || others >= CROWD - 1;
      const why = own
        ? 'A device of the account’s own. Nobody is drawn in by it.'
        : everyday
          ? 'An everyday device of many people. Nobody is drawn in by it.'
          : 'Used by the intruder.';
      note('device', agent, agent, one, everyday ? 0.2 : score, why, start.agents.has(one.agent));
    }
    const target = targetSubject(ground, one.target);
    if (target !== null && target.account !== one.account)
      note(
        target.kind,
        target.value,
        target.label,
        one,
        target.kind === 'person' ? score * 0.5 : score,
        known.made.has(target.thing) ? 'The intruder made it.' : 'The intruder acted on it.',
        start.made.has(target.thing),
      );
    const team = ground.teams[one.team] ?? null;
    const teamValue = team?.id ?? team?.name ?? null;
    if (team !== null && teamValue !== null && inside)
      note('team', teamValue, team.name ?? teamValue, one, score * 0.5, 'The intruder acted in it.');
    const network = ground.networks[ground.networkOf[one.address]!] ?? '';
    if (theirs && network !== '' && network !== address)
      note('network', network, network, one, score * 0.9, 'Addresses of the intruder lie in it.');
  }
  countOrdinary(ground, drafts, seen, byKey);
  return [...drafts.values()]
    .filter(({ kind, value }) => kind !== 'network' || addressesIn(ground, known, value) > 1)
    .map((draft) => thingOf(draft, courses, decisions))
    .sort(
      (a, b) =>
        Number(a.state === 'rejected') - Number(b.state === 'rejected') ||
        b.score - a.score ||
        b.entries - a.entries ||
        (a.label < b.label ? -1 : 1),
    );
}

function addressesIn(ground: Ground, known: Expansion['known'], network: string): number {
  return [...known.addresses.keys()].filter((one) => ground.networks[ground.networkOf[one]!] === network).length;
}

// Entries of accounts and addresses in scope that are not in it: their ordinary life.
function countOrdinary(
  ground: Ground,
  drafts: ReadonlyMap<string, Draft>,
  seen: readonly Sight[],
  inScope: ReadonlyMap<number, unknown>,
): void {
  const subjects = new Map<number, Draft | undefined>();
  const draftOf = (account: number): Draft | undefined => {
    if (subjects.has(account)) return subjects.get(account);
    const subject = accountSubject(ground, account);
    const draft = subject === null ? undefined : drafts.get(thingKey(subject.kind, subject.value));
    subjects.set(account, draft);
    return draft;
  };
  for (const one of seen) {
    if (inScope.has(one.key)) continue;
    const person = draftOf(one.account);
    if (person !== undefined) person.ordinary++;
    const address = ground.addresses[one.address] ?? null;
    const place = address === null ? undefined : drafts.get(thingKey('address', address));
    if (place !== undefined) place.ordinary++;
  }
}

function thingOf(draft: Draft, courses: readonly Course[], decisions: ScopeQuestion['decisions']): ScopeThing {
  const { kind, value, label, score, step, keys, first, last, ordinary, seed, why } = draft;
  const said = decisions.things.get(thingKey(kind, value)) ?? null;
  const state: ScopeState = said ?? (seed ? 'seed' : 'suggested');
  const own = courses.filter(({ subject }) => subject.kind === kind && subject.value === value);
  const words = own.flatMap((course) => standingWords(course) ?? []);
  return {
    kind,
    value,
    label,
    state,
    score: Math.round(score * 100) / 100,
    reasons: [...why].sort((a, b) => b[1] - a[1]).map(([text]) => text),
    step,
    entries: keys.size,
    ordinary,
    first,
    last,
    standing:
      words.length === 0
        ? null
        : {
            words: words.map((one) => one.words).join('; '),
            stands: words.some((one) => one.stands),
          },
  };
}
