import type { Remedy, ScopeKind } from '../../../../shared/case.ts';
import type { RemedyCheck } from '../../../../shared/case-schema.ts';
import type { ArchiveReader } from '../../archive/reader.ts';
import type { Places } from '../../geo/places.ts';
import { type Ground, type GroundReader, groundOf } from '../scope/ground.ts';
import type { Member } from '../scope/question.ts';
import type { Sight } from '../scope/sight.ts';
import { type Course, coursesOf } from './course.ts';
import { TO_DO } from './remedies.ts';

/** What a person said of a remedy that the log cannot tell. */
export type RemedyDecision = {
  readonly remedy: Remedy;
  readonly kind: ScopeKind;
  readonly value: string;
  readonly verdict: 'by_hand' | 'not_needed';
  readonly note: string;
  /** Who said so, and when (milliseconds UTC). */
  readonly by: string;
  readonly at: number;
};

/**
 * What should follow for everything that the entries in scope speak of, looked for in the log: in the order in which it
 * became needed. Entries that were rejected and those that are an answer themselves call for nothing.
 */
export function checkRemedies(
  reader: GroundReader & Pick<ArchiveReader, 'entry'>,
  places: Places,
  members: readonly Member[],
  decisions: readonly RemedyDecision[],
): readonly RemedyCheck[] {
  const ground = groundOf(reader, places);
  const theirs = new Set(members.flatMap((one) => (one.answer || one.state === 'rejected' ? [] : [one.key])));
  return coursesOf(ground, reader, theirs).map((course) => {
    const { remedy, subject, since } = course;
    const said = decisions.findLast(
      (one) => one.remedy === remedy && one.kind === subject.kind && one.value === subject.value,
    );
    const done = course.done === null ? null : { ...when(ground, course.done) };
    const byHand = said?.verdict === 'by_hand' ? { key: null, at: said.at, by: said.by } : null;
    return {
      remedy,
      thing: { kind: subject.kind, value: subject.value, label: subject.label },
      words: TO_DO[remedy](subject.label),
      state: said?.verdict ?? stateOf(course),
      since: since.ts,
      done: done ?? byHand,
      undone: course.undone === null ? null : when(ground, course.undone),
      note: said?.note ?? null,
    };
  });
}

export function stateOf({ done, undone }: Pick<Course, 'done' | 'undone'>): 'done' | 'missing' | 'undone' {
  return done === null ? 'missing' : undone === null ? 'done' : 'undone';
}

function when(ground: Ground, one: Sight): { key: number; at: number; by: string } {
  return { key: one.key, at: one.ts, by: actorName(ground, one) };
}

/** Who did an entry, as people call them. */
export function actorName(ground: Ground, { account }: Sight): string {
  const one = ground.actors[ground.actorsOf[account]?.[0] ?? 0];
  return one?.name ?? one?.email ?? one?.id ?? 'the system';
}
