import type { FaultKind } from './fault.ts';

export const clockAhead: FaultKind = {
  name: 'clock-ahead',
  summary: "the server's clock is ahead (minutes; 150 unless said otherwise)",
  make: (_chance, minutes) => ({
    transient: false,
    present: (now) => now + (minutes ?? 150) * 60_000,
    daysAhead: Math.ceil(((minutes ?? 150) + 1) / 1440),
  }),
};

export const clockBehind: FaultKind = {
  name: 'clock-behind',
  summary: "the server's clock is behind (minutes; 150 unless said otherwise)",
  make: (_chance, minutes) => ({ transient: false, present: (now) => now - (minutes ?? 150) * 60_000 }),
};
