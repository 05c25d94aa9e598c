import { fail, ok, type Result } from '../../../shared/errors.ts';
import { isLoopback } from '../jetty/address.ts';

const LONGEST = 500;
const HINT = 'Give it as its operator writes it, for example https://timestamp.example.com/tsr.';

/**
 * The address of a time-stamp authority as it is asked: https, or plain HTTP on this machine. A head is no secret, but plain
 * HTTP would let anybody on the way answer in the authority's place.
 */
export function authorityAddress(typed: string): Result<URL> {
  const text = typed.trim();
  if (text.length > LONGEST || !URL.canParse(text))
    return fail('bad_input', 'The address of the time-stamp authority cannot be read.', HINT);
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return fail('bad_input', `An address that begins with ${url.protocol} is not a web address.`, HINT);
  if (url.username !== '' || url.password !== '')
    return fail(
      'bad_input',
      'The address of the time-stamp authority holds a user name or password.',
      'Take them out: Logbook keeps no password for an authority, and asks only those that need none.',
    );
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return fail(
      'bad_input',
      `The address http://${url.host} is not encrypted.`,
      'Use its https address; plain HTTP is allowed on this machine only.',
    );
  return ok(url);
}
