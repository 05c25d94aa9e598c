import { isCsvHeader, readCsv } from './import-csv.ts';
import { type FiledItem, type Piece, parseJson, readDocument, readEntry, rejection } from './import-document.ts';
import { type Line, splitLines } from './import-source.ts';

// What a file is, is told by its content. JSON texts of a line each are read line by line, so that memory stays flat; a
// text over several lines is read whole.

const LARGEST_WHOLE_BYTES = 512 * 1024 * 1024 - 1024;
const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;
const LESS_THAN = 0x3c;

/** Reads a file of any known form in pieces; what is no export at all comes as one rejection. */
export async function* readExport(open: () => AsyncIterable<Uint8Array>): AsyncGenerator<Piece> {
  const batches = filled(splitLines(open()));
  const begun = await batches.next();
  const [first, ...more] = begun.value ?? [];
  if (first === undefined) {
    yield rejection(null, 'the file is empty');
    return;
  }
  const { bytes } = first;
  switch (firstSign(bytes)) {
    case OPEN_OBJECT:
    case OPEN_ARRAY:
      yield* parseJson(bytes) !== null ? readLines(first, more, batches) : readWhole(first, more, batches);
      return;
    case LESS_THAN:
      yield rejection(1, 'an HTML page saved as a log');
      return;
    default:
      await batches.return(undefined);
      if (isCsvHeader(bytes)) yield* readCsv(open(), bytes);
      else yield rejection(1, 'neither JSON nor a table with a time and an action column');
  }
}

async function* readLines(first: Line, more: readonly Line[], rest: AsyncIterable<Line[]>): AsyncGenerator<Piece> {
  yield readDocument(first.bytes, first.number);
  yield* piecesOf(more);
  for await (const lines of rest) yield* piecesOf(lines);
}

// Entries that follow each other make one piece.
function* piecesOf(lines: readonly Line[]): IterableIterator<Piece> {
  let items: FiledItem[] = [];
  for (const { bytes, number } of lines) {
    const item = readEntry(bytes);
    if (item !== null) {
      items.push({ item, line: number });
      continue;
    }
    if (items.length > 0) yield { items, rejected: [], claim: null };
    items = [];
    yield readLine({ bytes, number });
  }
  if (items.length > 0) yield { items, rejected: [], claim: null };
}

/** A text that does not end with its first line: one document, or lines of which the first is broken. */
async function* readWhole(first: Line, more: readonly Line[], rest: AsyncIterable<Line[]>): AsyncGenerator<Piece> {
  const lines = [first, ...more];
  let size = lines.reduce((sum, line) => sum + line.bytes.length + 1, 0);
  for await (const batch of rest) {
    lines.push(...batch);
    size += batch.reduce((sum, line) => sum + line.bytes.length + 1, 0);
    if (size > LARGEST_WHOLE_BYTES) {
      yield rejection(null, 'a single JSON text of more than 512 MB; save it with one entry a line');
      return;
    }
  }
  const whole = joined(lines);
  if (parseJson(whole) !== null) yield readDocument(whole, first.number);
  else if (
    firstSign(first.bytes) === OPEN_OBJECT &&
    lines.some((line) => isObject(line) && parseJson(line.bytes) !== null)
  ) {
    yield* piecesOf(lines);
  } else yield rejection(first.number, 'broken off or not JSON');
}

function readLine(line: Line): Piece {
  if (parseJson(line.bytes) !== null) return readDocument(line.bytes, line.number);
  // A broken line between entries was one itself: kept as it is.
  const reason = 'not valid JSON';
  const item = { raw: line.bytes, entry: null, reason };
  return {
    ...rejection(line.number, `kept, but not readable as an entry: ${reason}`),
    items: [{ item, line: line.number }],
  };
}

function joined(lines: readonly Line[]): Uint8Array {
  let number = lines[0]!.number;
  const text = lines.reduce((sum, line) => sum + line.bytes.length, 0);
  const whole = new Uint8Array(text + lines.at(-1)!.number - number);
  let at = 0;
  for (const line of lines) {
    // Blank lines were left out; their ends are put back, so that line numbers stay right.
    while (number < line.number) {
      whole[at++] = 0x0a;
      number++;
    }
    whole.set(line.bytes, at);
    at += line.bytes.length;
  }
  return whole;
}

async function* filled(batches: AsyncIterable<Line[]>): AsyncGenerator<Line[], undefined> {
  for await (const lines of batches) {
    const some = lines.filter((line) => firstSign(line.bytes) !== undefined);
    if (some.length > 0) yield some;
  }
}

function firstSign(bytes: Uint8Array): number | undefined {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return byte;
  return undefined;
}

function isObject(line: Line): boolean {
  return firstSign(line.bytes) === OPEN_OBJECT;
}
