import type { FaultKind } from './fault.ts';

export const silence: FaultKind = {
  name: 'silence',
  summary: 'takes a request now and then and never answers',
  make: () => ({ transient: true, trouble: () => ({ kind: 'silence' }) }),
};

export const stall: FaultKind = {
  name: 'stall',
  summary: 'falls silent now and then in the middle of the body',
  make: () => ({ transient: true, trouble: () => ({ kind: 'stall' }) }),
};
