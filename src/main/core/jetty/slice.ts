/**
 * Where the values of a JSON text begin and end, counted in bytes. The text must have been accepted by `JSON.parse`
 * already: these functions find structure, they do not check it. What they return is cut from the text as received, so
 * that an entry can be kept byte for byte. Source: RFC 8259.
 */
export type Span = { readonly start: number; readonly end: number };

/** A member of an object. `elements` are those of its array where they were asked for. */
export type Member = { readonly key: string; readonly value: Span; readonly elements: readonly Span[] | null };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const decoder = new TextDecoder();

/** Offset of the first value: after a byte-order mark and white space. */
export function firstValue(json: Uint8Array): number {
  const bom = json[0] === 0xef && json[1] === 0xbb && json[2] === 0xbf;
  return skipSpace(json, bom ? 3 : 0);
}

/** The elements of the array that opens at `start`. */
export function elementSpans(json: Uint8Array, start: number): Span[] {
  return readArray(json, start).elements;
}

/** The members of the object that opens at `start`, in the order they stand; a repeated key comes repeatedly. */
export function memberSpans(json: Uint8Array, start: number): Member[] {
  return readObject(json, start, null);
}

/** The value of a key of the object that opens at `start`; of a repeated key the last, as `JSON.parse` has it. */
export function memberSpan(json: Uint8Array, start: number, key: string): Span | null {
  return memberSpans(json, start).findLast((member) => member.key === key)?.value ?? null;
}

/** The same, with the elements where the value is an array: in one pass, as a page is mostly its one array. */
export function memberWithElements(json: Uint8Array, start: number, key: string): Member | null {
  return readObject(json, start, key).findLast((member) => member.key === key) ?? null;
}

function readArray(json: Uint8Array, start: number): { readonly elements: Span[]; readonly end: number } {
  const elements: Span[] = [];
  let at = skipSpace(json, start + 1);
  while (at < json.length && json[at] !== CLOSE_ARRAY) {
    const end = endOfValue(json, at);
    elements.push({ start: at, end });
    at = skipSpace(json, end);
    if (json[at] === COMMA) at = skipSpace(json, at + 1);
  }
  return { elements, end: at + 1 };
}

/** The members of an object; of those called `listed` that are arrays also the elements. */
function readObject(json: Uint8Array, start: number, listed: string | null): Member[] {
  const members: Member[] = [];
  let at = skipSpace(json, start + 1);
  while (at < json.length && json[at] !== CLOSE_OBJECT) {
    const keyEnd = endOfString(json, at);
    const key = JSON.parse(decoder.decode(json.subarray(at, keyEnd))) as string;
    const valueStart = skipSpace(json, skipSpace(json, keyEnd) + 1);
    const array = key === listed && json[valueStart] === OPEN_ARRAY ? readArray(json, valueStart) : null;
    const end = array?.end ?? endOfValue(json, valueStart);
    members.push({ key, value: { start: valueStart, end }, elements: array?.elements ?? null });
    at = skipSpace(json, end);
    if (json[at] === COMMA) at = skipSpace(json, at + 1);
  }
  return members;
}

function endOfValue(json: Uint8Array, start: number): number {
  const first = json[start];
  if (first === QUOTE) return endOfString(json, start);
  if (first === OPEN_OBJECT || first === OPEN_ARRAY) return endOfNested(json, start);
  let at = start;
  while (at < json.length && !endsScalar(json[at]!)) at++;
  return at;
}

function endOfNested(json: Uint8Array, start: number): number {
  let depth = 0;
  let at = start;
  while (at < json.length) {
    const byte = json[at]!;
    if (byte === QUOTE) {
      at = endOfString(json, at);
      continue;
    }
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++;
    else if ((byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) && --depth === 0) return at + 1;
    at++;
  }
  return json.length;
}

// Byte by byte: strings of an entry are short, and a call of indexOf for each costs more than its bytes.
function endOfString(json: Uint8Array, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    const byte = json[at];
    if (byte === BACKSLASH) at++;
    else if (byte === QUOTE) return at + 1;
  }
  return json.length;
}

function skipSpace(json: Uint8Array, start: number): number {
  let at = start;
  while (isSpace(json[at])) at++;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function endsScalar(byte: number): boolean {
  return byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT || isSpace(byte);
}
