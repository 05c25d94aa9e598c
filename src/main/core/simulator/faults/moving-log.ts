import { randomFor } from '../random.ts';
import type { FaultKind } from './fault.ts';

// A log that changes while it is read.

const ONE_IN = 25;
const LATE_ONE_IN = 12;

export const tide: FaultKind = {
  name: 'tide',
  summary:
    'with every request time passes (seconds; 30 unless said otherwise): entries arrive and expire while one pages',
  make: (_chance, seconds) => ({
    transient: false,
    present: (now, requests) => now + requests * (seconds ?? 30) * 1000,
    daysAhead: 1,
  }),
};

export const late: FaultKind = {
  name: 'late',
  summary: 'serves one entry in twelve up to so many minutes after its time (50 unless said otherwise)',
  make: (chance, minutes) => {
    const seed = chance.int(1, 1_000_000);
    return {
      transient: false,
      delay: (entry) => {
        const lot = randomFor(seed, 'late', entry.id);
        return lot.int(1, LATE_ONE_IN) === 1 ? lot.int(1, Math.max(1, minutes ?? 50)) * 60_000 : 0;
      },
    };
  },
};

export const shuffledSeconds: FaultKind = {
  name: 'shuffle',
  summary: 'entries of one second change places from request to request',
  make: () => ({ transient: false, shuffles: true }),
};

export const changed: FaultKind = {
  name: 'changed',
  summary: 'after some requests (50 unless said otherwise) one entry in 25 has another content under the same id',
  make: (chance, requests) => {
    const seed = chance.int(1, 1_000_000);
    return {
      transient: false,
      alter: (entry, made) => {
        if (made <= (requests ?? 50) || !drawn(seed, entry.id)) return entry;
        const value = JSON.parse(Buffer.from(entry.raw).toString('utf8')) as Record<string, unknown>;
        return { ...entry, raw: Buffer.from(JSON.stringify({ ...value, metadata: { edited: true } })) };
      },
    };
  },
};

export const vanished: FaultKind = {
  name: 'vanished',
  summary: 'after some requests (50 unless said otherwise) one entry in 25 is no longer served',
  make: (chance, requests) => {
    const seed = chance.int(1, 1_000_000);
    return {
      transient: false,
      alter: (entry, made) => (made > (requests ?? 50) && drawn(seed, entry.id) ? null : entry),
    };
  },
};

function drawn(seed: number, id: string): boolean {
  return randomFor(seed, 'drawn', id).int(1, ONE_IN) === 1;
}
