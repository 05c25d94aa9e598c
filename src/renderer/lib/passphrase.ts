/** Letters and digits that no typeface makes look alike (Crockford's Base32, lower case). */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const GROUPS = 5;
const GROUP_LENGTH = 5;

/** A passphrase of 25 random characters, 125 bits: `k7m2q-…`, easy to copy by hand. */
export function generatePassphrase(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(GROUPS * GROUP_LENGTH));
  const characters = Array.from(bytes, (byte) => ALPHABET.charAt(byte % ALPHABET.length));
  return Array.from({ length: GROUPS }, (_, i) =>
    characters.slice(i * GROUP_LENGTH, (i + 1) * GROUP_LENGTH).join(''),
  ).join('-');
}

export type Strength = { readonly bits: number; readonly level: 0 | 1 | 2 | 3; readonly words: string };

/**
 * A cautious estimate of how many guesses a passphrase stands against, in bits: the alphabet it draws from, less for
 * repeats and runs. An upper bound for what people think up themselves, hence the high steps.
 */
export function strengthOf(passphrase: string): Strength {
  const bits = Math.round(effectiveLength(passphrase) * Math.log2(alphabetSize(passphrase) || 1));
  if (bits < 45) return { bits, level: 0, words: 'Too easy to guess. Use several unrelated words.' };
  if (bits < 65) return { bits, level: 1, words: 'Weak against somebody who has the file. Make it longer.' };
  if (bits < 90) return { bits, level: 2, words: 'Good.' };
  return { bits, level: 3, words: 'Strong.' };
}

function alphabetSize(text: string): number {
  let size = 0;
  if (/[a-z]/.test(text)) size += 26;
  if (/[A-Z]/.test(text)) size += 26;
  if (/[0-9]/.test(text)) size += 10;
  if (/[ -/:-@[-`{-~]/.test(text)) size += 20;
  if (/[^ -~]/.test(text)) size += 60;
  return size;
}

// A character that repeats or continues its neighbour (aaaa, 1234, qwerty's rows aside) adds little; words of a language
// add about half of what random letters do.
function effectiveLength(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const step = i === 0 ? 99 : Math.abs(text.charCodeAt(i) - text.charCodeAt(i - 1));
    length += step <= 1 ? 0.25 : /\p{L}/u.test(text.charAt(i)) && /^\p{L}+$/u.test(wordAt(text, i)) ? 0.62 : 1;
  }
  return length;
}

function wordAt(text: string, at: number): string {
  const start = text.slice(0, at).search(/[^\s-]*$/u);
  const rest = text.slice(at).search(/[\s-]/u);
  return text.slice(start, rest < 0 ? text.length : at + rest);
}
