import { fail, ok, type Result } from '../../../shared/errors.ts';
import { LONGEST_PIN, SHORTEST_PIN } from '../../../shared/review.ts';
import type { Identity } from '../../../shared/review-schema.ts';
import { fold } from '../../../shared/text.ts';
import type { NewJournalLine } from '../archive/journal.ts';
import type { KdfCost } from '../archive/key-wrap.ts';
import type { Random } from '../ports.ts';
import type { Acting } from './acting.ts';
import { keptKey, newIdentityKey, openIdentity, pinKey, readKey, wrapIdentity } from './identity-key.ts';
import type { KeptIdentity } from './review-book.ts';
import { REVIEW_LINES, reviewLine } from './review-lines.ts';

/** A line, and what is to be kept beside the journal with it. */
export type KeyLine = { readonly line: NewJournalLine; readonly sealed: Uint8Array };

type Keyed = { readonly random: Random; readonly cost: KdfCost };

/**
 * Makes an identity: a name, an address, and an Ed25519 key whose private half only the PIN opens. `exists` where somebody
 * of that address is there and not retired; `bad_input` for a PIN that is too short.
 */
export async function identityLine(
  acting: Acting,
  { name, email, pin }: { readonly name: string; readonly email: string; readonly pin: string },
  { random, cost }: Keyed,
): Promise<Result<KeyLine>> {
  const checked = checkPin(pin);
  if (!checked.ok) return checked;
  const address = email.trim();
  if (name.trim() === '' || !/^\S+@\S+$/.test(address))
    return fail(
      'bad_input',
      'An identity has a name and an e-mail address.',
      'Give the address the log knows the person by: nobody decides their own access.',
    );
  const key = await pinKey(pin, random, cost);
  // From here on nothing waits, so that the number is still free when the line is written.
  const { identities } = acting.book;
  const same = [...identities.values()].find((one) => one.retiredAt === null && fold(one.email) === fold(address));
  if (same) return fail('exists', `${address} is ${same.name} (${same.id}) already.`, 'Use that, or retire it first.');
  const id = `I-${identities.size + 1}`;
  const { secret, publicKey } = newIdentityKey(random);
  const wrapped = wrapIdentity(secret, key, cost, { archiveId: acting.reader.info().archiveId, identity: id, random });
  secret.fill(0);
  const said = { by: name.trim(), at: acting.now };
  const { bytes, sha256 } = keptKey(wrapped);
  const body = { name: name.trim(), email: address, publicKey, key: sha256 };
  return ok({ line: reviewLine(REVIEW_LINES.identity, id, said, body), sealed: bytes });
}

/** Gives an identity another PIN; the key stays the same. `wrong_passphrase` where the old one is another. */
export async function pinLine(
  acting: Acting,
  { id, pin, next }: { readonly id: string; readonly pin: string; readonly next: string },
  { random, cost }: Keyed,
): Promise<Result<KeyLine>> {
  const checked = checkPin(next);
  if (!checked.ok) return checked;
  const opened = await openByPin(acting, id, pin);
  if (!opened.ok) return opened;
  const { identity, secret } = opened.value;
  const { archiveId } = acting.reader.info();
  const wrapped = wrapIdentity(secret, await pinKey(next, random, cost), cost, { archiveId, identity: id, random });
  secret.fill(0);
  const { bytes, sha256 } = keptKey(wrapped);
  const said = { by: identity.name, at: acting.now };
  return ok({ line: reviewLine(REVIEW_LINES.pin, id, said, { key: sha256 }), sealed: bytes });
}

/** The private key of an identity; to be forgotten (`fill(0)`) after use. `wrong_passphrase` for another PIN. */
export async function openByPin(
  { book, reader }: Acting,
  id: string,
  pin: string,
): Promise<Result<{ readonly identity: KeptIdentity; readonly secret: Uint8Array }>> {
  const identity = book.identities.get(id);
  if (identity === undefined) return fail('not_found', `There is no identity ${id}.`, 'Choose one of the list.');
  const wrapped = readKey(reader.frozenPart(identity.key, 0), identity.key);
  if (wrapped === null)
    return fail('integrity', `The key of ${identity.name} is not there any more.`, 'Run logbook verify.');
  const secret = await openIdentity(wrapped, reader.info().archiveId, id, pin);
  return secret === null
    ? fail(
        'wrong_passphrase',
        `That is not the PIN of ${identity.name}.`,
        'Try again; a forgotten PIN means a new identity.',
      )
    : ok({ identity, secret });
}

/** What of an identity may leave the main process. */
export function publicIdentity({ key: _key, ...identity }: KeptIdentity): Identity {
  return identity;
}

function checkPin(pin: string): Result<void> {
  return pin.length >= SHORTEST_PIN && pin.length <= LONGEST_PIN
    ? ok(undefined)
    : fail(
        'bad_input',
        `A PIN has at least ${SHORTEST_PIN} signs.`,
        'Choose a longer one; a sentence is better still.',
      );
}
