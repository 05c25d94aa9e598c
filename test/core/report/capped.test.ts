import { inflateSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { deflater } from '../../../src/main/core/report/deflate.ts';
import { number } from '../../../src/main/core/report/format.ts';
import type { ReportModel } from '../../../src/main/core/report/model.ts';
import type { Finding } from '../../../src/shared/finding.ts';
import { fakeReader, type Served } from './fake-reader.ts';
import { modelOf, render } from './make.ts';
import { missing, type PdfText, readPdf, squeezed } from './pdf-text.ts';
import { sampleQuarter } from './sample.ts';

// More exceptions, entries and changes than are printed one by one, some with rows taller than a page: nothing is lost.

const EXCEPTIONS = 262;
const EACH = 4;
// The first exception has more, so that the printed entries are used up before the printed exceptions are.
const FIRST = 24;
const ENTRIES = FIRST + (EXCEPTIONS - 1) * EACH;
// The first of those of which no entry is printed: 24 + 244 × 4 are exactly 1,000.
const IN_FILE_FROM = 246;
const IN_FULL = 250;
const ENTRIES_IN_FULL = 1_000;
const words = (n: number, word: string): string => Array.from({ length: n }, (_, i) => `${word}${i}`).join(' ');
const WHYS = new Map([
  [3, words(230, 'tall')],
  [7, `${'w'.repeat(1_900)} end-of-unbroken`],
  [11, words(4_000, 'huge')],
  [255, words(4_000, 'hidden')],
]);

function entryOf(n: number): Served {
  return {
    id: `log_${String(n).padStart(12, '0')}`,
    timestamp: new Date(Date.UTC(2026, 6, 2) + n * 300_000).toISOString(),
    actor: { id: `user_${n % 9}`, name: `Person ${n % 9}`, email: `p${n % 9}@example.com` },
    action: 'team.member_role_changed',
    target: { type: 'user', id: `user_${n}`, name: `Target ${n}` },
    context: { ip_address: '203.0.113.9', user_agent: 'curl/8', team_id: 'team_1', team_name: 'Core' },
    metadata: n % 100 === 0 ? { note: words(900, `m${n}x`) } : { from: 'member', to: 'admin' },
  };
}

describe('a report of more than is printed', () => {
  let model: ReportModel;
  let text: PdfText;
  let rows: (name: string) => Record<string, string>[];

  beforeAll(async () => {
    const reader = fakeReader({ entries: Array.from({ length: ENTRIES }, (_, n) => entryOf(n)) });
    const { rules } = sampleQuarter(0, 0);
    const findings = Array.from({ length: EXCEPTIONS }, (_, i): Finding => {
      const own = rules[i % 4] as (typeof rules)[number];
      const start = i === 0 ? 0 : FIRST + (i - 1) * EACH;
      const entries = Array.from({ length: i === 0 ? FIRST : EACH }, (_, n) => entryOf(start + n));
      const entryIds = entries.map(({ id }) => id);
      return {
        id: `finding-${String(i).padStart(4, '0')}`,
        rule: own.id,
        title: `${own.title} ${i}`,
        severity: 'high',
        technique: own.technique,
        controls: own.controls,
        actor: null,
        address: null,
        entryIds,
        entryKeys: entryIds.map((id) => reader.keyOf(id)),
        first: Date.parse(entries[0]?.timestamp ?? ''),
        last: Date.parse(entries.at(-1)?.timestamp ?? ''),
        why: WHYS.get(i) ?? `Because of ${i}.`,
      };
    });
    model = modelOf({ reader, findings, rules });
    text = await readPdf((await render(model)).bytes, { structure: false });
    rows = (name) => parse(Buffer.from(text.attachments.get(name) ?? []), { columns: true, bom: true });
  });

  it('has every exception whole in print or in exceptions.csv, and the first of them in both', () => {
    expect(model.exceptions).toHaveLength(EXCEPTIONS);
    const filed = new Map(rows('exceptions.csv').map((row) => [row.exception, row]));
    expect(filed.size).toBe(EXCEPTIONS);
    for (const { number: n, finding, entries, criteria } of model.exceptions) {
      expect(filed.get(`E-${n}`)).toMatchObject({
        severity: finding.severity,
        rule: finding.rule,
        title: finding.title,
        why: finding.why,
        criteria: criteria.join(' '),
        entries: String(entries.length),
      });
    }
    const printed = model.exceptions.slice(0, IN_FULL);
    expect(
      missing(
        text,
        printed.map(({ number: n, finding }) => `E-${n}${finding.title}`),
      ),
    ).toEqual([]);
    expect(
      missing(
        text,
        printed.filter(({ finding }) => finding.why.length < 100).map(({ finding }) => finding.why),
      ),
    ).toEqual([]);
    expect(missing(text, ['tall0', 'tall229', 'end-of-unbroken', 'huge0'])).toEqual([]);
    expect(text.run).not.toContain('hidden0');
  });

  it('has every entry of every exception in print or in exception-entries.csv, each field whole', () => {
    const pairs = model.exceptions.flatMap(({ number: n, entries }) => entries.map((entry) => [n, entry] as const));
    expect(pairs.length).toBe(ENTRIES);
    expect(rows('exception-entries.csv')).toEqual(
      pairs.map(([n, entry]) =>
        expect.objectContaining({
          exception: `E-${n}`,
          entry_id: entry.id,
          actor_email: entry.actor?.email,
          target_name: entry.target?.name,
          metadata: entry.details,
          raw_sha256: entry.sha256,
        }),
      ),
    );
    expect(
      missing(
        text,
        pairs.slice(0, ENTRIES_IN_FULL).map(([, entry]) => entry.id),
      ),
    ).toEqual([]);
  });

  it('has every privileged change in print or in privileged-changes.csv', () => {
    const changes = model.privileged.groups.flatMap((group) => group.entries.map((entry) => entry.id));
    expect(changes).toHaveLength(ENTRIES);
    expect(rows('privileged-changes.csv').map((row) => row.entry_id)).toEqual(changes);
    expect(missing(text, [...changes.slice(0, 1_000), `${number(changes.length - 1_000)} further changes`])).toEqual(
      [],
    );
  });

  it('says what is where, and counts by rule what it does not list', () => {
    const rest = model.exceptions.slice(IN_FULL);
    const where = `E-251 to E-262, with ${rest.length * EACH} entries, are in exceptions.csv and exception-entries.csv`;
    expect(text.run.split(squeezed(where))).toHaveLength(3);
    for (const { rule, exceptions } of model.rules.slice(0, 4)) {
      const own = model.exceptions.filter(({ finding }) => finding.rule === rule.id);
      const full = own.filter((one) => one.number <= IN_FULL).length;
      expect(own).toHaveLength(exceptions);
      // After the first and the last day of the row.
      expect(text.run).toMatch(
        new RegExp(
          `${rule.id}.{10,120}2026${full}${own.length}${own.reduce((sum, one) => sum + one.entries.length, 0)}`,
        ),
      );
    }
    expect(text.outside).toEqual([]);
    expect(text.orphans).toEqual([]);
    // Every printed exception has its place in the appendix, those that are there only as a row of a table, too.
    expect(text.deadLinks).toEqual([]);
    const rowsOf = model.exceptions.slice(IN_FILE_FROM - 1, IN_FULL);
    const table = text.run.slice(text.run.lastIndexOf(squeezed('Entries in exception-entries.csv alone')));
    expect(text.run.split(squeezed('Entries in exception-entries.csv alone')).length).toBeLessThanOrEqual(3);
    for (const { number: n, finding, entries } of rowsOf) {
      expect(text.run).toContain(squeezed(`E-${n}${finding.severity}${finding.title}${entries.length}`));
    }
    expect(table).toContain(`E-${IN_FULL}`);
  });
});

describe('a file that is deflated in parts', () => {
  it('inflates to all of them, its checksum right', () => {
    const parts = [0, 1, 3_799, 3_801, 700_000].map((size, n) =>
      Uint8Array.from({ length: size }, (_, i) => (i * (n + 3) * 2_654_435_761) >>> 24),
    );
    for (const some of [[], parts.slice(0, 1), parts, [new Uint8Array(100_000).fill(255)]]) {
      const packed = deflater();
      for (const part of some) packed.add(part);
      expect(Buffer.compare(inflateSync(packed.finish()), Buffer.concat(some))).toBe(0);
    }
  });
});
