import type { FaultKind } from './fault.ts';

export const tokenRevoked: FaultKind = {
  name: '401-after',
  summary: 'revokes the token for good after some requests (5 or so unless said otherwise)',
  make: (chance, requests) => {
    const last = requests ?? chance.int(4, 7);
    return {
      transient: false,
      trouble: ({ number }) =>
        number <= last
          ? null
          : {
              kind: 'answer',
              answer: { status: 401, contentType: 'application/json', body: '{"message":"Unauthenticated."}' },
            },
    };
  },
};
