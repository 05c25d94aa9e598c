import { createHmac, hash } from 'node:crypto';
import type { Json } from '../../../shared/entry.ts';
import { leafHash, merkleRoot } from '../archive/integrity/merkle.ts';
import type { WriteLine } from './entry-parts.ts';
import type { Field, RedactedLine } from './format.ts';
import { isPersonTarget, type Pseudonyms } from './pseudonyms.ts';

type Path = (string | number)[];
type Leaf = { readonly path: Path; readonly value: Json; readonly shownPath: Path; readonly shown: Json };
type JsonObject = { readonly [key: string]: Json };

const SALT_BYTES = 16;

/** How fields are redacted: `saltKey` makes every field's salt, so that the archive can open a field later. */
export type Redaction = {
  readonly pseudonyms: Pseudonyms;
  readonly saltKey: Uint8Array;
  /** Whether an entry's leaf hash may be told: not where its bytes could be guessed. */
  mayTellLeaf(id: string): boolean;
};

/**
 * Writes contents with every field committed to on its own: open fields with the salt that opens the commitment, hidden ones
 * as a token with the commitment alone. What is no JSON is withheld whole.
 */
export function pseudonymised({ pseudonyms, saltKey, mayTellLeaf }: Redaction): WriteLine {
  return (placed, { raw }): RedactedLine => {
    const leaf = leafHash(raw);
    const saltOf = saltsOf(saltKey, leaf);
    const commitments: Buffer[] = [];
    const value = parsed(raw);
    const fields = leavesOf(value, pseudonyms).map(({ path, value: given, shownPath, shown }): Field => {
      const salt = saltOf(path);
      const commitment = commitmentOf(salt, path, given);
      commitments.push(commitment);
      const isOpen = JSON.stringify([path, given]) === JSON.stringify([shownPath, shown]);
      return isOpen
        ? [path, given as never, salt.toString('hex')]
        : [shownPath, shown as never, null, commitment.toString('hex')];
    });
    const { index, size, proof, ...where } = placed;
    const told = placed.seal !== null && mayTellLeaf(idOf(value));
    const { kind, detail } = placed.source;
    return {
      ...where,
      source: { kind, detail: pseudonyms.text(detail) },
      ...(told ? { index, size, proof } : {}),
      leaf: told ? leaf.toString('hex') : null,
      root: merkleRoot(Buffer.concat(commitments)).toString('hex'),
      fields,
    };
  };
}

/** The salts of an entry's fields, which the archive can make again from its key and the entry's leaf hash. */
export function saltsOf(saltKey: Uint8Array, leaf: Uint8Array): (path: Path) => Buffer {
  const own = createHmac('sha256', saltKey).update(leaf).digest();
  return (path) => sha256(own, JSON.stringify(path)).subarray(0, SALT_BYTES);
}

/** SHA-256 over a zero byte, the salt, and `[path, value]` as JSON without white space. */
export function commitmentOf(salt: Uint8Array, path: Path, value: Json): Buffer {
  return sha256(Buffer.of(0), salt, JSON.stringify([path, value]));
}

// In one go: a hash of its own for each piece takes twice as long.
function sha256(...pieces: readonly (Uint8Array | string)[]): Buffer {
  const bytes = Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
  return hash('sha256', bytes, 'buffer');
}

/** The root that a redacted entry's fields lead to, hexadecimal: open ones by their salt, hidden ones by their commitment. */
export function rootOfFields(fields: readonly Field[]): string {
  const commitments = fields.map((one) =>
    one[2] === null ? Buffer.from(one[3], 'hex') : commitmentOf(Buffer.from(one[2], 'hex'), one[0], one[1] as Json),
  );
  return merkleRoot(Buffer.concat(commitments)).toString('hex');
}

/** The value that fields are the leaves of. */
export function shownValue(fields: readonly Field[]): Json {
  let whole: Json = null;
  for (const [path, shown] of fields) whole = put(whole, path, shown as Json);
  return whole;
}

function put(whole: Json, [step, ...rest]: Path, value: Json): Json {
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list = Array.isArray(whole) ? [...(whole as readonly Json[])] : [];
    list[step] = put(list[step] ?? null, rest, value);
    return list;
  }
  const object = (whole !== null && typeof whole === 'object' && !Array.isArray(whole) ? whole : {}) as JsonObject;
  const before = Object.hasOwn(object, step) ? object[step]! : null;
  // As JSON has it: a key of any name is a key.
  return Object.fromEntries([
    ...Object.entries(object).filter(([key]) => key !== step),
    [step, put(before, rest, value)],
  ]);
}

/** Every leaf of a value in its order, with what is shown of it. */
function leavesOf(value: Json, pseudonyms: Pseudonyms): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (at: Json, path: Path, shownPath: Path, token: string | null): void => {
    if (Array.isArray(at) && at.length > 0) {
      for (const [i, one] of (at as readonly Json[]).entries()) walk(one, [...path, i], [...shownPath, i], null);
      return;
    }
    if (isObject(at) && Object.keys(at).length > 0) {
      const own = personIn(at, path, pseudonyms);
      for (const [name, one] of Object.entries(at)) {
        const part = own !== null && isPersonPart(name) ? own : null;
        walk(one, [...path, name], [...shownPath, pseudonyms.text(name)], part);
      }
      return;
    }
    leaves.push({ path, value: at, shownPath, shown: shownOf(at, path, token, pseudonyms) });
  };
  walk(value, [], [], null);
  return leaves;
}

function shownOf(value: Json, path: Path, token: string | null, pseudonyms: Pseudonyms): Json {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const text = String(value);
  if (text === '') return value;
  if (path.length === 1 && path[0] === 'id') return pseudonyms.entry(text);
  if (token !== null) return path.at(-1) === 'email' ? `${token}@pseudonym.invalid` : token;
  const shown = pseudonyms.text(text);
  return shown === text ? value : shown;
}

// Who an object is about: an actor, a target that is a person, or whatever else has an e-mail address.
function personIn(object: JsonObject, path: Path, pseudonyms: Pseudonyms): string | null {
  const textOf = (name: string): string | null => {
    const value = Object.hasOwn(object, name) ? object[name] : null;
    return typeof value === 'string' || typeof value === 'number' ? String(value) || null : null;
  };
  const isPerson =
    (path.length === 1 && path[0] === 'actor') || textOf('email') !== null || isPersonTarget({ type: textOf('type') });
  return isPerson ? pseudonyms.person({ id: textOf('id'), name: textOf('name'), email: textOf('email') }) : null;
}

function isPersonPart(name: string): boolean {
  return name === 'id' || name === 'name' || name === 'email';
}

function idOf(value: Json): string {
  const id = isObject(value) && Object.hasOwn(value, 'id') ? value.id : null;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}

function parsed(raw: Uint8Array): Json {
  try {
    return JSON.parse(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('utf8')) as Json;
  } catch {
    return null;
  }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
