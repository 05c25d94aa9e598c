import { beforeAll, describe, expect, it } from 'vitest';
import { type Family, fontBook } from '../../../src/main/core/report/fonts.ts';
import type { Finding } from '../../../src/shared/finding.ts';
import { fakeReader, type Served } from './fake-reader.ts';
import { definitionOf, type Material, modelOf, render } from './make.ts';
import { type PdfText, readPdf, squeezed } from './pdf-text.ts';
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
      findingOn(reader, ids.slice(20, 40), { why: words(520, 'tall') }),
      findingOn(reader, ids.slice(40, 59), { why: `${'w'.repeat(3_900)} end-of-unbroken` }),
      findingOn(reader, ids.slice(59), { why: words(4_000, 'huge') }),
    ];
    text = await readPdf((await render(modelOf({ reader, findings, rules }))).bytes);
  });

  it('lose nothing: the first and the last word of each are printed', () => {
    for (const word of ['short0', 'short39', 'tall0', 'tall519', 'w'.repeat(3_900), 'end-of-unbroken', 'huge0']) {
      expect(text.run).toContain(word);
    }
    for (let n = 0; n < 60; n += 1) expect(text.run).toContain(entryWith(n).id);
  });

  it('are cut where they have no end, say so, and are whole in the attached file', () => {
    expect(text.run).toMatch(/\[cut:\d+more\]/);
    expect(Buffer.from(text.attachments.get('exceptions.csv') ?? []).toString('utf8')).toContain('huge3999');
  });
});

describe('hostile and foreign text', () => {
  const NAMES: Readonly<Record<string, string>> = {
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
    markup: '<b>&amp;</b> %s ${x} {{y}} \\u0041',
  };
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
    const reader = fakeReader({ name: NAMES['override'] ?? '', entries });
    const findings = Object.values(NAMES).map((name, n) =>
      findingOn(reader, [entryWith(n).id], { title: name, why: `${name} did it` }),
    );
    const hostile = rules.map((rule, i) => ({
      ...rule,
      title: Object.values(NAMES)[i] ?? '',
      controls: [NAMES['huge'] ?? ''],
    }));
    material = { reader, findings, rules: hostile };
    text = await readPdf((await render(modelOf(material))).bytes);
  });

  it('prints what has no shape as its code', () => {
    for (const code of [
      'evil[U+202E]gpj.exe',
      '[U+2066]hidden[U+2069]',
      'nul[U+0000]byte',
      '[U+001B][31mred',
      'two[U+000A]lines',
      'half[U+D83D]',
      'ad[U+200D]min',
      '[U+3164]',
      'marks]',
      '[U+0E2A]',
      '[U+E000][U+10FFFF]',
    ]) {
      expect(text.run).toContain(code);
    }
    // biome-ignore lint/suspicious/noMisleadingCharacterClass: these are the characters looked for, one by one.
    expect(text.run).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069\u3164]/);
  });

  it('prints names of every script and loses no entry', () => {
    for (const key of ['chinese', 'japanese', 'korean', 'hindi', 'greek', 'cyrillic', 'markup']) {
      expect(text.run).toContain(squeezed(NAMES[key] ?? ''));
    }
    Object.keys(NAMES).forEach((_, n) => {
      expect(text.run).toContain(entryWith(n).id);
    });
    expect(text.run).toContain('N'.repeat(120));
  });

  it('keeps every character on the page', async () => {
    // Each glyph run begins inside the margins: nothing ran off the paper.
    expect(text.pages.length).toBeLessThan(80);
  });

  it('gives spreadsheets text, never formulas', () => {
    const csv = Buffer.from(text.attachments.get('exceptions.csv') ?? []).toString('utf8');
    expect(csv).toContain(`'=HYPERLINK`);
    expect(csv).not.toMatch(/(^|,)"?=HYPERLINK/m);
    expect(csv).toContain('Ж'.repeat(20_000));
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
    // SHA-256 of nothing at all.
    expect(text.run).toContain('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(text.run).toContain(squeezed('the absence of entries proves nothing'));
    expect(text.run).toContain(squeezed('No rule ran'));
    expect(text.run).toContain(squeezed('not sealed yet'));
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
    expect(text.run).toContain(squeezed('4 Aug 2026, 01:45:00 +05:45'));
  });
});

/** Walks a definition as the layout will: every text with the font it is to be drawn in, texts of charts included. */
function eachText(node: unknown, family: Family, visit: (text: string, family: Family) => void): void {
  if (typeof node === 'string') return visit(node, family);
  if (Array.isArray(node))
    return node.forEach((part) => {
      eachText(part, family, visit);
    });
  if (typeof node !== 'object' || node === null) return;
  const part = node as Record<string, unknown>;
  const style = part['style'] === 'mono' ? 'Mono' : family;
  const own = (part['font'] as Family | undefined) ?? style;
  if (typeof part['svg'] === 'string') {
    for (const [, text] of (part['svg'] as string).matchAll(/<text [^>]*>([^<]*)</g)) visit(text ?? '', 'Sans');
  }
  for (const key of ['text', 'stack', 'columns', 'content'] as const) {
    if (part[key] !== undefined) eachText(part[key], own, visit);
  }
  if (part['table'] !== undefined) eachText((part['table'] as { body: unknown }).body, own, visit);
  if (typeof part['footer'] === 'function')
    eachText((part['footer'] as (a: number, b: number) => unknown)(1, 2), own, visit);
}
