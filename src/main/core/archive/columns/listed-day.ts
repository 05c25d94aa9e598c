import type { Actor, Json, Target, Team } from '../../../../shared/entry.ts';
import { fold } from '../../../../shared/text.ts';
import { eachLeaf } from '../../search/metadata-text.ts';
import type { Dictionaries } from '../dictionary.ts';
import { instantAt } from '../questions/matching.ts';
import { toStored } from '../stored-text.ts';
import type { DayColumns } from './day-columns.ts';
import { type DayRefs, storedIdAt } from './day-refs.ts';
import { byteText, type DayText } from './day-text.ts';
import type { Evidenced } from './from-blocks.ts';

/** So many texts of an entry are compared one with the other. */
const MOST_LEAVES = 256;
const ASCII = /^[\x00-\x7f]*$/;
/** What is kept as it is, a byte a character. */
const PRINTABLE = /^[\x20-\x7e]*$/;
/** What is folded to itself at a glance. */
const FOLDED = /^[\x00-\x40\x5b-\x7f]*$/;

/**
 * A day as it is listed, to be compared with entries read anew. Nearly all are as they should be, and that is told without
 * making anything of them.
 */
export class ListedDay {
  readonly #columns: DayColumns;
  readonly #refs: DayRefs;
  readonly #dictionaries: Dictionaries;
  readonly #leaves: ListedLeaves;
  /** Ids one after the other, a character a byte. */
  readonly #ids: string;

  constructor(columns: DayColumns, refs: DayRefs, text: DayText, dictionaries: Dictionaries) {
    this.#columns = columns;
    this.#refs = refs;
    this.#ids = refs.idBytes.toString('latin1');
    this.#dictionaries = dictionaries;
    this.#leaves = new ListedLeaves(text);
  }

  /** Whether an entry is listed in a place exactly as it is. False may also mean that it takes a closer look to tell. */
  holds({ entry, source, block, slot }: Evidenced, i: number): boolean {
    const { ids } = this.#columns;
    const refs = this.#refs;
    const names = this.#dictionaries;
    return (
      instantAt(this.#columns, i) === entry.ts &&
      ids.source[i] === source &&
      refs.block[i] === block &&
      refs.slot[i] === slot &&
      this.#hasId(entry.id, i) &&
      names.action.tuple(ids.action[i]!) === entry.action &&
      names.address.tuple(ids.address[i]!) === entry.address &&
      names.agent.tuple(ids.agent[i]!) === entry.agent &&
      isSameActor(names.actor.tuple(ids.actor[i]!), entry.actor) &&
      isSameTarget(names.target.tuple(ids.target[i]!), entry.target) &&
      isSameTeam(names.team.tuple(ids.team[i]!), entry.team) &&
      this.#holdsLeaves(entry.metadata, i)
    );
  }

  #hasId(id: string, i: number): boolean {
    const { idStarts } = this.#refs;
    const start = idStarts[i]!;
    if (PRINTABLE.test(id)) return idStarts[i + 1]! - start === id.length && this.#ids.startsWith(id, start);
    return storedIdAt(this.#refs, i) === toStored(id);
  }

  #holdsLeaves(metadata: Json, i: number): boolean {
    const leaves = this.#leaves;
    leaves.begin(i);
    eachLeaf(metadata, leaves.note);
    return leaves.isSame();
  }
}

/** The texts of a day's metadata, and which of them each entry has: compared where they stand, not looked up. */
class ListedLeaves {
  readonly #length: number;
  /** Texts one after the other, a character a byte; those of one entry mostly stand together. */
  readonly #all: string;
  readonly #leafStarts: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #held: Uint32Array;
  readonly #met = new Uint8Array(MOST_LEAVES);
  #from = 0;
  #to = 0;
  #missing = 0;
  #isOther = false;

  constructor({ length, leaves, leafStarts, holderStarts, holders }: DayText) {
    this.#length = length;
    this.#all = leaves.toString('latin1');
    this.#leafStarts = leafStarts;
    this.#starts = new Uint32Array(length + 1);
    this.#held = new Uint32Array(holders.length);
    const used = holderStarts.at(-1) ?? 0;
    for (let i = 0; i < used; i++) {
      const holder = holders[i];
      if (holder === undefined || holder >= length) throw new RangeError('a text of an entry that is not there');
      this.#starts[holder + 1]!++;
    }
    for (let i = 0; i < length; i++) this.#starts[i + 1]! += this.#starts[i]!;
    const next = this.#starts.slice();
    for (let leaf = 0; leaf < leafStarts.length - 1; leaf++) {
      for (let i = holderStarts[leaf]!; i < holderStarts[leaf + 1]!; i++) this.#held[next[holders[i]!]!++] = leaf;
    }
  }

  /** Begins with another entry. */
  begin(entry: number): void {
    this.#isOther = entry >= this.#length;
    if (this.#isOther) return;
    this.#from = this.#starts[entry]!;
    this.#to = this.#starts[entry + 1]!;
    this.#missing = this.#to - this.#from;
    // Of very many it would take too long.
    this.#isOther = this.#missing > MOST_LEAVES;
    this.#met.fill(0, 0, this.#missing);
  }

  /** Takes note of a text of the entry as it is written. */
  readonly note = (text: string): void => {
    if (this.#isOther) return;
    const folded = FOLDED.test(text) ? text : inBytes(fold(text));
    for (let i = this.#from; folded !== null && i < this.#to; i++) {
      const leaf = this.#held[i]!;
      const start = this.#leafStarts[leaf]!;
      // Behind each text stands the byte that ends it.
      if (this.#leafStarts[leaf + 1]! - start - 1 !== folded.length || !this.#all.startsWith(folded, start)) continue;
      if (this.#met[i - this.#from] === 0) this.#missing--;
      this.#met[i - this.#from] = 1;
      return;
    }
    this.#isOther = true;
  };

  /** Whether the entry has all that were noted, and no others. */
  isSame(): boolean {
    return !this.#isOther && this.#missing === 0;
  }
}

// Null for what UTF-8 cannot hold.
function inBytes(folded: string): string | null {
  if (ASCII.test(folded)) return folded;
  return folded.isWellFormed() ? byteText(folded) : null;
}

function isSameActor(a: Actor | null, b: Actor | null): boolean {
  if (a === null || b === null) return a === b;
  return a.id === b.id && a.name === b.name && a.email === b.email;
}

function isSameTarget(a: Target | null, b: Target | null): boolean {
  if (a === null || b === null) return a === b;
  return a.type === b.type && a.id === b.id && a.name === b.name;
}

function isSameTeam(a: Team | null, b: Team | null): boolean {
  if (a === null || b === null) return a === b;
  return a.id === b.id && a.name === b.name;
}
