import { dateOfDay, dayOfKey } from '../archive/columns/day-columns.ts';
import { leafHash } from '../archive/integrity/merkle.ts';
import { createProofMemory } from '../archive/integrity/proof-memory.ts';
import { msOfKey } from '../archive/time-key.ts';
import { type EntryLine, entryLine, linesOf, parsedLine, type RedactedLine, redactedLine } from './format.ts';
import { rootOfFields } from './redact.ts';

/** Takes entries while they are checked, in their order. */
export type EntryVisitor = {
  /** `raw` as it arrived. */
  entry?(line: EntryLine, raw: Buffer): void;
  redacted?(line: RedactedLine): void;
};

/** What the proofs of some entries of a day lead to: their seal has to say the same. */
export type Claim = {
  readonly seal: number;
  readonly day: string;
  readonly root: string;
  readonly size: number;
  /** How a reader knows one of them. */
  readonly example: string;
};

/** Checks the entries of a bundle, and follows every proof to the root it leads to; the seals come after them. */
export class EntriesCheck {
  readonly #say: (problem: string) => void;
  readonly #visitor: EntryVisitor;
  /** By seal and root: of one day there are as many as there should be, one. */
  readonly #claims = new Map<string, Claim>();
  #tree = { seal: -1, size: -1, rootOf: createProofMemory(0) };
  #last = { key: -1, n: -1 };
  lines = 0;
  versions = 0;
  /** How many have a proof. */
  proven = 0;

  constructor(say: (problem: string) => void, visitor: EntryVisitor) {
    this.#say = say;
    this.#visitor = visitor;
  }

  take(name: string, content: Buffer): void {
    for (const [i, text] of linesOf(content).entries()) {
      const value = parsedLine(text);
      const isRedacted = typeof value === 'object' && value !== null && 'fields' in value;
      const parsed = isRedacted ? redactedLine.safeParse(value) : entryLine.safeParse(value);
      if (!parsed.success) this.#say(`Line ${i + 1} of ${name} is no entry.`);
      else if ('fields' in parsed.data) this.#takeRedacted(parsed.data);
      else this.#takeOpen(parsed.data);
    }
  }

  claims(): Iterable<Claim> {
    return this.#claims.values();
  }

  #takeOpen(line: EntryLine): void {
    const { raw, raw64 } = line;
    const bytes = raw === undefined ? Buffer.from(raw64 ?? '', 'base64') : Buffer.from(raw, 'utf8');
    this.#place(line);
    this.#prove(line, () => leafHash(bytes).toString('hex'));
    this.#visitor.entry?.(line, bytes);
  }

  #takeRedacted(line: RedactedLine): void {
    this.#place(line);
    if (rootOfFields(line.fields) !== line.root) this.#say(`${nameOf(line)} has a field that was not committed to.`);
    this.#prove(line, () => line.leaf);
    this.#visitor.redacted?.(line);
  }

  #place(line: EntryLine | RedactedLine): void {
    const { key, n } = line;
    if (key < this.#last.key || (key === this.#last.key && n <= this.#last.n))
      this.#say(`${nameOf(line)} is not in its place.`);
    this.#last = { key, n };
    this.lines++;
    if (n > 0) this.versions++;
  }

  #prove(line: EntryLine | RedactedLine, leafOf: () => string | null): void {
    const { key, seal, index, size, proof } = line;
    if (proof === undefined || index === undefined || size === undefined || seal === null) return;
    const leaf = leafOf();
    if (leaf === null) return;
    this.proven++;
    if (seal !== this.#tree.seal || size !== this.#tree.size)
      this.#tree = { seal, size, rootOf: createProofMemory(size) };
    const root = this.#tree.rootOf(leaf, index, proof) ?? '';
    const day = dayOfKey(key);
    const name = `${seal} ${root} ${size} ${day}`;
    if (this.#claims.has(name)) return;
    this.#claims.set(name, { seal, day: dateOfDay(day), root, size, example: nameOf(line) });
  }
}

function nameOf({ key, n }: EntryLine | RedactedLine): string {
  return `The entry at ${new Date(msOfKey(key)).toISOString()} (key ${key}${n === 0 ? '' : `, version ${n}`})`;
}
