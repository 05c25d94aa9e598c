import { isRightToLeft, linesOf } from './bidi.ts';
import type { Family, FontBook } from './fonts.ts';
import { capped, codeOf, visibleClusters } from './visible.ts';

/** A stretch of text in one font, as pdfmake takes it inline. */
export type Inline = {
  text: string;
  font?: Family;
  noWrap?: true;
  fontFeatures?: never[];
  preserveLeadingSpaces?: true;
  preserveTrailingSpaces?: true;
};

export type TextOptions = {
  /** Size in points; needed only where a line may run right to left. */
  readonly size?: number;
  /** Width in points the text may take; needed only where a line may run right to left. */
  readonly width?: number;
  readonly bold?: boolean;
  /** Fixed width, for codes, addresses and hashes. */
  readonly mono?: boolean;
  /**
   * Whether the text is one of ours with names in it, read from left to right (`ltr`, the default), or a name by itself,
   * whose first letter decides (`auto`).
   */
  readonly direction?: 'ltr' | 'auto';
  /** Shown characters after which the text is cut, and says so. */
  readonly most?: number;
};

/** Text with a font each cluster has its shapes in. */
export type Shaped = { readonly text: string; readonly family: Family };

/** Sets text of unknown origin: what it returns holds only characters that its fonts can draw. */
export type Typesetter = (text: string, options?: TextOptions) => string | Inline[];

// Fast path: Latin with the punctuation of print, all of it in both base fonts, nothing invisible, nothing to reorder.
const PLAIN = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u024f\u2010-\u2015\u2018-\u2022\u2024-\u2027\u202f\u20ac]*$/;
const LONG = /[^\s\u200b-]{21,}/;
const LONG_PART = 15;
const SEPARATED = /(?<=[@._/:=&?,;|-])(?![@._/:=&?,;|-])/;
// An e-mail address breaks before its domain.
const MAIL = /(\S{4,}@)(?=\S{5,})/g;
const CHUNK = 10;
const BREAK = '\u200b';

/** A typesetter over a font book. */
export function typesetter(book: FontBook): Typesetter {
  return (text, options = {}) => {
    const { mono = false, most = 2_000, size = 9, width = 480, bold = false, direction = 'ltr' } = options;
    if (text.length <= most && PLAIN.test(text)) {
      return LONG.test(text) || text.includes('@') ? plainWithBreaks(text) : text;
    }
    const cut = capped(visibleClusters(text), most);
    const shaped = fitted(book, cut.clusters, mono);
    if (cut.more > 0) shaped.push({ text: ` … [cut: ${cut.more} more]`, family: 'Sans' });
    if (shaped.some((cluster) => isRightToLeft(cluster.text))) {
      return linesOf(book, shaped, { size, width, bold, direction });
    }
    return runsOf(withBreaks(shaped), mono ? 'Mono' : 'Sans');
  };
}

function fitted(book: FontBook, clusters: readonly { text: string; coded: boolean }[], mono: boolean): Shaped[] {
  const base: Family = mono ? 'Mono' : 'Sans';
  const whole = clusters.map((cluster) => cluster.text).join('');
  const order = familiesFor(whole, base);
  const shaped: Shaped[] = [];
  let previous: Family = base;
  for (const cluster of clusters) {
    const family: Family | null = cluster.coded ? base : familyOf(book, cluster.text, previous, order);
    if (family) {
      shaped.push({ text: cluster.text, family });
      previous = family;
    } else {
      // A script none of the fonts has: its codes stand for it, so that nothing disappears.
      for (const character of cluster.text) shaped.push({ text: codeOf(character), family: base });
      previous = base;
    }
  }
  return shaped;
}

/** Han characters are drawn as the rest of the text suggests: kana make it Japanese, hangul Korean. */
function familiesFor(text: string, base: Family): Family[] {
  const han: Family[] = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
    ? ['Japanese', 'Chinese', 'Korean']
    : /\p{Script=Hangul}/u.test(text)
      ? ['Korean', 'Chinese', 'Japanese']
      : ['Chinese', 'Japanese', 'Korean'];
  const first: Family[] = base === 'Mono' ? ['Mono', 'Sans'] : ['Sans'];
  return [...first, 'Arabic', 'Hebrew', 'Symbols', 'Symbols2', 'Math', ...han, 'Emoji'];
}

const PICTURE = /\p{Emoji_Presentation}|\p{Emoji}\ufe0f|\p{Regional_Indicator}/u;
const NEUTRAL = /^[\p{Script=Common}\p{Script=Inherited}]+$/u;
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

function familyOf(book: FontBook, cluster: string, previous: Family, order: readonly Family[]): Family | null {
  if (PICTURE.test(cluster) && book.covers('Emoji', cluster)) return 'Emoji';
  // Punctuation stays with the letters before it: the same full stop sits differently in Arabic and in Chinese.
  if (
    previous !== order[0] &&
    previous !== 'Emoji' &&
    NEUTRAL.test(cluster) &&
    !/^[!-~]/.test(cluster) &&
    book.covers(previous, cluster)
  ) {
    return previous;
  }
  const wanted = IDEOGRAPH.test(cluster)
    ? order.filter((f) => f !== 'Symbols' && f !== 'Symbols2' && f !== 'Math')
    : order;
  return wanted.find((family) => book.covers(family, cluster)) ?? null;
}

/** Joins clusters of one font; the base font needs no name, it is the document's or the cell's. */
function runsOf(shaped: readonly Shaped[], base: Family): Inline[] {
  const runs: Inline[] = [];
  let family: Family | null = null;
  for (const cluster of shaped) {
    const last = runs.at(-1);
    if (last && cluster.family === family) last.text += cluster.text;
    else runs.push(cluster.family === base ? { text: cluster.text } : { text: cluster.text, font: cluster.family });
    family = cluster.family;
  }
  return runs;
}

// Breaking unbroken text costs pdfmake the square of its length, and text without a break runs off the page: places to
// break in a long word, after its separators and else after every tenth character, serve both.
function plainWithBreaks(text: string): string {
  return text.replace(MAIL, `$1${BREAK}`).replace(new RegExp(LONG, 'g'), (word) =>
    word
      .split(SEPARATED)
      .map((part) => (part.length > LONG_PART ? part.replace(/.{10}(?=.)/g, `$&${BREAK}`) : part))
      .join(BREAK),
  );
}

function withBreaks(shaped: readonly Shaped[]): Shaped[] {
  const out: Shaped[] = [];
  for (let i = 0; i < shaped.length; ) {
    let end = i;
    while (end < shaped.length && !/^\s$/u.test(shaped[end]?.text ?? '')) end += 1;
    const long = end - i > 2 * CHUNK;
    let since = 0;
    for (let n = i; n < end; n += 1) {
      const cluster = shaped[n] as Shaped;
      since += 1;
      const next = shaped[n + 1]?.text ?? '';
      const breaks = long && n + 1 < end && (since === CHUNK || SEPARATED.test(cluster.text + next));
      // Codes are words by themselves, so that a row of them can break between any two.
      const coded = cluster.text.length > 3 && cluster.text.startsWith('[');
      if (breaks || coded) since = 0;
      out.push(breaks || coded ? { ...cluster, text: cluster.text + BREAK } : cluster);
    }
    if (end < shaped.length) out.push(shaped[end] as Shaped);
    i = end + 1;
  }
  return out;
}
