/** The parts of a case beside its timeline. */
export const CASE_PARTS = ['suggestions', 'story', 'history'] as const;
export type CasePart = (typeof CASE_PARTS)[number];

/** What the lanes of a timeline are made of; phases where nothing is said. */
export const LANES = ['phase', 'actor', 'address', 'target'] as const;
export type Lane = (typeof LANES)[number];

/** What of the screen is in the address. */
export type InvestigationsSearch = {
  /** The case that is shown. */
  readonly c?: string;
  readonly part?: CasePart;
  readonly lane?: Exclude<Lane, 'phase'>;
  /** The stretch of the timeline that is looked at, milliseconds UTC. */
  readonly from?: number;
  readonly to?: number;
  /** The form for a new case is open. */
  readonly start?: true;
};

/** Reads the address; values that make no sense are dropped, one by one. */
export function parseInvestigationsSearch({
  c,
  part,
  lane,
  from,
  to,
  start,
}: Record<string, unknown>): InvestigationsSearch {
  const bounded = Number.isSafeInteger(from) && Number.isSafeInteger(to) && Number(from) < Number(to);
  return {
    ...(typeof c === 'string' && /^C-\d{1,12}$/.test(c) ? { c } : {}),
    ...(CASE_PARTS.some((one) => one === part) ? { part: part as CasePart } : {}),
    ...(lane !== 'phase' && LANES.some((one) => one === lane) ? { lane: lane as Exclude<Lane, 'phase'> } : {}),
    ...(bounded ? { from: Number(from), to: Number(to) } : {}),
    ...(start === true || start === 'true' ? { start: true as const } : {}),
  };
}
