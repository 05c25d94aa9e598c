import type { RemedyCheck } from '../../../shared/case-schema.ts';
import type { Places } from '../geo/places.ts';
import type { CaseState } from './case-state.ts';
import { checkRemedies } from './remediation/check-remedies.ts';
import { type Scope, type ScopeQuestion, thingKey } from './scope/question.ts';
import { scopeOf } from './scope/scope-of.ts';

type ScopeReader = Parameters<typeof scopeOf>[0];

/** The scope of a case from its seeds, its timeline and what people said of it; `steps` null as far as it goes. */
export function scopeOfCase(reader: ScopeReader, places: Places, state: CaseState, steps: number | null): Scope {
  const techniques = new Map(
    [...state.events.values()].flatMap((event) =>
      event.kind === 'entry' && event.technique !== null ? [[event.entry.key, event.technique] as const] : [],
    ),
  );
  return scopeOf(reader, places, questionOf(state, steps), techniques);
}

/**
 * What should follow for everything in the scope of a case; nothing where it starts from nothing. `known` is its whole
 * scope where that was computed already.
 */
export function remediesOfCase(
  reader: ScopeReader,
  places: Places,
  state: CaseState,
  known: Scope | null = null,
): readonly RemedyCheck[] {
  if (state.seeds.length === 0 && state.pinned.size === 0) return [];
  const { members } = known ?? scopeOfCase(reader, places, state, null);
  return checkRemedies(reader, places, members, state.remedies);
}

function questionOf(state: CaseState, steps: number | null): ScopeQuestion {
  const anchors = [...state.events.values()].flatMap((event) =>
    event.kind === 'entry' && event.phase !== 'containment' && event.phase !== 'recovery' ? [event.entry.key] : [],
  );
  return {
    seeds: state.seeds,
    anchors,
    decisions: {
      things: new Map(state.things.map(({ kind, value, verdict }) => [thingKey(kind, value), verdict])),
      entries: new Map([...state.entries].map(([key, { verdict }]) => [key, verdict])),
    },
    steps,
  };
}
