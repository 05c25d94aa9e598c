import type { KnownCertificate } from '../../stamp/certificate.ts';
import { checkStamp } from '../../stamp/stamp.ts';
import type { Problems } from './problems.ts';
import { isSigned, type PublicSealKey } from './seal-key.ts';
import { type StoredStamp, stampText } from './stamp-store.ts';
import type { CheckedChain } from './verify-chain.ts';

/**
 * Checks every time stamp against the seal it is kept with. How many there are, and how many lead to a trusted certificate;
 * one that does not is no problem, since authorities change, but says no more than that it agrees with itself.
 */
export function checkStamps(
  stamps: readonly StoredStamp[],
  chain: CheckedChain,
  key: PublicSealKey | null,
  trusted: readonly KnownCertificate[],
  problems: Problems,
): { readonly count: number; readonly trusted: number } {
  let leading = 0;
  const end = Math.max(0, ...chain.hashes.keys());
  for (const stored of stamps) {
    const { seal, response, signature } = stored;
    const head = chain.hashes.get(seal);
    const day = chain.days.get(seal) ?? null;
    if (head === undefined) {
      const message = `A time stamp of seal ${seal} is kept, and this archive ${seal > end ? `ends with seal ${end}: its end was cut off` : 'does not have that seal'}.`;
      problems.add({ what: seal > end ? 'rolled_back' : 'missing', part: 'stamp', day: null, entry: null, message });
      continue;
    }
    const asItCame = key !== null && isSigned(stampText(stored), signature, key);
    const stamp = asItCame ? checkStamp(response, { head, trusted }) : 'it is not as it came';
    if (typeof stamp === 'string') {
      const message = `The time stamp of seal ${seal}${day === null ? '' : ` of ${day}`} does not fit: ${stamp}.`;
      problems.add({ what: 'altered', part: 'stamp', day, entry: null, message });
    } else if (stamp.trusted) leading++;
  }
  return { count: stamps.length, trusted: leading };
}
