/** Non-negative integers, in half the memory where they are below 2^16. */
export type Narrow = Uint16Array | Uint32Array;

/**
 * Numbers and bytes written one after the other, each list as narrow as its largest number allows: one byte of width
 * (0 where all are zero), then the values, little-endian as on every platform Logbook runs on.
 */
export class Packer {
  readonly #parts: Uint8Array[] = [];

  /** Non-negative integers below 2^32. */
  numbers(values: Narrow): this {
    const width = widthOf(values);
    const packed =
      width === 0 ? null : width === 1 ? new Uint8Array(values) : width === 2 ? new Uint16Array(values) : values;
    const head = new Uint8Array(5);
    new DataView(head.buffer).setUint32(0, values.length, true);
    head[4] = width;
    this.#parts.push(head);
    if (packed !== null) this.#parts.push(new Uint8Array(packed.buffer, packed.byteOffset, packed.byteLength));
    return this;
  }

  bytes(bytes: Uint8Array): this {
    const head = new Uint8Array(4);
    new DataView(head.buffer).setUint32(0, bytes.length, true);
    this.#parts.push(head, bytes);
    return this;
  }

  finish(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

/** Reads what a `Packer` wrote, in the same order. Throws `RangeError` where the bytes end early. */
export class Unpacker {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  numbers(): Uint32Array {
    const length = this.#view.getUint32(this.#at, true);
    const width = this.#view.getUint8(this.#at + 4);
    const packed = this.#take(5, length * width);
    if (width === 0) return new Uint32Array(length);
    if (width === 1) return new Uint32Array(packed);
    // A copy, because a list may begin at any byte and a typed array may not.
    const { buffer } = new Uint8Array(packed);
    return width === 2 ? new Uint32Array(new Uint16Array(buffer)) : new Uint32Array(buffer);
  }

  /** The same list, narrow where it can be. Never a byte a number: loops over two kinds of lists are quick, over three not. */
  narrow(): Narrow {
    const length = this.#view.getUint32(this.#at, true);
    const width = this.#view.getUint8(this.#at + 4);
    if (width > 2) return this.numbers();
    const packed = this.#take(5, length * width);
    if (width === 0) return new Uint16Array(length);
    return width === 1 ? new Uint16Array(packed) : new Uint16Array(new Uint8Array(packed).buffer);
  }

  /** A view, not a copy. */
  bytes(): Uint8Array {
    return this.#take(4, this.#view.getUint32(this.#at, true));
  }

  #take(head: number, length: number): Uint8Array {
    const start = this.#at + head;
    if (start + length > this.#bytes.length) throw new RangeError('packed numbers end early');
    this.#at = start + length;
    return this.#bytes.subarray(start, this.#at);
  }
}

function widthOf(values: Narrow): 0 | 1 | 2 | 4 {
  let all = 0;
  for (const value of values) all |= value;
  all >>>= 0;
  return all === 0 ? 0 : all < 0x100 ? 1 : all < 0x1_0000 ? 2 : 4;
}

/** Positions where lists begin that lie one after the other, and where the last ends: one more than there are lists. */
export function startsOf(lengths: Uint32Array): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  let at = 0;
  for (let i = 0; i < lengths.length; i++) {
    at += lengths[i]!;
    starts[i + 1] = at;
  }
  return starts;
}

/** The lengths of which `startsOf` makes these positions. */
export function lengthsOf(starts: Uint32Array): Uint32Array {
  const lengths = new Uint32Array(starts.length - 1);
  for (let i = 0; i < lengths.length; i++) lengths[i] = starts[i + 1]! - starts[i]!;
  return lengths;
}

/** Index of the last of rising numbers that is not above another. */
export function lastNotAbove(numbers: Uint32Array, wanted: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (numbers[middle]! <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
