import type { FaultKind } from './fault.ts';

export const ignoredDates: FaultKind = {
  name: 'ignored-dates',
  summary: 'serves the whole log whatever dates are asked for',
  make: () => ({ transient: false, misread: (query) => ({ ...query, from: null, to: null }) }),
};
