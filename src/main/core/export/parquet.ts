import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { COLUMNS, cellsOf } from './columns.ts';
import type { EncoderFactory } from './encoder.ts';

// A row group is what is held in memory: whichever comes first, rows or bytes.
const GROUP_ROWS = 20_000;
const GROUP_BYTES = 16 * 2 ** 20;

const REQUIRED: ReadonlySet<string> = new Set(['id', 'timestamp', 'action']);

type Schema = ConstructorParameters<typeof ParquetWriter>[0]['schema'];

const SCHEMA: Schema = [
  { name: 'root', num_children: COLUMNS.length },
  ...COLUMNS.map((name) => ({
    name,
    repetition_type: REQUIRED.has(name) ? ('REQUIRED' as const) : ('OPTIONAL' as const),
    ...(name === 'timestamp'
      ? {
          type: 'INT64' as const,
          converted_type: 'TIMESTAMP_MILLIS' as const,
          logical_type: { type: 'TIMESTAMP' as const, isAdjustedToUTC: true, unit: 'MILLIS' as const },
        }
      : { type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const, logical_type: { type: 'STRING' as const } }),
  })),
];

/** Apache Parquet, Snappy: an instant in UTC and strings; metadata as JSON text; null where an entry has none. */
export const parquet: EncoderFactory = (write) => {
  const bytes = new ByteWriter();
  const drain = (): void => {
    write(new Uint8Array(bytes.buffer.slice(0, bytes.index)));
    bytes.index = 0;
  };
  const file = new ParquetWriter({ writer: bytes, schema: SCHEMA, createdBy: 'Logbook' });
  let group = emptyGroup();
  let held = 0;
  const flush = (): void => {
    const rows = group[0]?.length ?? 0;
    if (rows > 0)
      file.write({ columnData: COLUMNS.map((name, i) => ({ name, data: group[i] ?? [] })), rowGroupSize: rows });
    drain();
    group = emptyGroup();
    held = 0;
  };
  return {
    add(row, raw) {
      const cells = cellsOf(row, raw);
      COLUMNS.forEach((name, i) => {
        group[i]?.push(name === 'timestamp' ? new Date(row.ts) : cells[name]);
      });
      held += raw.length;
      if ((group[0]?.length ?? 0) >= GROUP_ROWS || held >= GROUP_BYTES) flush();
    },
    end() {
      flush();
      file.finish();
      drain();
    },
  };
};

function emptyGroup(): (string | Date | null)[][] {
  return COLUMNS.map(() => []);
}
