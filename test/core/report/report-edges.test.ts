import { beforeAll, describe, expect, it } from 'vitest';
import { type Family, fontBook } from '../../../src/main/core/report/fonts.ts';
import type { Finding } from '../../../src/shared/finding.ts';
import { fakeReader, type Served } from './fake-reader.ts';
import { definitionOf, type Material, modelOf, render } from './make.ts';
import { missing, type PdfText, readPdf } from './pdf-text.ts';
import { sampleQuarter } from './sample.ts';

const DAY = '2026-08-04T10:00:00Z';

function entryWith(n: number, more: Partial<Served> = {}): Served {
  return {
    id: `log_${String(n).padStart(12, '0')}`,
    timestamp: DAY,
    actor: { id: 'user_1', name: 'Alice', email: 'alice@example.com' },
    action: 'team.member_role_changed',
    target: null,
    context: null,
    metadata: [],
    ...more,
  };
}

function findingOn(
  reader: ReturnType<typeof fakeReader>,
  ids: readonly string[],
  more: Partial<Finding> = {},
): Finding {
  return {
    id: `finding-${ids[0]}`,
    rule: 'self-grant',
    title: 'Role granted to oneself',
    severity: 'high',
    technique: null,
    controls: ['CC6.3'],
    actor: null,
    address: null,
    entryIds: ids,
    entryKeys: ids.map((id) => reader.keyOf(id)),
    first: Date.parse(DAY),
    last: Date.parse(DAY),
    why: 'Because.',
    ...more,
  };
}

const rules = sampleQuarter(0, 0).rules;

describe('rows taller than a page', () => {
  let text: PdfText;
  const words = (n: number, word: string): string => Array.from({ length: n }, (_, i) => `${word}${i}`).join(' ');

  beforeAll(async () => {
    const reader = fakeReader({ entries: Array.from({ length: 60 }, (_, n) => entryWith(n)) });
    const ids = Array.from({ length: 60 }, (_, n) => entryWith(n).id);
    const findings = [
      findingOn(reader, ids.slice(0, 20), { why: words(40, 'short') }),
      findingOn(reader, ids.slice(20, 40), { why: words(250, 'tall') }),
      findingOn(reader, ids.slice(40, 59), { why: `${'w'.repeat(1_900)} end-of-unbroken` }),
      findingOn(reader, ids.slice(59), { why: words(4_000, 'huge') }),
    ];
    text = await readPdf((await render(modelOf({ reader, findings, rules }))).bytes);
  });

  it('lose nothing: the first and the last word of each are printed', () => {
    const ends = ['short0', 'short39', 'tall0', 'tall249', 'end-of-unbroken', 'huge0'];
    const ids = Array.from({ length: 60 }, (_, n) => entryWith(n).id);
    expect(missing(text, [...ends, ...ids])).toEqual([]);
    // Broken over pages, with a footer between.
    const unbroken = text.run.match(/w{10,}/g) ?? [];
    expect(unbroken.join('').length).toBe(1_900);
    expect(text.outside).toEqual([]);
    expect(text.orphans).toEqual([]);
  });

  it('are cut where they have no end, say so, and are whole in the attached file', () => {
    expect(text.run.match(/\[cut:\d+more\]/)).not.toBeNull();
    expect(
      Buffer.from(text.attachments.get('exceptions.csv') ?? [])
        .toString('utf8')
        .includes('huge3999'),
    ).toBe(true);
  });
});

