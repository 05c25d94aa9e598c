import type { FaultKind } from './fault.ts';

const ELSEWHERE = 'https://sign-in.elsewhere.example/portal';

export const redirect: FaultKind = {
  name: 'redirect',
  summary: 'answers one request (the fifth unless said otherwise) by sending the client to another host',
  make: (_chance, which) => ({
    transient: false,
    trouble: ({ number }) =>
      number === (which ?? 5)
        ? {
            kind: 'answer',
            answer: { status: 302, headers: { Location: ELSEWHERE }, contentType: 'text/html', body: '' },
          }
        : null,
  }),
};
