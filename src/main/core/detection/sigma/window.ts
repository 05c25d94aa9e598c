import type { EntryRow } from '../../../../shared/entry.ts';
import type { Copy } from '../forked.ts';

/** A match within the window: the entry, which rule it matched, and the value that is counted. */
export type Match = { readonly row: EntryRow; readonly rule: string; readonly value: string | null };

/** The matches of the last `spanMs`, whatever instant they are looked at: the window slides with every entry. */
export class SlidingWindow {
  readonly #spanMs: number;
  readonly #byRule: boolean;
  #matches: Match[] = [];
  #head = 0;
  #values = new Map<string, number>();
  #rules = new Map<string, number>();

  /** `byRule`: whether it matters how many rules the matches are of. */
  constructor(spanMs: number, byRule: boolean) {
    this.#spanMs = spanMs;
    this.#byRule = byRule;
  }

  fork(_copy: Copy): SlidingWindow {
    const other = new SlidingWindow(this.#spanMs, this.#byRule);
    other.#matches = [...this.matches];
    other.#values = new Map(this.#values);
    other.#rules = new Map(this.#rules);
    return other;
  }

  add(match: Match): void {
    this.#forget(match.row.ts - this.#spanMs);
    this.#matches.push(match);
    if (this.#byRule) bump(this.#rules, match.rule, 1);
    if (match.value !== null) bump(this.#values, match.value, 1);
  }

  get matches(): readonly Match[] {
    return this.#head === 0 ? this.#matches : this.#matches.slice(this.#head);
  }

  get size(): number {
    return this.#matches.length - this.#head;
  }

  get distinctValues(): number {
    return this.#values.size;
  }

  get distinctRules(): number {
    return this.#rules.size;
  }

  /** Newest instant; null where the window is empty. */
  get last(): number | null {
    return this.#matches.at(-1)?.row.ts ?? null;
  }

  #forget(before: number): void {
    while (this.#head < this.#matches.length) {
      const match = this.#matches[this.#head] as Match;
      if (match.row.ts >= before) break;
      if (this.#byRule) bump(this.#rules, match.rule, -1);
      if (match.value !== null) bump(this.#values, match.value, -1);
      this.#head++;
    }
    if (this.#head > 1_000 && this.#head * 2 > this.#matches.length) {
      this.#matches = this.#matches.slice(this.#head);
      this.#head = 0;
    }
  }
}

function bump(counts: Map<string, number>, key: string, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
