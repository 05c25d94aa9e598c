import type { JournalLine, JournalReader } from '../archive/journal.ts';
import { CASE_LINES, type ReadLine, readCaseLine } from './case-lines.ts';
import { type CaseState, stateOf } from './case-state.ts';

type Kept = { readonly lines: ReadLine[]; state: CaseState | null };

/** Everything that was said about investigations, put together from the journal. */
export class CaseBook {
  readonly #cases = new Map<string, Kept>();
  #seq = 0;
  #told = 0;

  /** Takes in what was added to a journal since. */
  refresh(journal: JournalReader): this {
    this.take(journal.journal(this.#seq));
    return this;
  }

  /** Takes in further lines, in order. */
  take(lines: readonly JournalLine[]): void {
    for (const line of lines) {
      this.#seq = line.seq;
      const read = readCaseLine(line);
      if (read === null) continue;
      const id = read.kind === CASE_LINES.opened ? caseIdOf(read.seq) : line.subject;
      if (read.kind === CASE_LINES.opened) this.#cases.set(id, { lines: [], state: null });
      const kept = this.#cases.get(id);
      if (kept === undefined) continue;
      kept.lines.push(read);
      kept.state = null;
      this.#told = line.seq;
    }
  }

  /** The last line that is about a case; equal numbers mean equal cases. */
  get seq(): number {
    return this.#told;
  }

  /** The last line of the journal that was taken in. */
  get last(): number {
    return this.#seq;
  }

  /** Null where there is no such case. */
  of(id: string): CaseState | null {
    const kept = this.#cases.get(id);
    if (kept === undefined) return null;
    kept.state ??= stateOf(id, kept.lines);
    return kept.state;
  }

  /** In the order in which they were opened. */
  all(): readonly CaseState[] {
    return [...this.#cases.keys()].flatMap((id) => this.of(id) ?? []);
  }

  /** Its lines in order, undone ones among them. */
  linesOf(id: string): readonly ReadLine[] {
    return this.#cases.get(id)?.lines ?? [];
  }
}

/** How a case is called: by the line that opened it. */
export function caseIdOf(seq: number): string {
  return `C-${seq}`;
}
