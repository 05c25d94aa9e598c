import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { Json } from '../../../shared/entry.ts';
import { parseEntry } from '../jetty/parse-entry.ts';
import { type Piece, rejection } from './import-document.ts';

// The dashboard's CSV is not documented. A row is kept as a JSON entry made from the columns that are recognised, with
// the row itself and its header beside it (`csv`), so that nothing of it is lost and a later reading can do better.

type Column = readonly [part: 'root' | 'actor' | 'target' | 'context', field: string];

const COLUMNS: Readonly<Record<string, Column>> = Object.fromEntries(
  (
    [
      [['root', 'id'], 'id log_id entry_id event_id uuid'],
      [['root', 'timestamp'], 'timestamp time date datetime date_time created_at created occurred_at when logged_at'],
      [['root', 'action'], 'action event event_name event_type activity what type'],
      [['root', 'metadata'], 'metadata details meta properties data context'],
      [['actor', 'id'], 'actor_id user_id'],
      [['actor', 'name'], 'actor actor_name user user_name username who performed_by name'],
      [['actor', 'email'], 'actor_email user_email email e_mail'],
      [['target', 'type'], 'target_type resource_type subject_type'],
      [['target', 'id'], 'target_id resource_id subject_id'],
      [['target', 'name'], 'target target_name resource resource_name subject'],
      [['context', 'ip_address'], 'ip ip_address context_ip_address address source_ip where'],
      [['context', 'user_agent'], 'user_agent context_user_agent agent browser client'],
      [['context', 'team_id'], 'team_id context_team_id'],
      [['context', 'team_name'], 'team team_name context_team_name'],
    ] as const
  ).flatMap(([column, names]) => names.split(' ').map((name) => [name, column])),
);

type Row = { readonly record: readonly string[]; readonly raw: string; readonly info: { readonly lines: number } };

/** Whether a line can be the header of such a file: it names at least the time and the action. */
export function isCsvHeader(line: Uint8Array): boolean {
  const text = new TextDecoder().decode(line);
  const named = text.split(separatorOf(text)).map((name) => columnOf(name)?.[1]);
  return named.includes('timestamp') && named.includes('action');
}

/** Reads rows one by one; memory stays flat. `header` is the first line, given again at the start of `chunks`. */
export async function* readCsv(chunks: AsyncIterable<Uint8Array>, header: Uint8Array): AsyncGenerator<Piece> {
  const delimiter = separatorOf(new TextDecoder().decode(header));
  const parser = parse({ bom: true, delimiter, raw: true, info: true, relax_quotes: true, relax_column_count: true });
  const rows = Readable.from(chunks).pipe(parser);
  let names: readonly string[] | null = null;
  for await (const row of rows as AsyncIterable<Row>) {
    if (names === null) {
      names = row.record;
      continue;
    }
    if (row.record.every((cell) => cell.trim() === '')) continue;
    const line = row.info.lines;
    const item = parseEntry(Buffer.from(JSON.stringify(entryOf(names, row))));
    if (item.entry === null)
      yield {
        ...rejection(line, `kept, but not readable as an entry: ${item.reason}`),
        items: [{ item, line }],
        table: true,
      };
    else yield { items: [{ item, line }], rejected: [], claim: null, table: true };
  }
}

function entryOf(names: readonly string[], row: Row): Json {
  const parts: Record<Column[0], Record<string, Json>> = { root: {}, actor: {}, target: {}, context: {} };
  names.forEach((name, i) => {
    const column = columnOf(name);
    const cell = row.record[i]?.trim() ?? '';
    if (column === null || cell === '') return;
    const [part, field] = column;
    if (parts[part][field] !== undefined) return;
    parts[part][field] =
      field === 'timestamp' ? cell.replace(/ (?:UTC|GMT)$/i, 'Z') : field === 'metadata' ? json(cell) : cell;
  });
  const { root, actor, target, context } = parts;
  const filled = (part: Record<string, Json>) => (Object.keys(part).length === 0 ? null : part);
  const row_ = row.raw.replace(/\r?\n$/, '');
  return {
    ...root,
    actor: filled(actor),
    target: filled(target),
    context: filled(context),
    csv: { header: names, row: row_ },
  };
}

function columnOf(name: string): Column | null {
  const plain = name
    .replace(/^\ufeff/, '')
    .trim()
    .replace(/^"|"$/g, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
  // The zone behind a time, as in "Time (UTC)", says nothing that the reading does not assume.
  return COLUMNS[plain] ?? COLUMNS[plain.replace(/_(?:utc|gmt)$/, '')] ?? null;
}

function separatorOf(header: string): string {
  const counts = [',', ';', '\t'].map((sign) => [header.split(sign).length, sign] as const);
  return counts.reduce((best, next) => (next[0] > best[0] ? next : best))[1];
}

function json(cell: string): Json {
  if (!/^[[{]/.test(cell)) return { text: cell };
  try {
    return JSON.parse(cell) as Json;
  } catch {
    return { text: cell };
  }
}
