// What a log holds is hostile until shown otherwise: a name may reverse the reading order of a line, hide behind
// characters without a shape, or pile up marks. In print every character either has its shape or is named by its code.

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

const UNSEEN = /^[\p{Cc}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u061c\u2800]$/u;
const SELECTOR = /^[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]$/u;
const JOINER = /^[\u200c\u200d]$/;
const TAG = /^[\u{e0020}-\u{e007f}]$/u;
const PICTURE = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
// Scripts whose spelling needs joiners.
const JOINING =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;

const MOST_MARKS = 5;

/** A piece of text that is shown together: a character with its marks, or the code of one that has no shape. */
export type Cluster = { readonly text: string; readonly coded: boolean };

/** `[U+202E]`. */
export function codeOf(character: string): string {
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
}

/**
 * Splits text into what is shown together. Controls, invisible and unassigned characters become their code; joiners and
 * selectors stay where the script or the picture needs them; marks beyond five on one character are counted, not drawn.
 */
export function visibleClusters(text: string): Cluster[] {
  const clusters: Cluster[] = [];
  for (const { segment } of segmenter.segment(text)) {
    if (segment.length === 1 || [...segment].length === 1) clusters.push(single(segment));
    else pushCompound(segment, clusters);
  }
  return clusters;
}

function single(character: string): Cluster {
  return UNSEEN.test(character) ? { text: codeOf(character), coded: true } : { text: character, coded: false };
}

function pushCompound(segment: string, clusters: Cluster[]): void {
  const picture = PICTURE.test(segment);
  const joins = picture || JOINING.test(segment);
  let shown = '';
  let marks = 0;
  let dropped = 0;
  const coded: Cluster[] = [];
  for (const character of segment) {
    const allowed =
      (SELECTOR.test(character) && shown !== '') ||
      (JOINER.test(character) && joins && shown !== '') ||
      (TAG.test(character) && shown.startsWith('\u{1f3f4}'));
    if (!allowed && UNSEEN.test(character)) {
      coded.push({ text: codeOf(character), coded: true });
    } else if (/^\p{M}$/u.test(character) && !picture && ++marks > MOST_MARKS) {
      dropped += 1;
    } else {
      shown += character;
    }
  }
  if (shown !== '') clusters.push({ text: shown, coded: false });
  clusters.push(...coded);
  if (dropped > 0) clusters.push({ text: `[+${dropped} marks]`, coded: true });
}

/** Keeps the first `most` shown characters; says how many follow. */
export function capped(clusters: readonly Cluster[], most: number): { clusters: readonly Cluster[]; more: number } {
  let length = 0;
  for (let i = 0; i < clusters.length; i += 1) {
    length += clusters[i]?.coded ? (clusters[i]?.text.length ?? 1) : 1;
    if (length > most) return { clusters: clusters.slice(0, i), more: clusters.length - i };
  }
  return { clusters, more: 0 };
}
