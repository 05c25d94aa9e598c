import type { FaultKind } from './fault.ts';

export const cutBody: FaultKind = {
  name: 'cut',
  summary: 'breaks the connection now and then in the middle of the body',
  make: () => ({ transient: true, trouble: () => ({ kind: 'cut' }) }),
};
