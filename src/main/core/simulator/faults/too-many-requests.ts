import type { FaultKind } from './fault.ts';

export const tooManyRequests: FaultKind = {
  name: '429',
  summary: 'refuses now and then with Retry-After (seconds; 1 unless said otherwise)',
  make: (_chance, seconds) => ({
    transient: true,
    trouble: () => ({
      kind: 'answer',
      answer: {
        status: 429,
        headers: { 'Retry-After': String(seconds ?? 1), 'X-RateLimit-Limit': '60', 'X-RateLimit-Remaining': '0' },
        contentType: 'application/json',
        body: '{"message":"Too Many Attempts."}',
      },
    }),
  }),
};
