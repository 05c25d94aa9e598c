import { type Failure, failure } from '../../../shared/errors.ts';

const LONGEST_WORDS = 300;
const RUN_AGAIN = 'What arrived is kept. Run the sync again to go on from there.';

/** What a server said of its refusal, made fit to print. */
export type ServerWords = {
  readonly message: string | null;
  readonly hint: string | null;
  /** Per parameter what was wrong with it (422). */
  readonly errors: Readonly<Record<string, string>>;
};

/** Reads an error body; the token never survives in it, nor do control characters. */
export function serverWords(body: Uint8Array, token: string): ServerWords {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch {
    value = null;
  }
  const object = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const errors: Record<string, string> = {};
  if (typeof object.errors === 'object' && object.errors !== null) {
    for (const [key, said] of Object.entries(object.errors).slice(0, 10)) {
      const words = clean(Array.isArray(said) ? said[0] : said, token);
      if (words !== null) errors[clean(key, token) ?? ''] = words;
    }
  }
  return { message: clean(object.message, token), hint: clean(object.hint, token), errors };
}

/** A status that more tries will not change, as a reviewer reads it. `host` is where it was asked. */
export function refusal(status: number, host: string, words: ServerWords): Failure {
  switch (status) {
    case 401:
      return failure(
        'unauthenticated',
        `${host} does not accept the API token${said(words)}.`,
        'The token is wrong, expired or revoked. Create a new one in Jetty and give it to Logbook.',
      );
    case 403:
      return failure(
        'forbidden',
        `${host} does not let this token read the audit log${said(words)}.`,
        "The organisation's log needs an Organization Owner or Admin, a team's log a Team Owner or Admin. Use a token of such a person.",
      );
    case 404:
      return failure(
        'server',
        `${host} has no audit log at this address (404).`,
        'Check the base address: without /api, and with the region if there is one. A self-hosted server may be too old to have it.',
      );
    case 422:
      return failure('bad_input', `${host} refused the request${said(words)}.`, 'Check the dates that were asked for.');
    default:
      return failure('server', `${host} answered with status ${status}${said(words)}.`, RUN_AGAIN);
  }
}

/** A redirect that is not followed. */
export function redirectRefusal(host: string, target: URL | null): Failure {
  const where = target === null ? 'elsewhere' : `to ${target.host}`;
  return failure(
    'server',
    `${host} redirects ${where}; the token is not sent there.`,
    'If that address is right, give it as the base address.',
  );
}

/** Tries are used up. `reason` says what came instead of an answer. */
export function exhausted(kind: 'server' | 'network', host: string, reason: string, tries: number): Failure {
  const message = `${host} gave no usable answer in ${tries} ${tries === 1 ? 'try' : 'tries'}: ${reason}.`;
  return failure(kind, message, RUN_AGAIN);
}

function said(words: ServerWords): string {
  const parts = [words.message, words.hint, ...Object.entries(words.errors).map(([key, text]) => `${key}: ${text}`)];
  const present = [...new Set(parts.filter((part) => part !== null).map((part) => part.replace(/\.+$/, '')))];
  return present.length === 0 ? '' : `: “${present.join('; ')}”`;
}

function clean(value: unknown, token: string): string | null {
  if (typeof value !== 'string') return null;
  const text = value
    .replaceAll(token, '[token]')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_WORDS);
  return text === '' ? null : text;
}
