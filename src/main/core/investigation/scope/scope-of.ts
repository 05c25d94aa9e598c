import type { ScopeState } from '../../../../shared/case.ts';
import type { ArchiveReader } from '../../archive/reader.ts';
import type { Places } from '../../geo/places.ts';
import { coursesOf } from '../remediation/course.ts';
import { begin, expand } from './expand.ts';
import { type Ground, type GroundReader, groundOf } from './ground.ts';
import { guessOf } from './guess.ts';
import { type Expansion, type Found, isPrivileged, REMEDIAL, type Start } from './known.ts';
import type { Member, Scope, ScopeQuestion } from './question.ts';
import { startOf } from './start.ts';
import { thingsOf } from './things.ts';

/** No incident is followed further from its seeds than this. */
const MOST_STEPS = 10;
/** What ends or restores something later than this after the last sign is listed by the check alone. */
const ANSWERED_WITHIN = 3 * 86_400_000;

/**
 * The scope of an incident from what a case starts from: step by step whatever shares an address, a device or a thing with
 * what is known, or is strange in the life of an account in scope and close to it in time. `techniques` are what findings
 * name, by the keys of their entries. Pure: the same archive and question give the same answer.
 */
export function scopeOf(
  reader: GroundReader & Pick<ArchiveReader, 'entry'>,
  places: Places,
  question: ScopeQuestion,
  techniques: ReadonlyMap<number, string> = new Map(),
): Scope {
  const ground = groundOf(reader, places);
  const start = startOf(ground, question);
  const limit = question.steps ?? MOST_STEPS;
  let now: Expansion = begin(ground, start);
  let steps = 0;
  let more = false;
  for (let step = 1; step <= MOST_STEPS; step++) {
    const before = snapshot(now);
    const next = expand(ground, start, now, step);
    if (!next.changed) {
      now = next;
      break;
    }
    if (step > limit) {
      more = true;
      now = before;
      break;
    }
    now = next;
    steps = step;
  }
  const { decisions } = question;
  const chosen = withoutOrdinary(ground, now, start).sort((a, b) => a.sight.key - b.sight.key);
  const members = chosen.map((one) => memberOf(ground, now, one, decisions, techniques));
  const theirs = new Set(members.flatMap((one) => (one.answer ? [] : [one.key])));
  const courses = coursesOf(ground, reader, theirs);
  const all = new Map(members.map((one) => [one.key, one]));
  const end = Math.max(...members.flatMap((one) => (one.answer ? [] : [one.ts])));
  for (const { remedy, subject, done } of courses) {
    if (done === null || all.has(done.key) || done.ts - end > ANSWERED_WITHIN) continue;
    // A standing tunnel is stopped every day by whoever uses it.
    if (remedy === 'stop_tunnel' && !now.known.made.has(subject.thing)) continue;
    const state: ScopeState = decisions.entries.get(done.key) ?? 'suggested';
    const guessed = guessOf(ground.meanings[done.action] ?? null, true);
    const { key, ts } = done;
    all.set(key, { key, ts, score: 0.5, reasons: ['answer'], step: steps, state, answer: true, ...guessed });
  }
  const listed = [...all.values(), ...rejectedOf(reader, decisions, all)].sort((a, b) => a.key - b.key);
  const counted = listed.filter(({ state }) => state !== 'rejected');
  return {
    scope: {
      seeds: [...question.seeds],
      things: thingsOf(ground, start, now, counted, courses, decisions),
      total: counted.length,
      first: counted.length === 0 ? null : Math.min(...counted.map(({ ts }) => ts)),
      last: counted.length === 0 ? null : Math.max(...counted.map(({ ts }) => ts)),
      steps,
      more,
    },
    members: listed,
  };
}

// What is known is added to in place: a step that goes too far must not be seen.
function snapshot(now: Expansion): Expansion {
  const { accounts, born, addresses, agents, made } = now.known;
  return {
    ...now,
    known: {
      accounts: new Map(accounts),
      born: new Set(born),
      addresses: new Map(addresses),
      agents: new Map(agents),
      made: new Map(made),
    },
  };
}

// A finding may hold the victim's own work, which it was compared with. Where the rest of it came from elsewhere, everyday
// entries from the victim's own place are no part of the incident.
function withoutOrdinary(ground: Ground, { found, lives }: Expansion, { anchors, certain }: Start): Found[] {
  const ordinary = new Set<number>();
  for (const { entries, verdicts } of lives.values()) {
    const elsewhere = entries.some(
      ({ key }, i) => anchors.has(key) && verdicts[i] !== 'own' && verdicts[i] !== 'nowhere',
    );
    if (!elsewhere) continue;
    entries.forEach((one, i) => {
      if (verdicts[i] === 'own' && !certain.has(one.key) && !isPrivileged(ground, one)) ordinary.add(one.key);
    });
  }
  return [...found.values()].filter(({ sight }) => !(anchors.has(sight.key) && ordinary.has(sight.key)));
}

function memberOf(
  ground: Ground,
  { known }: Expansion,
  { sight, score, reasons, step }: Found,
  decisions: ScopeQuestion['decisions'],
  techniques: ReadonlyMap<number, string>,
): Member {
  const meaning = ground.meanings[sight.action] ?? null;
  const answer =
    REMEDIAL.has(meaning) &&
    !known.addresses.has(sight.address) &&
    (!known.accounts.has(sight.account) || reasons.includes('answer'));
  const said = decisions.entries.get(sight.key) ?? null;
  const guessed = guessOf(meaning, answer);
  return {
    key: sight.key,
    ts: sight.ts,
    score,
    reasons: said === 'accepted' ? ['accepted', ...reasons.filter((one) => one !== 'anchor')] : reasons,
    step,
    state: said ?? (reasons.includes('anchor') ? 'seed' : 'suggested'),
    answer,
    phase: guessed.phase,
    technique: guessed.technique ?? (answer ? null : (techniques.get(sight.key) ?? null)),
  };
}

// What a person left out stays in the list, so that it can be taken back.
function rejectedOf(
  reader: Pick<ArchiveReader, 'entry'>,
  decisions: ScopeQuestion['decisions'],
  known: ReadonlyMap<number, unknown>,
): readonly Member[] {
  return [...decisions.entries].flatMap(([key, verdict]): Member[] => {
    if (verdict !== 'rejected' || known.has(key)) return [];
    const record = reader.entry(key);
    if (record === null) return [];
    const plain = { score: 0, reasons: [], step: 0, answer: false, phase: null, technique: null } as const;
    return [{ key, ts: record.row.ts, state: 'rejected', ...plain }];
  });
}
