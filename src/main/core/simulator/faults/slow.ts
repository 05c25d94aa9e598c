import type { FaultKind } from './fault.ts';

export const slow: FaultKind = {
  name: 'slow',
  summary: 'keeps every third request waiting (milliseconds; 300 unless said otherwise)',
  make: (_chance, ms) => ({
    transient: false,
    trouble: ({ number }) => (number % 3 === 1 ? { kind: 'delay', ms: ms ?? 300 } : null),
  }),
};
