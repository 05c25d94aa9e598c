/** Milliseconds from some fixed beginning, finer than one. */
export type Meter = () => number;

/** Measures what rules cost on every 64th entry, so that measuring costs nothing itself. */
export type Stopwatch = {
  /** Whether this entry is one that is measured; asked once an entry. */
  looks(): boolean;
  time(rule: string, work: () => void): void;
  /** Estimated milliseconds by rule over all entries seen. */
  spent(): ReadonlyMap<string, number>;
};

const EVERY = 64;

/** A stopwatch, or with null one that never looks. */
export function stopwatch(meter: Meter | null): Stopwatch {
  const sums = new Map<string, number>();
  let turn = 0;
  return {
    looks: () => meter !== null && turn++ % EVERY === 0,
    time(rule, work) {
      const begun = meter?.() ?? 0;
      work();
      sums.set(rule, (sums.get(rule) ?? 0) + ((meter?.() ?? 0) - begun));
    },
    spent: () => new Map([...sums].map(([rule, ms]) => [rule, ms * EVERY])),
  };
}
