import type { Result } from '../../shared/errors.ts';
import type { Job } from './thread-server.ts';

/** A service for every call of a table, typed by it. */
export type ServiceTable<C extends { readonly [name: string]: { readonly input: unknown; readonly output: unknown } }> =
  {
    readonly [N in keyof C]: (
      input: C[N]['input'],
      job: Job,
    ) => Result<C[N]['output']> | Promise<Result<C[N]['output']>>;
  };
