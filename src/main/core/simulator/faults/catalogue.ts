import { fail, ok, type Result } from '../../../../shared/errors.ts';
import { randomFor } from '../random.ts';
import { badGzip } from './bad-gzip.ts';
import { brokenJson } from './broken-json.ts';
import { connectionReset } from './connection-reset.ts';
import { cutBody } from './cut-body.ts';
import type { Fault, FaultKind } from './fault.ts';
import { htmlBody } from './html-body.ts';
import { ignoredDates } from './ignored-dates.ts';
import { changed, late, shuffledSeconds, tide, vanished } from './moving-log.ts';
import { cappedPages, refusedPageSize, shallowPages } from './page-size.ts';
import { redirect } from './redirect.ts';
import { serverError } from './server-error.ts';
import { silence, stall } from './silence.ts';
import { slow } from './slow.ts';
import { bandwidth, latency, limit } from './slow-link.ts';
import { tokenRevoked } from './token-revoked.ts';
import { tooManyRequests, tooManyRequestsUntil } from './too-many-requests.ts';
import { clockAhead, clockBehind } from './wrong-clock.ts';

/** Every fault there is; a new one is a file and a line here. */
export const FAULTS: readonly FaultKind[] = [
  tooManyRequests,
  tooManyRequestsUntil,
  limit,
  serverError,
  htmlBody,
  brokenJson,
  badGzip,
  cutBody,
  connectionReset,
  silence,
  stall,
  slow,
  latency,
  bandwidth,
  redirect,
  tokenRevoked,
  ignoredDates,
  cappedPages,
  refusedPageSize,
  shallowPages,
  shuffledSeconds,
  late,
  tide,
  clockAhead,
  clockBehind,
  changed,
  vanished,
];

export type NamedFault = Fault & { readonly name: string };

/** Makes faults from their names, each with an optional number: `429`, `slow:500`. */
export function makeFaults(seed: number, wanted: readonly string[]): Result<readonly NamedFault[]> {
  const faults: NamedFault[] = [];
  for (const text of wanted) {
    const [, name, argument] = /^([^:]*)(?::(\d{1,7}))?$/.exec(text) ?? [];
    const kind = FAULTS.find((fault) => fault.name === name);
    if (!kind) {
      const names = FAULTS.map((fault) => fault.name).join(', ');
      return fail('bad_input', `There is no fault “${text}”.`, `Choose from: ${names}; some take a number (slow:500).`);
    }
    const made = kind.make(randomFor(seed, 'fault', kind.name), argument === undefined ? null : Number(argument));
    faults.push({ ...made, name: kind.name });
  }
  return ok(faults);
}