describe('hostile and foreign text', () => {
  const NAMES = {
    override: 'evil\u202Egpj.exe',
    isolate: '\u2066hidden\u2069',
    nul: 'nul\u0000byte',
    escape: '\u001b[31mred',
    newline: 'two\nlines',
    surrogate: 'half\ud83d',
    joiner: 'ad\u200Dmin',
    filler: '\u3164',
    zalgo: `z${'\u0301'.repeat(500)}`,
    unbroken: 'N'.repeat(300),
    huge: 'Ж'.repeat(20_000),
    formula: '=HYPERLINK("http://example.com")',
    thai: 'สมชาย',
    arabic: 'محمد علي',
    hebrew: 'שרה כהן',
    chinese: '王小明',
    japanese: '田中さくら',
    korean: '김철수',
    hindi: 'अनिता',
    greek: 'Ελένη',
    cyrillic: 'Наталія',
    emoji: '👩‍💻🇩🇪',
    private: '\ue000\u{10ffff}',
    markup: '<b>&amp;</b> %s {{y}} \\u0041',
  } as const;
  let material: Material;
  let text: PdfText;

  beforeAll(async () => {
    const entries = Object.entries(NAMES).map(([key, name], n) =>
      entryWith(n, {
        actor: { id: key, name, email: name },
        target: { type: name, id: name, name },
        context: { ip_address: name, user_agent: name, team_id: name, team_name: name },
        metadata: { [name]: name },
        ...(n % 2 === 0 ? {} : { action: `security.${name}` }),
      }),
    );
    // Each is removed from a team, and seen in it again.
    const team = { ip_address: null, user_agent: null, team_id: 't', team_name: 'N'.repeat(300) };
    Object.entries(NAMES).forEach(([key, name], i) => {
      const n = 100 + 2 * i;
      const gone = { action: 'team.member_removed', target: { type: 'user', id: key, name }, context: team };
      entries.push(entryWith(n, gone));
      const seen = { action: 'user.login', actor: { id: key, name, email: null }, context: team };
      entries.push(entryWith(n + 1, { ...seen, timestamp: '2026-08-05T10:00:00Z' }));
    });
    const reader = fakeReader({ name: NAMES.override, entries });
    const findings = Object.values(NAMES).map((name, n) =>
      findingOn(reader, [entryWith(n).id], { title: name, why: `${name} did it` }),
    );
    const hostile = rules.map((rule, i) => ({
      ...rule,
      title: Object.values(NAMES)[i] ?? rule.title,
      controls: [NAMES.huge],
    }));
    material = { reader, findings, rules: hostile };

    text = await readPdf((await render(modelOf(material))).bytes);
  });

  it('prints what has no shape as its code', () => {
    const codes = [
      'evil[U+202E]gpj.exe',
      '[U+2066]hidden[U+2069]',
      'nul[U+0000]byte',
      '[U+001B][31mred',
      'two[U+000A]lines',
      'half[U+D83D]',
      'ad[U+200D]min',
      '[U+3164]',
      '+495 marks]',
      '[U+0E2A][U+0E21]',
      '[U+E000][U+10FFFF]',
    ];
    expect(missing(text, codes)).toEqual([]);
    expect(text.run.match(/[\u0000\u001b\u202a-\u202e\u2066-\u2069\u3164]/)).toBeNull();
  });

  it('prints names of every script and loses no entry', () => {
    // Arabic, Hebrew and Devanagari are drawn in an order that a reader of the text does not undo: see typesetting.test.ts.
    const names = (['chinese', 'japanese', 'korean', 'greek', 'cyrillic', 'markup', 'emoji'] as const).map(
      (key) => NAMES[key],
    );
    const ids = Object.keys(NAMES).map((_, n) => entryWith(n).id);
    expect(missing(text, [...names, ...ids, 'N'.repeat(120)])).toEqual([]);
  });

  it('names everybody who was removed and seen since, whatever the script', () => {
    const since = text.run.slice(text.run.lastIndexOf('Removed,andseenactingsince'));
    expect(since.match(/Removed4Aug2026,lastseen5Aug2026:/g)).toHaveLength(Object.keys(NAMES).length);
  });

  it('keeps every text within the margins', () => {
    expect(text.outside).toEqual([]);
    expect(text.orphans).toEqual([]);
  });

  it('gives spreadsheets text, never formulas', () => {
    const csv = Buffer.from(text.attachments.get('exception-entries.csv') ?? []).toString('utf8');
    expect(csv.includes(`'=HYPERLINK`)).toBe(true);
    expect(csv.match(/(^|,)"?=HYPERLINK/m)).toBeNull();
    expect(csv.includes('Ж'.repeat(20_000))).toBe(true);
  });

  it('asks of each font only what it can draw, in the template as in the data', () => {
    const fonts = fontBook();
    const lacking = new Set<string>();
    eachText(definitionOf(modelOf(material)), 'Sans', (value, family) => {
      for (const character of value) {
        if (character !== '\n' && !fonts.covers(family, character)) lacking.add(`${family} ${character}`);
      }
    });
    expect([...lacking]).toEqual([]);
  });
});

describe('a period without entries', () => {
  it('says that absence proves nothing where days are not complete', async () => {
    const model = modelOf({ reader: fakeReader({ entries: [] }), findings: [], rules: [] }, { head: null });
    const pdf = await render(model);
    const text = await readPdf(pdf.bytes);
    expect(model.population).toMatchObject({ count: 0, first: null, last: null });
    expect(
      missing(text, [
        // SHA-256 of nothing at all.
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        'the absence of entries proves nothing',
        'No rule ran',
        'not sealed yet',
      ]),
    ).toEqual([]);
    expect(pdf.pages).toBeGreaterThan(10);
  });

  it('reports a single day in a zone east of Greenwich', async () => {
    const reader = fakeReader({ entries: [entryWith(1, { timestamp: '2026-08-03T20:00:00Z' }), entryWith(2)] });
    const model = modelOf(
      { reader, findings: [], rules },
      { zone: 'Asia/Kathmandu', fromDay: '2026-08-04', toDay: '2026-08-04' },
    );
    expect(model.population.count).toBe(2);
    expect(model.coverage.days.map((day) => day.day)).toEqual(['2026-08-03', '2026-08-04']);
    const text = await readPdf((await render(model)).bytes);
    expect(missing(text, ['4 Aug 2026, 01:45:00 +05:45'])).toEqual([]);
  });
});

type Node = {
  readonly style?: string;
  readonly font?: Family;
  readonly svg?: string;
  readonly table?: { readonly body: unknown };
  readonly footer?: (page: number, pages: number) => unknown;
  readonly text?: unknown;
  readonly stack?: unknown;
  readonly columns?: unknown;
  readonly content?: unknown;
};

/** Walks a definition as the layout will: every text with the font it is to be drawn in, texts of charts included. */
function eachText(node: unknown, family: Family, visit: (text: string, family: Family) => void): void {
  if (typeof node === 'string') {
    visit(node, family);
  } else if (Array.isArray(node)) {
    for (const part of node) eachText(part, family, visit);
  } else if (typeof node === 'object' && node !== null) {
    const part = node as Node;
    const own = part.font ?? (part.style === 'mono' ? 'Mono' : family);
    for (const [, text = ''] of part.svg?.matchAll(/<text [^>]*>([^<]*)</g) ?? []) visit(text, 'Sans');
    for (const inner of [part.text, part.stack, part.columns, part.content, part.table?.body, part.footer?.(1, 2)]) {
      eachText(inner, own, visit);
    }
  }
}
