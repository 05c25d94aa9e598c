import type { Result } from '../../shared/errors.ts';

/**
 * What a command has to say. `json` is the document `--json` prints: a value, or JSON text already made (raw entries are
 * never parsed and written anew). `text` is for people. A command may have something to say although it failed: what was
 * achieved before.
 */
export type Answer = {
  readonly json: unknown;
  readonly jsonText?: string;
  readonly text: string;
  /** Called once it has been written out: until then nobody has seen it. */
  readonly printed?: () => Promise<Result<void>>;
};

export type Outcome = { readonly result: Result<Answer>; readonly achieved?: Answer };

export function outcome(result: Result<Answer>): Outcome {
  return { result };
}

/** `12 345`, with a no-break thin space, as everywhere in Logbook. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** Rows of text in columns, for people on a terminal. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length);
    });
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text from outside made safe for a terminal: control and direction characters become visible. */
export function printable(text: string): string {
  return text.replace(CONTROL, (char) => `[U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
}
