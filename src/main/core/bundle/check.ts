import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Head } from '../../../shared/integrity.ts';
import { lineHash, NO_LINE } from '../archive/integrity/journal-chain.ts';
import { readSealText, type SealContent, sealHash } from '../archive/integrity/seal.ts';
import { fingerprintOf, isSigned, type PublicSealKey } from '../archive/integrity/seal-key.ts';
import type { NewJournalLine } from '../archive/journal.ts';
import { explainBundle } from './age-file.ts';
import { EntriesCheck, type EntryVisitor } from './check-entries.ts';
import {
  type CoverageLine,
  coverageLine,
  journalLine,
  linesOf,
  type Manifest,
  manifest as manifestSchema,
  PARTS,
  parsedLine,
  sealLine,
} from './format.ts';
import { stampProblem } from './stamp-parts.ts';
import type { Part } from './tar.ts';

/** What a bundle is compared with, from outside of it. */
export type Trust = {
  /** A public key or its fingerprint, hexadecimal. */
  readonly key: string | null;
  /** Hashes of seals that were written down elsewhere. */
  readonly heads: readonly string[];
  /** Either of them. */
  readonly any?: string | null;
};

/** What was found. Without a key or a head from outside nothing says whose archive it is: `known` is false. */
export type BundleVerdict = {
  readonly manifest: Manifest;
  readonly known: boolean;
  /** The newest seal there is; null where there is none. */
  readonly head: Head | null;
  readonly found: number;
  /** A sentence each; of very many only the first. */
  readonly problems: readonly string[];
};

/** Takes what is in a bundle while it is checked, in its order; whether it is as it was made is known at the end. */
export type BundleVisitor = EntryVisitor & {
  coverage?(line: CoverageLine): void;
  journal?(line: NewJournalLine): void;
  /** A whole part of any other name. */
  part?(part: Part): void;
  /** A part has been checked; the next is not begun before this ends. */
  partEnded?(): Promise<void>;
};

const MOST_PROBLEMS = 200;

/**
 * Checks a bundle while it is read once: the parts against the manifest, its signature, every proof, the chain of seals, the
 * coverage and the reviewers' log. Fails only where it cannot be read at all.
 */
export async function checkBundle(
  parts: AsyncIterable<Part>,
  trust: Trust,
  visitor: BundleVisitor = {},
): Promise<Result<BundleVerdict>> {
  const check = new BundleCheck(trust, visitor);
  try {
    for await (const part of parts) {
      check.take(part);
      await visitor.partEnded?.();
    }
    return check.verdict();
  } catch (error) {
    return explainBundle(error);
  }
}

class BundleCheck {
  readonly #trust: Trust;
  readonly #visitor: BundleVisitor;
  readonly #parts: Manifest['parts'] = [];
  readonly #seals = new Map<number, { hash: string; content: SealContent; text: string; signature: Buffer }>();
  readonly #newestOfDay = new Map<string, number>();
  readonly #entries: EntriesCheck;
  readonly #coverage: { day: string; state: string; served: number | null; seal: number | null }[] = [];
  readonly #journal = new Map<number, string>();
  readonly #problems: string[] = [];
  #found = 0;
  #journalHash: Uint8Array = NO_LINE;
  #manifest: Manifest | null = null;
  #manifestText = '';
  #signature: Buffer | null = null;

  constructor(trust: Trust, visitor: BundleVisitor) {
    this.#trust = trust;
    this.#visitor = visitor;
    this.#entries = new EntriesCheck((problem) => this.#say(problem), visitor);
  }

