import { isCsvHeader, readCsv } from './import-csv.ts';
import { type Piece, parseJson, readDocument, rejection } from './import-document.ts';
import { type Line, splitLines } from './import-source.ts';

// What a file is, is told by its content. JSON texts of a line each are read line by line, so that memory stays flat; a
// text over several lines is read whole.

const LARGEST_WHOLE_BYTES = 512 * 1024 * 1024 - 1024;
const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;
const LESS_THAN = 0x3c;

/** Reads a file of any known form in pieces; what is no export at all comes as one rejection. */
export async function* readExport(open: () => AsyncIterable<Uint8Array>): AsyncGenerator<Piece> {
  const lines = filled(splitLines(open()));
  const first = await lines.next();
  if (first.done) {
    yield rejection(null, 'the file is empty');
    return;
  }
  const { bytes } = first.value;
  switch (firstSign(bytes)) {
    case OPEN_OBJECT:
    case OPEN_ARRAY:
      yield* parseJson(bytes) !== null ? readLines(first.value, lines) : readWhole(first.value, lines);
      return;
    case LESS_THAN:
      yield rejection(1, 'an HTML page saved as a log');
      return;
    default:
      await lines.return(undefined);
      if (isCsvHeader(bytes)) yield* readCsv(open(), bytes);
      else yield rejection(1, 'neither JSON nor a table with a time and an action column');
  }
}

async function* readLines(first: Line, rest: AsyncIterable<Line>): AsyncGenerator<Piece> {
  yield readDocument(first.bytes, first.number);
  for await (const line of rest) yield readLine(line);
}

/** A text that does not end with its first line: one document, or lines of which the first is broken. */
async function* readWhole(first: Line, rest: AsyncIterable<Line>): AsyncGenerator<Piece> {
  const lines = [first];
  let size = first.bytes.length;
  for await (const line of rest) {
    lines.push(line);
    size += line.bytes.length + 1;
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
    for (const line of lines) yield readLine(line);
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

async function* filled(lines: AsyncIterable<Line>): AsyncGenerator<Line, undefined> {
  for await (const line of lines) if (firstSign(line.bytes) !== undefined) yield line;
}

function firstSign(bytes: Uint8Array): number | undefined {
  return bytes.find((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0d);
}

function isObject(line: Line): boolean {
  return firstSign(line.bytes) === OPEN_OBJECT;
}
