import type { FaultKind } from './fault.ts';

const PAGE =
  '<!doctype html>\n<html lang="en"><title>Just a moment</title><body><h1>We will be right back</h1></body></html>\n';

export const htmlBody: FaultKind = {
  name: 'html',
  summary: 'answers now and then with status 200 and a web page',
  make: () => ({
    transient: true,
    trouble: () => ({ kind: 'answer', answer: { status: 200, contentType: 'text/html; charset=UTF-8', body: PAGE } }),
  }),
};
