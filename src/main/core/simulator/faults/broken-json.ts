import type { FaultKind } from './fault.ts';

export const brokenJson: FaultKind = {
  name: 'broken-json',
  summary: 'sends now and then a body that arrives whole and is no JSON',
  make: () => ({ transient: true, trouble: () => ({ kind: 'truncate' }) }),
};
