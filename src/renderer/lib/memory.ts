import type { Entity } from '../../shared/entity.ts';

// What a screen remembers of an open archive while other screens are shown. Never stored, forgotten when it locks.
const kept = new Map<string, number>();
const MOST = 100;

export function remember(key: string, value: number): void {
  kept.delete(key);
  kept.set(key, value);
  const oldest = kept.keys().next().value;
  if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
}

export function recall(key: string): number | null {
  return kept.get(key) ?? null;
}

const texts = new Map<string, string>();

/** Keeps a text that is being written; null forgets it. */
export function rememberText(key: string, text: string | null): void {
  if (text === null) texts.delete(key);
  else texts.set(key, text);
}

export function recallText(key: string): string | null {
  return texts.get(key) ?? null;
}

export type Visit = { readonly entity: Entity; readonly label: string };

const MOST_VISITS = 20;
let visited: readonly Visit[] = [];

/** Notes a page that is looked at. */
export function noteVisit(visit: Visit): void {
  const { kind, value } = visit.entity;
  const others = visited.filter(({ entity }) => entity.kind !== kind || entity.value !== value);
  visited = [visit, ...others].slice(0, MOST_VISITS);
}

/** The pages that were looked at, the last first. */
export function visits(): readonly Visit[] {
  return visited;
}

export function forgetAll(): void {
  kept.clear();
  texts.clear();
  visited = [];
}
