import type { Meaning } from '../../../../shared/action.ts';
import type { Remedy, ScopeKind } from '../../../../shared/case.ts';
import { entityOfTarget } from '../../../../shared/entity.ts';
import type { ArchiveReader } from '../../archive/reader.ts';
import { read } from '../../detection/reading/reading.ts';
import { parseEntry } from '../../jetty/parse-entry.ts';
import type { Ground } from '../scope/ground.ts';
import { nameOf } from '../scope/seeds-of.ts';
import { emptyMasks, type Sight, sightsOf } from '../scope/sight.ts';
import { ANSWERS, NEEDS, REINSTATED, SAME_AGAIN, WITHDRAWN } from './remedies.ts';

/** What a remedy is about: an account, or a thing that is acted upon; ids of the ground, 0 is none. */
export type Subject = {
  readonly kind: ScopeKind;
  readonly value: string;
  readonly label: string;
  readonly account: number;
  readonly thing: number;
};

/** How a remedy went: what made it needed, what did it and took it back last, and the intruder's own putting back. */
export type Course = {
  readonly remedy: Remedy;
  readonly subject: Subject;
  readonly since: Sight;
  readonly done: Sight | null;
  readonly undone: Sight | null;
  readonly reversed: Sight | null;
};

type Needed = {
  readonly remedy: Remedy;
  readonly subject: Subject;
  readonly since: Sight;
  readonly meaning: Meaning | null;
  to: string | null;
};
type Change = { readonly from: string | null; readonly to: string | null };

/**
 * Every remedy that the intruder's entries (by key) call for, and how it went: only what came after the first sign and was
 * not the intruder's own doing counts. In the order in which they became needed.
 */
export function coursesOf(
  ground: Ground,
  reader: Pick<ArchiveReader, 'entry'>,
  theirs: ReadonlySet<number>,
): readonly Course[] {
  const signs = sightsOf(ground, emptyMasks(ground, theirs)).filter(({ key }) => theirs.has(key));
  const needed = neededBy(ground, signs);
  const seen = concerning(ground, needed);
  const changes = new Map<number, Change>();
  const changeOf = (one: Sight): Change => {
    const found = changes.get(one.key) ?? readChange(reader, one.key);
    changes.set(one.key, found);
    return found;
  };
  return needed.map((need) => courseOf(ground, need, seen(need), theirs, changeOf));
}

function courseOf(
  ground: Ground,
  { remedy, subject, since, meaning }: Needed,
  entries: readonly Sight[],
  theirs: ReadonlySet<number>,
  changeOf: (one: Sight) => Change,
): Course {
  const compared = remedy === 'withdraw_role' || remedy === 'restore_allow_list';
  let given = compared ? changeOf(since).to : null;
  const original = compared ? changeOf(since).from : null;
  let [done, undone, reversed]: [Sight | null, Sight | null, Sight | null] = [null, null, null];
  for (const one of entries) {
    if (one.key <= since.key) continue;
    const what = ground.meanings[one.action] ?? null;
    const own = theirs.has(one.key);
    const about = concerns(ground, subject, one);
    const back =
      compared && what === meaning && original !== null && original !== given && own && changeOf(one).to === original;
    if (own && about && (back || (!compared && ANSWERS[remedy].has(what) && remedy !== 'reset_password'))) {
      reversed = one;
      continue;
    }
    const again = own ? isAgain(ground, remedy, subject, one, what, meaning, about) : false;
    if (again) {
      if (compared) given = changeOf(one).to ?? given;
      reversed = null;
      if (done !== null && undone === null) undone = one;
      continue;
    }
    if (own || !about) continue;
    const backAgain = compared && what === meaning && given !== null && changeOf(one).to === given;
    const reinstated = backAgain || isUndoing(ground, remedy, subject, one, what, theirs);
    if (reinstated) {
      if (done !== null && undone === null) undone = one;
    } else if (
      isAnswer(remedy, what, meaning, ground.actions[one.action] ?? '') &&
      (done === null || undone !== null)
    ) {
      [done, undone] = [one, null];
    }
  }
  return { remedy, subject, since, done, undone, reversed };
}

function isAnswer(remedy: Remedy, what: Meaning | null, need: Meaning | null, action: string): boolean {
  if (remedy === 'remove_member' && WITHDRAWN.test(action)) return true;
  if (remedy === 'restore_setting') return need === 'domain_added' ? what === 'domain_removed' : what === need;
  return ANSWERS[remedy].has(what);
}

// The intruder does once more what made the remedy needed, or is in again after it.
function isAgain(
  ground: Ground,
  remedy: Remedy,
  subject: Subject,
  one: Sight,
  what: Meaning | null,
  need: Meaning | null,
  about: boolean,
): boolean {
  if (remedy === 'reset_password' || remedy === 'revoke_sessions')
    return (
      one.account === subject.account &&
      (what === 'login_succeeded' || (remedy === 'reset_password' && what === 'password_changed'))
    );
  if (remedy === 'revoke_token' && subject.account !== 0 && one.account === subject.account) return true;
  if (!about) return false;
  return (
    what === need ||
    SAME_AGAIN[remedy].has(what) ||
    (remedy === 'suspend_account' && REINSTATED.test(ground.actions[one.action] ?? ''))
  );
}

