import { stringify } from 'csv-stringify/sync';
import { neutralise } from '../export/neutralise.ts';
import { type Attachment, attachmentParts } from './attachment.ts';

export type Cell = string | number | null;

/** A table that is given row by row and is a file in the end. */
export type CsvFile = { add(row: readonly Cell[]): void; finish(): Attachment };

const BATCH = 4_000;

/**
 * CSV (RFC 4180, UTF-8 with a byte order mark, for spreadsheets), packed as it comes. A cell that a spreadsheet would run as a
 * formula starts with an apostrophe.
 */
export function csvFile(name: string, description: string, columns: readonly string[]): CsvFile {
  const parts = attachmentParts({ name, type: 'text/csv', description });
  const put = (text: string): void => parts.add(Buffer.from(text, 'utf8'));
  let batch: Cell[][] = [];
  let rows = 0;
  const flush = (): void => {
    if (batch.length > 0) put(stringify(batch, { record_delimiter: 'windows' }));
    batch = [];
  };
  put(`\ufeff${columns.join(',')}\r\n`);
  return {
    add(row) {
      batch.push(row.map((cell) => (typeof cell === 'string' ? neutralise(cell) : cell)));
      rows += 1;
      if (batch.length >= BATCH) flush();
    },
    finish() {
      flush();
      return parts.finish(rows);
    },
  };
}

/** A table that is there as a whole. */
export function csv(
  name: string,
  description: string,
  rows: Iterable<readonly Cell[]>,
  columns: readonly string[],
): Attachment {
  const file = csvFile(name, description, columns);
  for (const row of rows) file.add(row);
  return file.finish();
}