  take(part: Part): void {
    const { name, content } = part;
    if (name === PARTS.manifest) this.#takeManifest(content);
    else if (name === PARTS.signature) this.#signature = Buffer.from(content.toString('latin1').trim(), 'hex');
    else {
      if (this.#manifest !== null) this.#say(`${name} stands behind the manifest.`);
      this.#parts.push({ name, size: content.length, sha256: createHash('sha256').update(content).digest('hex') });
      if (name.startsWith('entries/')) this.#entries.take(name, content);
      else if (name === PARTS.seals) this.#eachLine(name, content, sealLine, (line) => this.#takeSeal(line));
      else if (name.startsWith('stamps/')) this.#takeStamp(part);
      else if (name === PARTS.coverage) {
        this.#eachLine(name, content, coverageLine, (line) => {
          this.#coverage.push(line);
          this.#visitor.coverage?.(line);
        });
      } else if (name === PARTS.journal) {
        this.#eachLine(name, content, journalLine, (line) => {
          if (line.seq !== this.#journal.size + 1)
            this.#say(`The reviewers’ log does not go on with line ${line.seq}.`);
          this.#journalHash = lineHash(this.#journalHash, line);
          this.#journal.set(line.seq, Buffer.from(this.#journalHash).toString('hex'));
          this.#visitor.journal?.(line);
        });
      } else this.#visitor.part?.(part);
    }
  }

  verdict(): Result<BundleVerdict> {
    const manifest = this.#manifest;
    if (manifest === null) {
      return fail(
        'integrity',
        'The bundle has no manifest that can be read: it was cut off or altered.',
        'Ask for it again: it did not arrive as it was made.',
      );
    }
    const key = this.#keyOf(manifest);
    this.#checkManifest(manifest, key);
    const hashes = this.#checkChain(manifest, key);
    this.#checkProofs();
    this.#checkCoverage();
    this.#checkJournal(manifest);
    const known = this.#checkTrust(manifest, hashes);
    return ok({ manifest, known, head: this.#head(key), found: this.#found, problems: this.#problems });
  }

  #takeManifest(content: Buffer): void {
    this.#manifestText = content.toString('utf8');
    const parsed = manifestSchema.safeParse(parsedLine(this.#manifestText));
    if (!parsed.success) this.#say('The manifest is none of this format.');
    else if (this.#manifest !== null) this.#say('There are two manifests.');
    else this.#manifest = parsed.data;
  }

  #takeSeal({ sequence, text, signature }: { sequence: number; text: string; signature: string }): void {
    const content = readSealText(text);
    if (content === null || content.sequence !== sequence || this.#seals.has(sequence)) {
      this.#say(`Seal ${sequence} is none.`);
      return;
    }
    this.#seals.set(sequence, { hash: sealHash(text), content, text, signature: Buffer.from(signature, 'hex') });
    if (content.day !== null) this.#newestOfDay.set(content.day, sequence);
  }

  // The seals stand before them.
  #takeStamp(part: Part): void {
    const problem = stampProblem(part, (seal) => this.#seals.get(seal)?.hash);
    if (problem !== null) this.#say(problem);
  }

  #keyOf(manifest: Manifest): PublicSealKey {
    const bytes = Buffer.from(manifest.key, 'hex');
    return { bytes, fingerprint: fingerprintOf(bytes) };
  }

  #checkManifest(manifest: Manifest, key: PublicSealKey): void {
    if (manifest.fingerprint !== key.fingerprint) this.#say('The manifest names a fingerprint that is not its key’s.');
    if (this.#signature === null || !isSigned(this.#manifestText, this.#signature, key))
      this.#say('The manifest is not signed with the archive’s key.');
    for (let i = 0; i < Math.max(manifest.parts.length, this.#parts.length); i++) {
      const [listed, there] = [manifest.parts[i], this.#parts[i]];
      if (there === undefined) this.#say(`The part ${listed!.name} is missing.`);
      else if (listed === undefined) this.#say(`The part ${there.name} is not in the manifest.`);
      else if (listed.name !== there.name) this.#say(`Where ${listed.name} should be, there is ${there.name}.`);
      else if (listed.sha256 !== there.sha256 || listed.size !== there.size)
        this.#say(`The part ${there.name} is not as it was made.`);
    }
    const { lines, versions, proven } = manifest.entries;
    const counted = this.#entries;
    if (lines !== counted.lines || versions !== counted.versions || proven !== counted.proven)
      this.#say('The manifest counts other entries than there are.');
  }

  /** Hashes of the seals, where they are a chain that ends with the head. */
  #checkChain(manifest: Manifest, key: PublicSealKey): ReadonlySet<string> {
    const hashes = new Set<string>();
    let before: { sequence: number; hash: string } | null = null;
    for (const [sequence, { hash, content, text, signature }] of this.#seals) {
      if (!isSigned(text, signature, key) || content.key !== key.fingerprint)
        this.#say(`Seal ${sequence} is not signed with the archive’s key.`);
      if (content.archive !== manifest.archive.id) this.#say(`Seal ${sequence} is of another archive.`);
      if (before !== null && (sequence !== before.sequence + 1 || content.previous !== before.hash))
        this.#say(`Seal ${sequence} does not follow seal ${before.sequence}.`);
      before = { sequence, hash };
      hashes.add(hash);
    }
    if (before?.hash !== manifest.head?.hash || before?.sequence !== manifest.head?.sequence)
      this.#say('The chain of seals does not end with the head that the manifest names.');
    return hashes;
  }

  #checkProofs(): void {
    for (const { seal, day, root, size, example } of this.#entries.claims()) {
      const content = this.#seals.get(seal)?.content;
      if (content === undefined) this.#say(`${example} is proven by seal ${seal}, which is not there.`);
      else if (content.day !== day || this.#newestOfDay.get(day) !== seal)
        this.#say(`${example} is proven by seal ${seal}, which is not the newest of its day.`);
      else if (content.tree.root !== root || content.tree.count !== size)
        this.#say(`${example} is not among what seal ${seal} of ${day} proves: it, or its proof, was altered.`);
    }
  }

  #checkCoverage(): void {
    let before = '';
    for (const { day, state, served, seal } of this.#coverage) {
      if (day <= before) this.#say(`The coverage of ${day} is not in its place.`);
      before = day;
      if (seal === null) continue;
      const sealed = this.#newestOfDay.get(day) === seal ? this.#seals.get(seal)?.content.coverage : null;
      if (sealed?.state !== state || sealed.served !== served)
        this.#say(`The coverage of ${day} is not the one that was sealed.`);
    }
  }

  #checkJournal(manifest: Manifest): void {
    if (manifest.pseudonymised) return;
    for (const [sequence, { content }] of this.#seals) {
      const { line, hash } = content.journal;
      if (line > this.#journal.size)
        this.#say(`Seal ${sequence} knows more lines of the reviewers’ log than there are.`);
      else if (line > 0 && this.#journal.get(line) !== hash)
        this.#say(`The reviewers’ log up to line ${line} is not the one that seal ${sequence} knows.`);
    }
  }

  #checkTrust(manifest: Manifest, hashes: ReadonlySet<string>): boolean {
    const { key, heads } = this.#trust;
    const given = key?.toLowerCase() ?? null;
    if (given !== null && given !== manifest.key && given !== fingerprintOf(Buffer.from(manifest.key, 'hex')))
      this.#say('The bundle is signed with another key than the one given.');
    for (const head of heads) {
      if (!hashes.has(head.toLowerCase()))
        this.#say(
          `The head ${head.slice(0, 12)}… is none of the seals from ${this.#firstSeal()} to the head of this bundle.`,
        );
    }
    const any = this.#trust.any?.toLowerCase() ?? null;
    if (any !== null && any !== manifest.key && any !== manifest.fingerprint && !hashes.has(any))
      this.#say('What the bundle was compared with is neither its key nor one of its seals.');
    return given !== null || any !== null || heads.length > 0;
  }

  #head(key: PublicSealKey): Head | null {
    const last = [...this.#seals].at(-1);
    if (last === undefined) return null;
    const [sequence, { hash, content }] = last;
    const days = [...this.#newestOfDay.keys()];
    return {
      sequence,
      hash,
      day: days.sort().at(-1) ?? null,
      sealedDays: days.length,
      at: content.at,
      fingerprint: key.fingerprint,
      publicKey: Buffer.from(key.bytes).toString('hex'),
    };
  }

  #firstSeal(): number {
    return Math.min(...this.#seals.keys());
  }

  #eachLine<T>(
    name: string,
    content: Buffer,
    schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
    take: (line: T) => void,
  ): void {
    for (const [i, text] of linesOf(content).entries()) {
      const parsed = schema.safeParse(parsedLine(text));
      if (parsed.success) take(parsed.data);
      else this.#say(`Line ${i + 1} of ${name} is not of this format.`);
    }
  }

  #say(problem: string): void {
    this.#found++;
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push(problem);
  }
}
