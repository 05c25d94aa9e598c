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

const UNKNOWN = -1;
const ASCII = /^[\x00-\x7f]*$/;
/** What is kept as it is, a byte a character. */
const PRINTABLE = /^[\x20-\x7e]*$/;
/** What is folded to itself at a glance. */
const FOLDED = /^[\x00-\x40\x5b-\x7f]*$/;

/**
 * A day as it is listed, to be compared with entries read anew. Nearly all are as they should be, and that is told without
 * making anything of them: values are compared in place, and texts by the numbers that the day's list of them gives.
 */
export class ListedDay {
  readonly #columns: DayColumns;
  readonly #refs: DayRefs;
  readonly #dictionaries: Dictionaries;
  readonly #leaves: LeafNumbers;
  /** Ids one after the other, a character a byte. */
  readonly #ids: string;

  constructor(columns: DayColumns, refs: DayRefs, text: DayText, dictionaries: Dictionaries) {
    this.#columns = columns;
    this.#refs = refs;
    this.#ids = refs.idBytes.toString('latin1');
    this.#dictionaries = dictionaries;
    this.#leaves = new LeafNumbers(text);
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
    leaves.begin();
    eachLeaf(metadata, leaves.note);
    return leaves.areOf(i);
  }
}

/** The distinct texts of a day's metadata by numbers, and which of them each entry has. */
class LeafNumbers {
  readonly #length: number;
  readonly #numbers = new Map<string, number>();
  /** Of texts as they are written, each looked up once. */
  readonly #known = new Map<string, number>();
  readonly #noted: number[] = [];
  readonly #starts: Uint32Array;
  readonly #held: Uint32Array;

  constructor({ length, leaves, leafStarts, holderStarts, holders }: DayText) {
    this.#length = length;
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
    const all = leaves.toString('latin1');
    for (let leaf = 0; leaf < leafStarts.length - 1; leaf++) {
      const start = leafStarts[leaf]!;
      const end = leafStarts[leaf + 1]! - 1;
      const text = end > start ? all.slice(start, end) : '';
      // A text that several parts of the day have stands there as often.
      const number = this.#numbers.get(text) ?? leaf;
      if (number === leaf) this.#numbers.set(text, leaf);
      for (let i = holderStarts[leaf]!; i < holderStarts[leaf + 1]!; i++) this.#held[next[holders[i]!]!++] = number;
    }
  }

  /** Takes note of the texts of another entry. */
  begin(): void {
    this.#noted.length = 0;
  }

  /** Takes note of a text as it is written, once for all that are folded to the same. */
  readonly note = (text: string): void => {
    const number = FOLDED.test(text) ? (this.#numbers.get(text) ?? UNKNOWN) : this.#numberOf(text);
    if (!this.#noted.includes(number)) this.#noted.push(number);
  };

  /** Whether an entry has just those that were noted, each once. */
  areOf(entry: number): boolean {
    if (entry >= this.#length) return false;
    const from = this.#starts[entry]!;
    const to = this.#starts[entry + 1]!;
    const noted = this.#noted;
    if (to - from !== noted.length) return false;
    // As many as there should be and each among those that should: all of them, unless one is there twice.
    for (let i = from; i < to; i++) {
      const number = this.#held[i]!;
      if (!noted.includes(number)) return false;
      for (let before = from; before < i; before++) if (this.#held[before] === number) return false;
    }
    return true;
  }

  #numberOf(text: string): number {
    let number = this.#known.get(text);
    if (number === undefined) {
      const folded = fold(text);
      if (ASCII.test(folded)) number = this.#numbers.get(folded) ?? UNKNOWN;
      else number = folded.isWellFormed() ? (this.#numbers.get(byteText(folded)) ?? UNKNOWN) : UNKNOWN;
      this.#known.set(text, number);
    }
    return number;
  }
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
