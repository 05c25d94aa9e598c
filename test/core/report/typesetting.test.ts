import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Family, fontBook } from '../../../src/main/core/report/fonts.ts';
import { type Inline, typesetter } from '../../../src/main/core/report/runs.ts';
import { visibleClusters } from '../../../src/main/core/report/visible.ts';

const fonts = fontBook();
const set = typesetter(fonts);

function runsOf(text: string, options = {}): Inline[] {
  const result = set(text, options);
  return typeof result === 'string' ? [{ text: result }] : result;
}

const shown = (text: string, options = {}): string =>
  runsOf(text, options)
    .map((run) => run.text)
    .join('')
    .replaceAll('\u200b', '');

describe('setting text of unknown origin', () => {
  it('leaves plain Latin as it is', () => {
    expect(set('Łódź, “Größe” – 25\u202f104 €')).toBe('Łódź, “Größe” – 25\u202f104 €');
  });

  it.each([
    ['王小明', ['Chinese']],
    ['田中さくら 直', ['Japanese']],
    ['김철수', ['Korean']],
    ['Ελένη Наталія अनिता', [undefined]],
    ['ok 👩‍💻', [undefined, 'Emoji']],
    ['محمد', ['Arabic']],
    ['שרה', ['Hebrew']],
  ] as const)('draws %s in a font that has it', (text, families) => {
    expect(runsOf(text).map((run) => run.font)).toEqual(families);
  });

  it('keeps joiners where the script or the picture needs them, and names them elsewhere', () => {
    expect(shown('می‌خواهم')).toContain('\u200c');
    expect(shown('👩‍💻')).toBe('👩‍💻');
    expect(shown('ad\u200dmin')).toBe('ad[U+200D]min');
    expect(shown('pay\u200cpal')).toBe('pay[U+200C]pal');
  });

  it('gives long words places to break, after separators first', () => {
    expect(set('accounting@production.example.com')).toBe('accounting@\u200bproduction.\u200bexample.\u200bcom');
    expect(set('jo-37@example.org')).toBe('jo-37@\u200bexample.org');
    expect(set('x'.repeat(25))).toBe(`${'x'.repeat(10)}\u200b${'x'.repeat(10)}\u200bxxxxx`);
    const cyrillic = runsOf('Ж'.repeat(25))
      .map((run) => run.text)
      .join('');
    expect(cyrillic.split('\u200b').map((part) => part.length)).toEqual([10, 10, 5]);
  });

  it('cuts what is too long and says how much is left', () => {
    expect(shown('Ж'.repeat(500), { most: 100 })).toBe(`${'Ж'.repeat(100)} … [cut: 400 more]`);
  });

  it('shows every kind of character or names it, and asks no font for what it lacks', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(anything, fc.boolean(), (text, mono) => {
        for (const run of runsOf(text, { mono, width: 90, size: 8 })) {
          const family: Family = run.font ?? (mono ? 'Mono' : 'Sans');
          for (const character of run.text) {
            if (character !== '\n') expect(fonts.covers(family, character)).toBe(true);
          }
          expect(run.text.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)).toBeNull();
        }
      }),
      { numRuns: 300 },
    );
  });

  it('names what the shaper cannot put together, in every form of a letter, and can measure all the rest', () => {
    expect(shown('ڢ')).toBe('[U+06A2]');
    const letters = Array.from({ length: 0x180 }, (_, i) => String.fromCodePoint(0x600 + i));
    for (const one of letters) {
      for (const text of [one, `${one}ب`, `ب${one}`, `ب${one}ب`, `ل${one}`, `${one}َ`, `ب${one}ٕب`, `لَ${one}َا`]) {
        for (const run of runsOf(text, { width: 90, size: 8 })) {
          expect(fonts.width(run.font ?? 'Sans', false, run.text, 8)).toBeGreaterThanOrEqual(0);
        }
      }
    }
    expect(runsOf('محمد علي حسن').some((run) => run.font !== 'Arabic' && run.text.includes('['))).toBe(false);
  });

  it('loses nothing: clusters without codes are the text without its invisible characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const clusters = visibleClusters(text);
        const codes = clusters.filter((cluster) => cluster.coded).length;
        const kept = clusters
          .filter((cluster) => !cluster.coded)
          .map((cluster) => cluster.text)
          .join('');
        expect(kept.length + codes).toBeGreaterThanOrEqual(kept === text ? text.length : 1);
        if (codes === 0) expect(kept).toBe(text);
      }),
    );
  });
});

describe('lines that run from right to left', () => {
  const lines = (text: string, options: object): string[] =>
    runsOf(text, options)
      .map((run) => run.text)
      .join('')
      .split('\n');
  const order = (text: string, options: object): string[] =>
    runsOf(text, options)
      .map((run) => run.text.trim())
      .filter((run) => run !== '');

  it('stand in visual order, letters of a word in the order of speech for the shaper', () => {
    expect(order('Owner: محمد علي (ID 1234) approved', { width: 400 })).toEqual([
      'Owner:',
      'محمد علي',
      '(ID 1234) approved',
    ]);
  });

  it('take their direction from the first letter of a name, with brackets mirrored', () => {
    expect(order('שרה כהן (Ops)', { width: 400, direction: 'auto' })).toEqual(['(', 'Ops', ')', 'שרה כהן']);
    // Within the Hebrew line the opening bracket stands right of “Ops” and is drawn as a closing one.
    expect(order('שרה כהן (Ops)', { width: 400 })).toEqual(['שרה כהן', '(Ops)']);
  });

  it('are no wider than they may be', () => {
    const text = 'مراجعة الوصول إلى قاعدة البيانات '.repeat(6).trim();
    const broken = lines(text, { width: 120, size: 8, direction: 'auto' });
    expect(broken.length).toBeGreaterThan(3);
    for (const line of broken) expect(fonts.width('Arabic', false, line, 8)).toBeLessThanOrEqual(120);
    expect(broken.join(' ').replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''));
  });

  it('break a word that is wider than a line', () => {
    const broken = lines('م'.repeat(200), { width: 60, size: 8 });
    expect(broken.length).toBeGreaterThan(5);
    expect(broken.join('')).toBe('م'.repeat(200));
  });
});
