// What is wanted of this archive at five million entries, beside the other two in the same run.

/** How many times faster than each of the others a line must be at least. */
export type Wanted = { readonly sqlite?: number; readonly duckdb?: number };

export const WANTED: Readonly<Record<string, Wanted>> = {
  'page of 200, common filter': { duckdb: 10 },
  'page of 200, rare filter': { duckdb: 10 },
  'page of 200, deep position': { duckdb: 10 },
  'count, 2 filters': { sqlite: 15, duckdb: 1 },
  'count and four facets': { sqlite: 20 },
  'histogram, day × category': { sqlite: 40, duckdb: 4 },
  'text in any field, a word': { duckdb: 15 },
  'text in any field, part of an id': { duckdb: 15 },
};

/** Of the import: its rate in rates of bare JSON.parse at least, and that of the last tenth in rates of the first. */
export const IMPORT = { ofBareParse: 0.5, lastOfFirst: 0.8 } as const;
/** The file in sizes of DuckDB's, at most. */
export const FILE = 3.5;
/** Opening and the first page in times of reading the columns' bytes through the cipher, less than. */
export const COLD = 2;
/** Bytes resident with the archive open, and on top of that while everything is exported: less than. */
export const MEMORY = { open: 700e6, export: 200e6 } as const;

/**
 * Of the window over a million entries: milliseconds, the share of frames, and the heap in times of what it was before ten
 * minutes of use; of a frame while a report is made, milliseconds of a processor.
 */
export const WINDOW = {
  firstRowsMs: 1_500,
  typingMs: 100,
  blankMs: 150,
  frames: 0.95,
  heap: 1.1,
  reportFrameMs: 50,
} as const;

/**
 * Sealing as a share of the import it follows, less than; of a full verification its time in times of hashing the same bytes once, and what it keeps
 * resident in times of what that was after a fifth of the entries, at most.
 */
export const SEALING = { ofImport: 0.1, verifyOfHashing: 2, growth: 1.25 } as const;
