import { createHash, type Hash } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { type AccessItem, accessItem } from '../../../shared/review-schema.ts';
import type { FrozenReader } from '../archive/frozen-lists.ts';
import { Kept } from '../archive/kept.ts';
import type { Frozen } from './review-lines.ts';

/** One item of a frozen population: an entry by its key, or what somebody had at a date. */
export type FrozenItem =
  | { readonly id: string; readonly key: number; readonly access: null }
  | { readonly id: string; readonly key: null; readonly access: AccessItem };

/** Items a part holds: a page of a worksheet unpacks one or two. */
export const PART_ITEMS = 8_192;
const KEPT_PARTS = 6;

/** A list as it is frozen: its hashes, and its parts, packed. */
export type PackedList = {
  readonly count: number;
  readonly sha256: string;
  readonly list: string;
  readonly parts: readonly Uint8Array[];
};

/** The line of an id in `population.ids`: its JSON and a line feed, so that no id can look like two. */
export function idLine(id: string): string {
  return `${JSON.stringify(id)}\n`;
}

/** Packs items as they come; memory holds what is packed, and one part. */
export class ListPacker {
  readonly #ids: Hash = createHash('sha256');
  readonly #all: Hash = createHash('sha256');
  readonly #parts: Uint8Array[] = [];
  #lines: string[] = [];
  #count = 0;

  add(item: FrozenItem): void {
    this.#ids.update(idLine(item.id));
    this.#lines.push(`${JSON.stringify(item.access === null ? [item.key, item.id] : [item.access, item.id])}\n`);
    this.#count++;
    if (this.#lines.length === PART_ITEMS) this.#flush();
  }

  finish(): PackedList {
    if (this.#lines.length > 0) this.#flush();
    return {
      count: this.#count,
      sha256: this.#ids.digest('hex'),
      list: this.#all.digest('hex'),
      parts: this.#parts,
    };
  }

  #flush(): void {
    const text = Buffer.from(this.#lines.join(''));
    this.#all.update(text);
    this.#parts.push(new Uint8Array(zstdCompressSync(text)));
    this.#lines = [];
  }
}

const line = z.tuple([z.union([z.int().nonnegative(), accessItem]), z.string()]);

/** A frozen population, read part by part. */
export class FrozenList {
  readonly #reader: FrozenReader;
  readonly #population: Frozen;
  readonly #parts = new Kept<number, readonly FrozenItem[]>(KEPT_PARTS, () => 1);

  constructor(reader: FrozenReader, population: Frozen) {
    this.#reader = reader;
    this.#population = population;
  }

  /** The item of a number; null where the list is damaged. */
  at(n: number): FrozenItem | null {
    return this.#part(Math.floor(n / PART_ITEMS))[n % PART_ITEMS] ?? null;
  }

  /** All of them, in order. */
  *all(): IterableIterator<FrozenItem> {
    for (let part = 0; part < this.#population.parts; part++) yield* this.#part(part);
  }

  /** The bytes of a part before they were packed; null where it is not there or cannot be unpacked. */
  bytes(part: number): Uint8Array | null {
    const packed = this.#reader.frozenPart(this.#population.list, part);
    if (packed === null) return null;
    try {
      return zstdDecompressSync(packed);
    } catch {
      return null;
    }
  }

  #part(part: number): readonly FrozenItem[] {
    return this.#parts.get(part, () => {
      const bytes = this.bytes(part);
      return bytes === null ? [] : itemsOf(bytes);
    });
  }
}

function itemsOf(bytes: Uint8Array): readonly FrozenItem[] {
  const items: FrozenItem[] = [];
  for (const text of Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString().split('\n')) {
    if (text === '') continue;
    const item = itemOf(text);
    if (item !== null) items.push(item);
  }
  return items;
}

function itemOf(text: string): FrozenItem | null {
  try {
    const value: unknown = JSON.parse(text);
    // Entries are many: they are told by hand, people by the schema.
    if (Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'string')
      return { id: value[1], key: value[0], access: null };
    const parsed = line.safeParse(value);
    if (!parsed.success || typeof parsed.data[0] === 'number') return null;
    return { id: parsed.data[1], key: null, access: parsed.data[0] };
  } catch {
    return null;
  }
}
