import { stringify } from 'csv-stringify/sync';
import { COLUMNS, cellsOf } from './columns.ts';
import type { EncoderFactory } from './encoder.ts';
import { neutralise } from './neutralise.ts';

// Making a writer of the library is dearer than a record, so records go through it in handfuls.
const HANDFUL = 200;

/** RFC 4180: times as ISO UTC, metadata as JSON, formulas neutralised. */
export const csv: EncoderFactory = (write) => {
  let records: string[][] = [[...COLUMNS]];
  const flush = (): void => {
    if (records.length > 0) write(Buffer.from(stringify(records, OPTIONS)));
    records = [];
  };
  return {
    add(row, raw) {
      const cells = { ...cellsOf(row, raw), timestamp: new Date(row.ts).toISOString() };
      records.push(COLUMNS.map((column) => neutralise(cells[column] ?? '')));
      if (records.length >= HANDFUL) flush();
    },
    end: flush,
  };
};

// The library quotes a cell with the record's own delimiter, CR LF; a lone CR or LF would end the record for other readers.
const OPTIONS = { record_delimiter: 'windows', quoted_match: /[\r\n]/ } as const;
