import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { SignRole } from '../../../shared/review.ts';
import { fold } from '../../../shared/text.ts';
import type { NewJournalLine } from '../archive/journal.ts';
import { type Acting, actorOf, openReview, reviewOf } from './acting.ts';
import { reasonLine } from './decide.ts';
import { openByPin } from './identity-acts.ts';
import { signText } from './identity-key.ts';
import { manifestHash, manifestOf, statementOf } from './manifest.ts';
import { statusOf } from './progress.ts';
import type { KeptIdentity, KeptReview } from './review-book.ts';
import { REVIEW_LINES, reviewLine } from './review-lines.ts';
import { signChecks } from './sign-checks.ts';

export type Signing = {
  readonly id: string;
  readonly role: SignRole;
  readonly identity: string;
  readonly pin: string;
};

/**
 * The line of a signature: first the preparer's, then the reviewer's, both over the same manifest. `bad_input` where a check
 * does not hold or it is not that one's turn, `forbidden` where the reviewer is the preparer, `wrong_passphrase` for
 * another PIN, `integrity` where what the preparer signed is not what is there.
 */
export async function signatureLine(acting: Acting, signing: Signing): Promise<Result<NewJournalLine>> {
  const { id, role, identity: by, pin } = signing;
  const review = reviewOf(acting.book, id);
  if (!review.ok) return review;
  const actor = actorOf(acting, by);
  if (!actor.ok) return actor;
  const allowed = maySign(acting, review.value, role, actor.value.identity);
  if (!allowed.ok) return allowed;
  const opened = await openByPin(acting, by, pin);
  if (!opened.ok) return opened;
  const { identity, secret } = opened.value;
  try {
    const { archiveId } = acting.reader.info();
    const manifest = manifestHash(manifestOf(acting.reader, acting.book, review.value, archiveId));
    const [preparer] = review.value.signatures;
    if (role === 'reviewer' && preparer?.manifest !== manifest)
      return fail(
        'integrity',
        `What ${preparer?.name} signed is not what is there now.`,
        'Run logbook verify; it names what is wrong.',
      );
    const { name, email, publicKey } = identity;
    const signed = { role, identity: by, name, email, manifest, at: acting.now };
    const signature = signText(statementOf(archiveId, id, signed), secret);
    return ok(
      reviewLine(
        REVIEW_LINES.signed,
        id,
        { by: name, at: acting.now },
        { ...{ role, identity: by, name, email, manifest, publicKey, signature } },
      ),
    );
  } finally {
    secret.fill(0);
  }
}

/** Gives a prepared review back, so that it can be worked on again. */
export function giveBackLine(acting: Acting, id: string, by: string, reason: string): Result<NewJournalLine> {
  const review = reviewOf(acting.book, id);
  if (!review.ok) return review;
  if (statusOf(review.value) !== 'prepared')
    return fail('bad_input', `${id} is not waiting for its reviewer.`, 'Only what the preparer signed is given back.');
  return reasonLine(acting, REVIEW_LINES.givenBack, id, by, reason);
}

function maySign({ book }: Acting, review: KeptReview, role: SignRole, identity: KeptIdentity): Result<void> {
  if (role === 'preparer') {
    const open = openReview(book, review.id);
    if (!open.ok) return open;
  } else {
    const status = statusOf(review);
    if (status !== 'prepared')
      return fail(
        'bad_input',
        status === 'open' ? 'The preparer signs first.' : `${review.id} is ${status}.`,
        'Look at the review again.',
      );
    const preparer = review.signatures[0];
    const same =
      preparer &&
      (preparer.identity === identity.id ||
        preparer.publicKey === identity.publicKey ||
        fold(preparer.email) === fold(identity.email));
    if (same)
      return fail(
        'forbidden',
        `${identity.name} prepared this review: preparer and reviewer are different people.`,
        'Let somebody else sign as reviewer.',
      );
  }
  const missing = signChecks(book, review, 0).find((check) => !check.ok);
  return missing === undefined ? ok(undefined) : fail('bad_input', `${missing.sentence}.`, 'Do that first, then sign.');
}
