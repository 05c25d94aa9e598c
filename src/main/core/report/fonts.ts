import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// The fonts are npm packages of static TrueType files (SIL Open Font License), one folder a weight. They are found
// through Node's own resolution, so that source, build and packaged application find the same files.

const nodeRequire = createRequire(import.meta.url);

type FontFile = { readonly package: string; readonly stem: string; readonly normal: string; readonly bold: string };

const FILES = {
  Sans: { package: 'noto-sans', stem: 'NotoSans', normal: '400Regular', bold: '600SemiBold' },
  Mono: { package: 'noto-sans-mono', stem: 'NotoSansMono', normal: '400Regular', bold: '400Regular' },
  Arabic: { package: 'noto-sans-arabic', stem: 'NotoSansArabic', normal: '400Regular', bold: '700Bold' },
  Hebrew: { package: 'noto-sans-hebrew', stem: 'NotoSansHebrew', normal: '400Regular', bold: '700Bold' },
  Chinese: { package: 'noto-sans-sc', stem: 'NotoSansSC', normal: '400Regular', bold: '700Bold' },
  Japanese: { package: 'noto-sans-jp', stem: 'NotoSansJP', normal: '400Regular', bold: '700Bold' },
  Korean: { package: 'noto-sans-kr', stem: 'NotoSansKR', normal: '400Regular', bold: '700Bold' },
  Symbols: { package: 'noto-sans-symbols', stem: 'NotoSansSymbols', normal: '400Regular', bold: '700Bold' },
  Symbols2: { package: 'noto-sans-symbols-2', stem: 'NotoSansSymbols2', normal: '400Regular', bold: '400Regular' },
  Math: { package: 'noto-sans-math', stem: 'NotoSansMath', normal: '400Regular', bold: '400Regular' },
  Emoji: { package: 'noto-emoji', stem: 'NotoEmoji', normal: '400Regular', bold: '700Bold' },
} as const satisfies Record<string, FontFile>;

export type Family = keyof typeof FILES;
export const FAMILIES = Object.keys(FILES) as Family[];

/** What is used of fontkit, which comes without types. */
type FontkitFont = {
  readonly unitsPerEm: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  layout(text: string, features?: object): { readonly advanceWidth: number };
};

/** The fonts of a report: which characters each has, how wide text is, where the files lie. */
export type FontBook = {
  /**
   * Whether the family has a shape for every code point but joiners and selectors, which the shaper resolves, and the
   * shaper can put them together.
   */
  covers(family: Family, cluster: string): boolean;
  /** Width of shaped text in points. */
  width(family: Family, bold: boolean, text: string, size: number): number;
  /** Files by family and style, as pdfmake takes them. */
  readonly files: Readonly<Record<Family, { normal: string; bold: string; italics: string; bolditalics: string }>>;
};

const JOINERS = /^(\u200c|\u200d|[\ufe00-\ufe0f]|[\u{e0020}-\u{e007f}]|[\u{e0100}-\u{e01ef}])$/u;

// What stands beside an Arabic letter decides its form: alone, first, last, in the middle, and in ligatures.
const NEIGHBOURS = [
  ['', ''],
  ['', 'ب'],
  ['ب', ''],
  ['ب', 'ب'],
  ['ل', ''],
  ['', 'ا'],
] as const;

let book: FontBook | null = null;

/** The font book of this process. Files are read when first needed: the Chinese font alone has 10 MB. */
export function fontBook(): FontBook {
  book ??= createFontBook();
  return book;
}

function createFontBook(): FontBook {
  const fontkit = nodeRequire('fontkit') as { openSync(path: string): FontkitFont };
  const files = Object.fromEntries(
    FAMILIES.map((family) => {
      const [normal, bold] = [fileOf(FILES[family], 'normal'), fileOf(FILES[family], 'bold')];
      return [family, { normal, bold, italics: normal, bolditalics: bold }];
    }),
  ) as Record<Family, { normal: string; bold: string; italics: string; bolditalics: string }>;
  const open = new Map<string, FontkitFont>();
  const font = (path: string): FontkitFont => {
    let found = open.get(path);
    if (!found) {
      found = fontkit.openSync(path);
      open.set(path, found);
    }
    return found;
  };
  const known = new Map<string, boolean>();
  const has = (family: Family, character: string): boolean => {
    const key = family + character;
    let answer = known.get(key);
    if (answer === undefined) {
      answer = font(files[family].normal).hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
      known.set(key, answer);
    }
    return answer;
  };
  // The shaper throws at a mark for which the font has no place on that letter: U+0615 on most, U+06A2 by itself.
  const shapes = (family: Family, text: string): boolean => {
    const key = `shapes ${family}${text}`;
    let answer = known.get(key);
    if (answer === undefined) {
      const { normal, bold } = files[family];
      try {
        for (const [before, after] of family === 'Arabic' ? NEIGHBOURS : NEIGHBOURS.slice(0, 1)) {
          for (const path of [normal, bold]) font(path).layout(before + text + after, {});
        }
        answer = true;
      } catch {
        answer = false;
      }
      known.set(key, answer);
    }
    return answer;
  };
  return {
    files,
    covers(family, cluster) {
      const characters = [...cluster];
      for (const character of characters) {
        if (JOINERS.test(character)) continue;
        if (!has(family, character) || (family === 'Arabic' && !shapes(family, character))) return false;
      }
      return characters.length < 2 || shapes(family, cluster);
    },
    width(family, bold, text, size) {
      const face = font(bold ? files[family].bold : files[family].normal);
      return (face.layout(text, {}).advanceWidth / face.unitsPerEm) * size;
    },
  };
}

function fileOf(file: FontFile, style: 'normal' | 'bold'): string {
  const folder = dirname(nodeRequire.resolve(`@expo-google-fonts/${file.package}/package.json`));
  return join(folder, file[style], `${file.stem}_${file[style]}.ttf`);
}
