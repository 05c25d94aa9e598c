import { randomFor } from '../random.ts';
import type { LogQuery, Refused } from '../request.ts';
import type { View } from '../selection.ts';
import type { NamedFault } from './catalogue.ts';
import type { Trouble } from './fault.ts';

export type NamedTrouble = { readonly fault: string; readonly trouble: Trouble };

export type TroubleMaker = {
  /** What goes wrong with a request, in order: any delays, then at most one thing that ends it. Counts the request. */
  troublesOf(url: string, now: number): readonly NamedTrouble[];
  misread(query: LogQuery): LogQuery;
  refuse(asked: { readonly page: number; readonly perPage: number }): Refused | null;
  /** What the server takes for the present; milliseconds UTC. */
  present(now: number): number;
  /** What has become of the log by now. */
  view(): Omit<View, 'from' | 'to'>;
  readonly bytesPerSecond: number;
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
    troublesOf: (url, now) => {
      number++;
      const past = failures.get(url) ?? new Map<string, number>();
      failures.set(url, past);
      const troubles: NamedTrouble[] = [];
      for (const fault of faults) {
        const failed = past.get(fault.name) ?? 0;
        const total = [...past.values()].reduce((a, b) => a + b, 0);
        const spared = total >= FAILURES_AN_ADDRESS || failed >= failuresDue(fault.name, url);
        if (fault.transient && spared) continue;
        const trouble = fault.trouble?.({ url, number, now });
        if (!trouble) continue;
        troubles.push({ fault: fault.name, trouble });
        if (trouble.kind === 'delay') continue;
        if (fault.transient) past.set(fault.name, failed + 1);
        break;
      }
      return troubles;
    },
    misread: (query) => faults.reduce((read, fault) => fault.misread?.(read) ?? read, query),
    refuse: (asked) => faults.map((fault) => fault.refuse?.(asked) ?? null).find((refused) => refused !== null) ?? null,
    present: (now) => faults.reduce((at, fault) => fault.present?.(at, number) ?? at, now),
    view: () => viewOf(seed, faults, number),
    bytesPerSecond: Math.min(...faults.map((fault) => fault.bytesPerSecond ?? Number.POSITIVE_INFINITY)),
  };
}

function viewOf(seed: number, faults: readonly NamedFault[], number: number): Omit<View, 'from' | 'to'> {
  const delays = faults.flatMap((fault) => fault.delay ?? []);
  const alters = faults.flatMap((fault) => fault.alter ?? []);
  return {
    delay: delays.length === 0 ? null : (entry) => delays.reduce((sum, delay) => sum + delay(entry), 0),
    alter:
      alters.length === 0
        ? null
        : (entry) => alters.reduce<typeof entry | null>((now, alter) => now && alter(now, number), entry),
    tie: faults.some((fault) => fault.shuffles) ? (id) => randomFor(seed, 'tie', number, id).int(0, 1_000_000) : null,
  };
}
