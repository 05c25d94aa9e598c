import type { FaultKind } from './fault.ts';

export const latency: FaultKind = {
  name: 'latency',
  summary: 'keeps every request waiting (milliseconds; 80 unless said otherwise)',
  make: (_chance, ms) => ({ transient: false, trouble: () => ({ kind: 'delay', ms: ms ?? 80 }) }),
};

export const bandwidth: FaultKind = {
  name: 'bandwidth',
  summary: 'sends no faster than so many KiB a second (64 unless said otherwise)',
  make: (_chance, kib) => ({ transient: false, bytesPerSecond: Math.max(1, kib ?? 64) * 1024 }),
};

export const limit: FaultKind = {
  name: 'limit',
  summary: 'allows so many requests a minute (60 unless said otherwise)',
  make: (_chance, requests) => ({ transient: false, requestsPerMinute: Math.max(1, requests ?? 60) }),
};
