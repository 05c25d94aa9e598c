import bidiFactory from 'bidi-js';
import type { Family, FontBook } from './fonts.ts';
import type { Inline, Shaped } from './runs.ts';

// pdfmake sets every line from left to right. A line that holds Arabic or Hebrew is therefore broken and put into visual
// order here (Unicode Standard Annex #9) and handed over as one inline a run; pdfkit shapes each run as a whole.

const bidi = bidiFactory();

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1eeff}]/u;
const SLACK = 0.5;

type Placed = Shaped & { readonly level: number };

/** Whether the text has letters that run from right to left. */
export function isRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

export type LineOptions = {
  readonly size: number;
  readonly width: number;
  readonly bold: boolean;
  readonly direction: 'ltr' | 'auto';
};

/** Lines no wider than `width` points, each in visual order, with a line feed between them. */
export function linesOf(book: FontBook, shaped: readonly Shaped[], options: LineOptions): Inline[] {
  const text = shaped.map((cluster) => cluster.text).join('');
  const { levels } = bidi.getEmbeddingLevels(text, options.direction);
  let at = 0;
  const placed = shaped.map((cluster): Placed => {
    const level = levels[at] ?? 0;
    at += cluster.text.length;
    return { ...cluster, level };
  });
  const inlines: Inline[] = [];
  for (const line of brokenLines(book, placed, options)) {
    if (inlines.length > 0) inlines.push({ text: '\n' });
    inlines.push(...visualRuns(trimmed(line)));
  }
  return inlines;
}

function brokenLines(book: FontBook, placed: readonly Placed[], options: LineOptions): Placed[][] {
  const lines: Placed[][] = [];
  let line: Placed[] = [];
  let used = 0;
  for (const word of wordsOf(placed)) {
    const width = widthOf(book, trimmed(word), options);
    if (line.length > 0 && used + width > options.width - SLACK) {
      lines.push(line);
      line = [];
      used = 0;
    }
    if (width > options.width - SLACK) {
      // One word wider than the line: broken between clusters.
      for (const cluster of word) {
        const own = widthOf(book, [cluster], options);
        if (line.length > 0 && used + own > options.width - SLACK) {
          lines.push(line);
          line = [];
          used = 0;
        }
        line.push(cluster);
        used += own;
      }
    } else {
      line.push(...word);
      used += widthOf(book, word, options);
    }
  }
  if (line.length > 0) lines.push(line);
  return lines;
}

/** Words with the spaces after them. */
function wordsOf(placed: readonly Placed[]): Placed[][] {
  const words: Placed[][] = [];
  let word: Placed[] = [];
  for (const cluster of placed) {
    if (word.length > 0 && isSpace(word.at(-1)) && !isSpace(cluster)) {
      words.push(word);
      word = [];
    }
    word.push(cluster);
  }
  if (word.length > 0) words.push(word);
  return words;
}

function widthOf(book: FontBook, clusters: readonly Placed[], { size, bold }: LineOptions): number {
  let width = 0;
  for (const run of runsOf(clusters))
    width += book.width(run.family, bold, run.clusters.map((c) => c.text).join(''), size);
  return width;
}

type VisualRun = { readonly family: Family; readonly level: number; readonly clusters: Placed[] };

function runsOf(clusters: readonly Placed[]): VisualRun[] {
  const runs: VisualRun[] = [];
  for (const cluster of clusters) {
    const last = runs.at(-1);
    if (last && last.family === cluster.family && last.level === cluster.level) last.clusters.push(cluster);
    else runs.push({ family: cluster.family, level: cluster.level, clusters: [cluster] });
  }
  return runs;
}

function visualRuns(line: readonly Placed[]): Inline[] {
  return runsOf(reordered(line)).map(({ family, level, clusters }) => ({
    text: level % 2 === 1 ? leftwards(clusters) : clusters.map((c) => c.text).join(''),
    font: family,
    noWrap: true,
    fontFeatures: [],
    preserveLeadingSpaces: true,
    preserveTrailingSpaces: true,
  }));
}

/** Rule L2: from the highest level down to 1, every stretch at that level or above is reversed. */
function reordered(line: readonly Placed[]): Placed[] {
  const order = [...line];
  const highest = order.reduce((max, cluster) => Math.max(max, cluster.level), 0);
  for (let level = highest; level >= 1; level -= 1) {
    for (let i = 0; i < order.length; i += 1) {
      if ((order[i]?.level ?? 0) < level) continue;
      let end = i;
      while (end < order.length && (order[end]?.level ?? 0) >= level) end += 1;
      order.splice(i, end - i, ...order.slice(i, end).reverse());
      i = end;
    }
  }
  return order;
}

// The shaper wants letters in the order of speech and turns them itself; a run of neutrals alone it leaves as it is.
function leftwards(visual: readonly Placed[]): string {
  const spoken = [...visual].reverse().map((c) => bidi.getMirroredCharacter(c.text) ?? c.text);
  return isRightToLeft(spoken.join('')) ? spoken.join('') : spoken.reverse().join('');
}

function isSpace(cluster: Placed | undefined): boolean {
  return cluster !== undefined && /^\s$/u.test(cluster.text);
}

function trimmed(line: readonly Placed[]): readonly Placed[] {
  let end = line.length;
  while (end > 0 && isSpace(line[end - 1])) end -= 1;
  return line.slice(0, end);
}