function isUndoing(
  ground: Ground,
  remedy: Remedy,
  subject: Subject,
  one: Sight,
  what: Meaning | null,
  theirs: ReadonlySet<number>,
): boolean {
  if (theirs.has(one.key)) return false;
  switch (remedy) {
    case 'second_factor_on':
      return what === 'two_factor_disabled';
    case 'remove_member':
      return what === 'member_added';
    case 'suspend_account':
      return REINSTATED.test(ground.actions[one.action] ?? '');
    case 'revoke_token':
      return subject.thing !== 0 && what === 'token_created';
    default:
      return false;
  }
}

/** Whether an entry is about a subject: done to it, or by an account to nobody else than itself. */
function concerns(ground: Ground, subject: Subject, one: Sight): boolean {
  if (subject.thing !== 0 && ground.thingOf[one.target] === subject.thing) return true;
  if (subject.account === 0) return false;
  const about = ground.accountOfTarget[one.target] ?? 0;
  return about === subject.account || (one.target === 0 && one.account === subject.account);
}

function neededBy(ground: Ground, signs: readonly Sight[]): readonly Needed[] {
  const found = new Map<string, Needed>();
  const born = new Set<string>();
  const need = (remedy: Remedy, subject: Subject | null, since: Sight): void => {
    if (subject === null) return;
    const meaning = ground.meanings[since.action] ?? null;
    const name = `${remedy} ${subject.kind} ${subject.value} ${remedy === 'restore_setting' ? meaning : ''}`;
    if (!found.has(name)) found.set(name, { remedy, subject, since, meaning, to: null });
  };
  for (const one of signs) {
    const meaning = ground.meanings[one.action] ?? null;
    const acting = accountSubject(ground, one.account);
    if (acting !== null && meaning !== 'login_failed' && !born.has(acting.value)) {
      if (acting.kind === 'token') need('revoke_token', acting, one);
      else {
        need('reset_password', acting, one);
        need('revoke_sessions', acting, one);
      }
    }
    for (const remedy of meaning === null ? [] : (NEEDS[meaning] ?? [])) {
      const subject = targetSubject(ground, one.target) ?? (remedy === 'second_factor_on' ? acting : null);
      if (remedy === 'suspend_account' && subject !== null) born.add(subject.value);
      need(remedy, subject, one);
    }
  }
  return [...found.values()];
}

/** What an account is as a subject; null for nobody. */
export function accountSubject(ground: Ground, account: number): Subject | null {
  const value = account === 0 ? null : nameOf(ground, account);
  if (value === null) return null;
  const one = ground.actors[ground.actorsOf[account]![0]!]!;
  const target = ground.tokens.get(account) ?? 0;
  const token = target !== 0;
  return {
    kind: token ? 'token' : 'person',
    value,
    label: one.name ?? one.email ?? value,
    account,
    thing: target > 0 ? ground.thingOf[target]! : 0,
  };
}

/** What a target is as a subject; null where nothing is named. */
export function targetSubject(ground: Ground, target: number): Subject | null {
  const one = ground.targets[target] ?? null;
  const value = one?.id ?? one?.name ?? null;
  if (one === null || value === null) return null;
  const account = ground.accountOfTarget[target]!;
  if (account !== 0) return accountSubject(ground, account);
  const kind = entityOfTarget(one)?.kind ?? null;
  return {
    kind: kind === null || kind === 'address' ? 'data' : kind,
    value,
    label: one.name ?? value,
    account: 0,
    thing: ground.thingOf[target]!,
  };
}

// One look at the archive for all of them; what is about each is picked from there.
function concerning(ground: Ground, needed: readonly Needed[]): (need: Needed) => readonly Sight[] {
  const masks = emptyMasks(ground, new Set());
  for (const { subject } of needed) {
    for (const target of ground.targetsOf[subject.thing] ?? []) masks.target[target] = 1;
    if (subject.account === 0) continue;
    for (const actor of ground.actorsOf[subject.account] ?? []) masks.actor[actor] = 1;
    for (const target of ground.targetsOfAccount.get(subject.account) ?? []) masks.target[target] = 1;
  }
  masks.target[0] = 0;
  masks.actor[0] = 0;
  const all = sightsOf(ground, masks);
  const byAccount = new Map<number, Sight[]>();
  const byThing = new Map<number, Sight[]>();
  const put = (map: Map<number, Sight[]>, id: number, one: Sight): void => {
    if (id === 0) return;
    const list = map.get(id);
    if (list === undefined) map.set(id, [one]);
    else if (list.at(-1) !== one) list.push(one);
  };
  for (const one of all) {
    put(byAccount, one.account, one);
    put(byAccount, ground.accountOfTarget[one.target] ?? 0, one);
    put(byThing, ground.thingOf[one.target]!, one);
  }
  return ({ subject }) => {
    const entries = [...(byAccount.get(subject.account) ?? []), ...(byThing.get(subject.thing) ?? [])];
    return [...new Map(entries.map((one) => [one.key, one])).values()].sort((a, b) => a.key - b.key);
  };
}

function readChange(reader: Pick<ArchiveReader, 'entry'>, key: number): Change {
  const record = reader.entry(key);
  if (record === null) return { from: null, to: null };
  const { from, to } = read(record.row, parseEntry(record.raw).entry?.metadata ?? null);
  return { from, to };
}
