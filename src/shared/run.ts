import type { ErrorCode } from './errors.ts';

/**
 * One run of a sync or an import, as the archive remembers it. `source` is a host, or what was imported by name.
 * `ended` (ms UTC, as `started`) and `outcome` are null while it runs, and stay so where its process was killed.
 */
export type RunRecord = {
  readonly kind: 'sync' | 'import';
  readonly started: number;
  readonly ended: number | null;
  readonly source: string;
  readonly requests: number;
  readonly inserted: number;
  readonly changed: number;
  readonly rejected: number;
  readonly days: { readonly complete: number; readonly partial: number; readonly lost: number } | null;
  readonly outcome: 'complete' | 'incomplete' | ErrorCode | null;
  readonly sentence: string;
};
