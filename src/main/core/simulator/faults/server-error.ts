import type { FaultKind } from './fault.ts';

export const serverError: FaultKind = {
  name: '500',
  summary: 'answers now and then with an internal error, or the gateway does',
  make: (chance) => ({
    transient: true,
    trouble: () => {
      const status = chance.pick([500, 502, 503]);
      return {
        kind: 'answer',
        answer: { status, contentType: 'application/json', body: '{"message":"Server Error"}' },
      };
    },
  }),
};
