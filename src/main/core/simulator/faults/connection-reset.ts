import type { FaultKind } from './fault.ts';

export const connectionReset: FaultKind = {
  name: 'reset',
  summary: 'resets the connection now and then before any answer',
  make: () => ({ transient: true, trouble: () => ({ kind: 'reset' }) }),
};
