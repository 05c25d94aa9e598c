import { ok, type Result } from '../../shared/errors.ts';
import { openVerifyHelp } from '../core/archive/integrity/verify-helper.ts';
import { parseEntry } from '../core/jetty/parse-entry.ts';
import type { VerifierCalls } from './integrity-calls.ts';
import type { ServiceTable } from './service-table.ts';
import type { Opened } from './thread-server.ts';

/** Taking a part of a verification that another thread does. */
export function verifierServices(dir: string, key: Uint8Array): Result<Opened> {
  const help = openVerifyHelp(dir, key, parseEntry);
  if (!help.ok) return help;
  const services: ServiceTable<VerifierCalls> = {
    beginVerifying: () => help.value.begin(),
    verifyFile: () => help.value.file(),
    verifyDays: (shares) => help.value.days(shares),
  };
  return ok({ services, close: () => void help.value.close() });
}
