import type { FaultKind } from './fault.ts';

export const badGzip: FaultKind = {
  name: 'bad-gzip',
  summary: 'sends now and then a compressed body that is damaged',
  make: () => ({ transient: true, trouble: () => ({ kind: 'garble' }) }),
};
