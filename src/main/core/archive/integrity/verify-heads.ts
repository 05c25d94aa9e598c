import { parseHead } from './heads-log.ts';
import type { Problems } from './problems.ts';
import type { CheckedChain } from './verify-chain.ts';

/**
 * Compares heads that were written down outside of the encrypted file with its chain; `where` is how a reader knows them. Only
 * the first that does not fit is told: what comes after it cannot fit either.
 */
export function checkHeads(lines: readonly string[], where: string, chain: CheckedChain, problems: Problems): void {
  const { hashes, days } = chain;
  const known = new Set(hashes.values());
  const end = Math.max(0, ...hashes.keys());
  const say = (what: 'altered' | 'rolled_back', day: string | null, message: string): void => {
    problems.add({ what, part: 'head', day, entry: null, message });
  };
  for (const line of lines) {
    const head = parseHead(line);
    if (head === null) {
      say('altered', null, `A line of ${where} is no head of a chain.`);
      return;
    }
    if (known.has(head.hash) && (head.sequence === null || hashes.get(head.sequence) === head.hash)) continue;
    const short = head.hash.slice(0, 12);
    if (head.sequence === null) {
      say(
        'rolled_back',
        null,
        `The head ${short}… of ${where} is none of this archive’s ${end} seals: its end was cut off, an earlier copy took its place, or the seals were made anew.`,
      );
    } else if (head.sequence > end) {
      say(
        'rolled_back',
        null,
        `${capital(where)} knows seal ${head.sequence} (${short}…), and this archive ends with seal ${end}: its end was cut off, or an earlier copy took its place.`,
      );
    } else {
      const day = days.get(head.sequence) ?? null;
      say(
        'altered',
        day,
        `Seal ${head.sequence}${day === null ? '' : ` of ${day}`} is not the one that ${where} knows (${short}…): the seals were made anew from there on, or the list is of another archive.`,
      );
    }
    return;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
