const ASCII = /^[\x00-\x7f]*$/;

// Accents of alphabets whose readers search without them. Vowel signs of Indic and South-East Asian scripts and the
// voicing marks of kana are letters to their readers and stay.
const ACCENTS =
  /(?![\u3099\u309a])[\p{Mn}&&[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Cyrillic}\p{Script=Greek}]]/gv;

/**
 * Folds text for searching: case and accents disappear, compatibility forms (ligatures, full width) become plain.
 * Search is exact on folded text, for any substring and any script. Source: Unicode 16 §5.18 (case folding), UAX #15.
 */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replace(ACCENTS, '')
    .normalize('NFC');
}
