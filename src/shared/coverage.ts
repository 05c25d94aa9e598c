/**
 * What the archive knows of one UTC day. `complete`: a full, stable walk ended after the day was over plus a grace for
 * late entries. `partial`: fetched, but not provably whole. `lost`: out of the plan's retention before it was fetched.
 * `pending`: not asked for yet. `imported`: held from a file only, never compared with the server.
 */
export const DAY_STATES = ['complete', 'partial', 'lost', 'pending', 'imported'] as const;
export type DayState = (typeof DAY_STATES)[number];

/** One UTC day of the coverage ledger; `day` is `YYYY-MM-DD`, `checkedAt` an ISO instant, counts are entries. */
export type DayCoverage = {
  readonly day: string;
  readonly state: DayState;
  readonly served: number | null;
  readonly stored: number;
  readonly checkedAt: string | null;
  readonly note: string | null;
};

/** The plans of Jetty and how many days of log each keeps. */
export const PLANS = { harbor: 30, coastal: 90, fleet: 365 } as const;
export type JettyPlan = keyof typeof PLANS;
