import type { FaultKind, Trouble } from './fault.ts';

export const tooManyRequests: FaultKind = {
  name: '429',
  summary: 'refuses now and then with Retry-After (seconds; 1 unless said otherwise)',
  make: (_chance, seconds) => ({ transient: true, trouble: () => slowDown(String(seconds ?? 1)) }),
};

export const tooManyRequestsUntil: FaultKind = {
  name: '429-date',
  summary: 'refuses now and then with Retry-After as an HTTP date (seconds from now; 2 unless said otherwise)',
  make: (_chance, seconds) => ({
    transient: true,
    // A date has whole seconds: rounded up, or it would say less than was meant.
    trouble: ({ now }) => slowDown(new Date(Math.ceil(now / 1000 + (seconds ?? 2)) * 1000).toUTCString()),
  }),
};

function slowDown(retryAfter: string): Trouble {
  return {
    kind: 'answer',
    answer: {
      status: 429,
      headers: { 'Retry-After': retryAfter, 'X-RateLimit-Limit': '60', 'X-RateLimit-Remaining': '0' },
      contentType: 'application/json',
      body: '{"message":"Too Many Attempts."}',
    },
  };
}
