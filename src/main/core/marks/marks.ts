import type { z } from 'zod';
import { fold } from '../../../shared/text.ts';
import type { JournalLine } from '../archive/journal.ts';
import { MARK_BODIES, MARK_KINDS, type MarkedEntry } from './mark-lines.ts';

/** A tag as it stands on an entry. Instants are milliseconds UTC. */
export type Tagged = { readonly tag: string; readonly by: string; readonly at: number };
export type Pinned = { readonly by: string; readonly at: number };
/** A note on an entry; `note` is the number of the line that wrote it. */
export type Noted = { readonly note: number; readonly text: string; readonly by: string; readonly at: number };

/** What stands beside one entry now. Tags are known by their folded form: two that differ in case alone are one. */
export type EntryMarks = {
  readonly key: number;
  readonly id: string;
  /** Leaf hash of the bytes as received when the last line was written. */
  readonly leaf: string;
  readonly tags: ReadonlyMap<string, Tagged>;
  readonly pin: Pinned | null;
  readonly notes: readonly Noted[];
};

type Standing = {
  readonly key: number;
  id: string;
  leaf: string;
  tags: Map<string, Tagged>;
  pin: Pinned | null;
  notes: (Noted & { readonly gone: boolean })[];
};

/** What reviewers put beside entries, put together from the journal. */
export class Marks {
  readonly #byKey = new Map<number, Standing>();
  #seq = 0;
  #reviewer: string | null = null;

  /** The last line that is about marks; equal numbers mean equal marks. */
  get seq(): number {
    return this.#seq;
  }

  /** Who marked something last; null where nobody did. */
  get reviewer(): string | null {
    return this.#reviewer;
  }

  /** Takes in further lines of the journal, in order. A line of a later Logbook that cannot be read says nothing. */
  take(lines: readonly JournalLine[]): void {
    for (const line of lines) if (this.#take(line)) this.#seq = line.seq;
  }

  of(key: number): EntryMarks | null {
    const found = this.#byKey.get(key);
    return found === undefined ? null : shown(found);
  }

  /** Every entry beside which something stands, oldest first. */
  all(): readonly EntryMarks[] {
    return [...this.#byKey.values()]
      .map(shown)
      .filter((one) => one.tags.size > 0 || one.pin !== null || one.notes.length > 0)
      .sort((a, b) => a.key - b.key);
  }

  #take(line: JournalLine): boolean {
    switch (line.kind) {
      case MARK_KINDS.tag:
        return this.#each(line, MARK_KINDS.tag, (entry, { set }, { by, at, subject }) => {
          if (set) entry.tags.set(fold(subject), { tag: subject, by, at });
          else entry.tags.delete(fold(subject));
        });
      case MARK_KINDS.pin:
        return this.#each(line, MARK_KINDS.pin, (entry, { set }, { by, at }) => {
          entry.pin = set ? { by, at } : null;
        });
      case MARK_KINDS.note:
        return this.#each(line, MARK_KINDS.note, (entry, { text }, { seq, by, at }) => {
          entry.notes.push({ note: seq, text, by, at, gone: false });
        });
      case MARK_KINDS.noteSet:
        return this.#each(line, MARK_KINDS.noteSet, (entry, { set, notes }) => {
          entry.notes = entry.notes.map((one) => (notes.includes(one.note) ? { ...one, gone: !set } : one));
        });
      default:
        return false;
    }
  }

  #each<K extends keyof typeof MARK_BODIES>(
    line: JournalLine,
    kind: K,
    change: (entry: Standing, body: z.output<(typeof MARK_BODIES)[K]>, line: JournalLine) => void,
  ): boolean {
    const body = bodyOf(line, kind);
    if (body === null) return false;
    for (const one of body.entries) change(this.#standing(one), body, line);
    this.#reviewer = line.by;
    return true;
  }

  #standing({ key, id, leaf }: MarkedEntry): Standing {
    const known = this.#byKey.get(key);
    // A key whose entry was deleted may be given again: what was said of the old entry is not said of the new one.
    if (known?.id === id) {
      known.leaf = leaf;
      return known;
    }
    const made: Standing = { key, id, leaf, tags: new Map(), pin: null, notes: [] };
    this.#byKey.set(key, made);
    return made;
  }
}

function shown(entry: Standing): EntryMarks {
  const notes = entry.notes.filter((one) => !one.gone).map(({ gone: _gone, ...note }) => note);
  return { ...entry, notes };
}

function bodyOf<K extends keyof typeof MARK_BODIES>(
  line: JournalLine,
  kind: K,
): z.output<(typeof MARK_BODIES)[K]> | null {
  try {
    const parsed = MARK_BODIES[kind].safeParse(JSON.parse(line.body));
    return parsed.success ? (parsed.data as z.output<(typeof MARK_BODIES)[K]>) : null;
  } catch {
    return null;
  }
}
