import { randomFor } from '../random.ts';
import type { LogQuery } from '../request.ts';
import type { NamedFault } from './catalogue.ts';
import type { Trouble } from './fault.ts';

export type NamedTrouble = { readonly fault: string; readonly trouble: Trouble };

export type TroubleMaker = {
  /** What goes wrong with a request, in order: any delays, then at most one thing that ends it. */
  troublesOf(url: string): readonly NamedTrouble[];
  misread(query: LogQuery): LogQuery;
};

// A client gives up after a handful of attempts: however many faults there are, an address fails no more often than this.
const FAILURES_AN_ADDRESS = 3;
const SHARE_OF_ADDRESSES = 0.3;

/** Decides, by the seed and the address asked for, which requests meet with which trouble. */
export function troubleMaker(seed: number, faults: readonly NamedFault[]): TroubleMaker {
  const failures = new Map<string, Map<string, number>>();
  let number = 0;

  // The very first address meets every transient fault in turn (as far as allowed): a short run sees trouble, too.
  const failuresDue = (fault: string, url: string): number => {
    const chance = randomFor(seed, 'trouble', fault, url);
    if (chance.chance(SHARE_OF_ADDRESSES)) return chance.int(1, 2);
    return failures.keys().next().value === url ? 1 : 0;
  };

  return {
    troublesOf: (url) => {
      number++;
      const past = failures.get(url) ?? new Map<string, number>();
      failures.set(url, past);
      const troubles: NamedTrouble[] = [];
      for (const fault of faults) {
        const failed = past.get(fault.name) ?? 0;
        const total = [...past.values()].reduce((a, b) => a + b, 0);
        const spared = total >= FAILURES_AN_ADDRESS || failed >= failuresDue(fault.name, url);
        if (fault.transient && spared) continue;
        const trouble = fault.trouble?.({ url, number });
        if (!trouble) continue;
        troubles.push({ fault: fault.name, trouble });
        if (trouble.kind === 'delay') continue;
        if (fault.transient) past.set(fault.name, failed + 1);
        break;
      }
      return troubles;
    },
    misread: (query) => faults.reduce((read, fault) => fault.misread?.(read) ?? read, query),
  };
}
