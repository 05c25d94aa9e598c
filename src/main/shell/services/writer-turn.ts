import { fail, ok, type Result } from '../../../shared/errors.ts';

/** What occupies the one thread that writes. */
export type LongWork = 'sync' | 'import' | 'deletion' | 'setting';

/** One long work on the open archive at a time: a second would wait unseen behind the first. */
export type WriterTurn = {
  take(work: LongWork): Result<{ release(): void }>;
  current(): LongWork | null;
};

const WORDS: Readonly<Record<LongWork, string>> = {
  sync: 'A sync',
  import: 'An import',
  deletion: 'A deletion',
  setting: 'Another change',
};

/** `over` is told whenever one ends, however it ended. */
export function createWriterTurn(over: () => void = () => undefined): WriterTurn {
  let holder: object | null = null;
  let current: LongWork = 'sync';
  return {
    take(work) {
      if (holder !== null) return fail('in_use', `${WORDS[current]} is running already.`, 'Wait for it, or cancel it.');
      const mine = {
        release() {
          if (holder !== mine) return;
          holder = null;
          over();
        },
      };
      holder = mine;
      current = work;
      return ok(mine);
    },
    current: () => (holder === null ? null : current),
  };
}
