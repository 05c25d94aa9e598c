import { NEEDS_RATIONALE } from '../../../shared/review.ts';
import type { ItemDecision } from '../../../shared/review-schema.ts';
import type { Runs } from './review-lines.ts';
import { isIn, itemsIn } from './runs.ts';

type Line = { readonly decision: ItemDecision; readonly items: Runs; undone: boolean };

const NONE = -1;

/**
 * What was decided of the items of one review. Each item knows the line that stands for it; a line that is taken back leaves
 * the one before it. Four bytes an item, however many lines there are.
 */
export class Decisions {
  readonly #lines: Line[] = [];
  readonly #byLine = new Map<number, number>();
  readonly #standing: Int32Array;

  constructor(count: number) {
    this.#standing = new Int32Array(count).fill(NONE);
  }

  decide(decision: ItemDecision, items: Runs): void {
    const index = this.#lines.push({ decision, items, undone: false }) - 1;
    this.#byLine.set(decision.line, index);
    for (const n of itemsIn(items)) if (n < this.#standing.length) this.#standing[n] = index;
  }

  /** Takes a line back; how many items that changes. */
  undo(line: number): number {
    const index = this.#byLine.get(line);
    const found = index === undefined ? undefined : this.#lines[index];
    if (index === undefined || found === undefined || found.undone) return 0;
    found.undone = true;
    let changed = 0;
    for (const n of itemsIn(found.items)) {
      if (this.#standing[n] !== index) continue;
      this.#standing[n] = this.#before(index, n);
      changed++;
    }
    return changed;
  }

  /** The line of that number, whether it still stands for anything or not. */
  line(line: number): { readonly decision: ItemDecision; readonly items: Runs; readonly undone: boolean } | null {
    const index = this.#byLine.get(line);
    return index === undefined ? null : (this.#lines[index] ?? null);
  }

  of(n: number): ItemDecision | null {
    return this.#lines[this.#standing[n] ?? NONE]?.decision ?? null;
  }

  isDecided(n: number): boolean {
    return (this.#standing[n] ?? NONE) !== NONE;
  }

  /** The items for which a line still stands. */
  standingFor(line: number): number[] {
    const index = this.#byLine.get(line);
    const found = index === undefined ? undefined : this.#lines[index];
    return found === undefined ? [] : [...itemsIn(found.items)].filter((n) => this.#standing[n] === index);
  }

  /** Items whose decision needs a rationale and has none. */
  withoutReason(): number {
    return this.#lines
      .filter(({ decision, undone }) => !undone && decision.rationale === '' && NEEDS_RATIONALE.has(decision.verdict))
      .reduce((sum, { decision }) => sum + this.standingFor(decision.line).length, 0);
  }

  #before(index: number, n: number): number {
    for (let i = index - 1; i >= 0; i--) if (!this.#lines[i]!.undone && isIn(this.#lines[i]!.items, n)) return i;
    return NONE;
  }
}
