import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { MOST_FOREIGN } from '../../../shared/case.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { readInstant } from './foreign-time.ts';

/** Lines of another log, as they go into a timeline. Instants are milliseconds UTC; `line` counts from 1. */
export type ForeignLine = {
  readonly line: number;
  readonly ts: number;
  readonly title: string;
  readonly fields: Readonly<Record<string, string>>;
};
export type ForeignFile = {
  readonly file: string;
  readonly sha256: string;
  readonly zone: string;
  readonly lines: readonly ForeignLine[];
};
export type ForeignRead = {
  readonly file: ForeignFile;
  readonly read: number;
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
};

type Row =
  | { readonly line: number; readonly fields: Record<string, string> }
  | { readonly line: number; readonly reason: string };

const TIMES = [
  'timestamp',
  '@timestamp',
  'time',
  'datetime',
  'date_time',
  'event_time',
  'eventtime',
  'occurred_at',
  'created_at',
  'date',
  'ts',
  'when',
  'published',
];
const TITLES = [
  'message',
  'title',
  'summary',
  'event',
  'action',
  'eventname',
  'event_name',
  'description',
  'msg',
  'activity',
  'operation',
];
const LONGEST_FIELD = 4_000;
const MOST_FIELDS = 60;
const MOST_REJECTED = 1_000;

/**
 * Reads a CSV or NDJSON file of another log. The time stands in the column named (`time`), else in one that is called so and
 * holds times; those without a zone are of `zone`. What cannot be read is named by its line. `bad_input` where there is no
 * column of times, or too much of it.
 */
export function readForeign(
  bytes: Uint8Array,
  { name, zone, time }: { readonly name: string; readonly zone: string; readonly time: string | null },
): Result<ForeignRead> {
  const text = new TextDecoder().decode(bytes).replace(/^\uFEFF/, '');
  const rows = text.trimStart().startsWith('{') ? ndjsonRows(text) : csvRows(text);
  if (!rows.ok) return rows;
  if (rows.value.length > MOST_FOREIGN)
    return fail(
      'bad_input',
      `${name} has ${rows.value.length} lines; at most ${MOST_FOREIGN} can be brought in.`,
      'Cut out the part that matters.',
    );
  const column = time ?? timeColumn(rows.value, zone);
  if (column === null)
    return fail(
      'bad_input',
      `No column of ${name} holds times.`,
      'Name it timestamp or time, or say which it is (--time).',
    );
  const lines: ForeignLine[] = [];
  const rejected: { line: number; reason: string }[] = [];
  for (const row of rows.value) {
    if ('reason' in row) {
      rejected.push(row);
      continue;
    }
    const value = row.fields[column];
    const ts = value === undefined ? null : readInstant(value, zone);
    if (ts === null)
      rejected.push({ line: row.line, reason: value ? `“${value.slice(0, 60)}” is no time.` : `It has no ${column}.` });
    else lines.push({ line: row.line, ts, title: titleOf(row.fields, column), fields: row.fields });
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return ok({
    file: { file: name, sha256, zone, lines },
    read: rows.value.length,
    rejected: rejected.slice(0, MOST_REJECTED),
  });
}

function ndjsonRows(text: string): Result<Row[]> {
  const rows: Row[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      const value: unknown = JSON.parse(line);
      rows.push(
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? { line: i + 1, fields: bounded(flat(value as Record<string, unknown>)) }
          : { line: i + 1, reason: 'It is no object.' },
      );
    } catch {
      rows.push({ line: i + 1, reason: 'It is no JSON.' });
    }
  }
  return ok(rows);
}

function csvRows(text: string): Result<Row[]> {
  const [header = ''] = text.split(/\r?\n/, 1);
  const delimiter = [',', ';', '\t'].toSorted((a, b) => header.split(b).length - header.split(a).length)[0] ?? ',';
  try {
    const records = parse(text, { delimiter, info: true, relax_quotes: true, relax_column_count: true }) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
    const [names, ...rest] = records;
    if (names === undefined) return fail('bad_input', 'The file is empty.', 'Choose another.');
    return ok(
      rest
        .filter(({ record }) => record.some((cell) => cell.trim() !== ''))
        .map(({ record, info }) =>
          record.length > names.record.length
            ? { line: info.lines, reason: `It has ${record.length} cells, the header ${names.record.length}.` }
            : {
                line: info.lines,
                fields: bounded(
                  names.record.flatMap((name, i) => (record[i] ? [[name.trim(), record[i]] as const] : [])),
                ),
              },
        ),
    );
  } catch {
    return fail('bad_input', 'The file cannot be read as CSV or NDJSON.', 'Export it again as one of them.');
  }
}

function timeColumn(rows: readonly Row[], zone: string): string | null {
  const some = rows.flatMap((row) => ('fields' in row ? [row.fields] : [])).slice(0, 50);
  const names = [...new Set(some.flatMap((fields) => Object.keys(fields)))];
  const holdsTimes = (name: string): boolean => {
    const values = some.flatMap((fields) => fields[name] ?? []);
    return values.length > 0 && values.filter((value) => readInstant(value, zone) !== null).length * 2 > values.length;
  };
  const called = TIMES.flatMap((time) => names.filter((name) => name.toLowerCase() === time));
  const alike = names.filter((name) => /time|date|_at$/i.test(name));
  return [...called, ...alike].find(holdsTimes) ?? null;
}

function titleOf(fields: Readonly<Record<string, string>>, time: string): string {
  const names = Object.keys(fields);
  const called = TITLES.flatMap((title) => names.filter((name) => name.toLowerCase() === title));
  const name = called[0] ?? names.find((one) => one !== time);
  return (name === undefined ? '' : (fields[name] ?? '')).slice(0, 500);
}

function flat(value: Record<string, unknown>, before = ''): [string, string][] {
  return Object.entries(value).flatMap(([name, inner]): [string, string][] =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? flat(inner as Record<string, unknown>, `${before}${name}.`)
      : inner === null
        ? []
        : [[before + name, typeof inner === 'string' ? inner : JSON.stringify(inner)]],
  );
}

function bounded(fields: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(fields.slice(0, MOST_FIELDS).map(([name, value]) => [name, value.slice(0, LONGEST_FIELD)]));
}
