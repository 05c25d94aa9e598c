import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stamp } from '../../src/main/core/report/format.ts';
import { type Framework, loadFramework } from '../../src/main/core/report/framework.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { missing, type PdfText, readPdf, squeezed } from '../core/report/pdf-text.ts';
import { logbook } from '../support/terminal.ts';
import { EXPECTED, privileged } from './figures/expected.ts';
import { type Facts, factsOf, PERIOD, SPAN } from './figures/facts.ts';
import { NOW, reviewedArchive } from './figures/reviewed-archive.ts';
import { type Sections, sectionsOf, TITLES, type Title, unaccounted } from './figures/sections.ts';

// Every figure of an evidence report is one that a command tells: what a section prints is compared with it, and digits that
// nobody expected there fail the test as well.

describe('the figures of an evidence report', () => {
  let home: string;
  let facts: Facts;
  let framework: Framework;
  let text: PdfText;
  let sections: Sections;
  const section = (title: Title): string => sections.text.get(title) ?? '';

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'logbook-test-'));
    const run = await reviewedArchive(home);
    await run('report', '--template', 'soc2', ...SPAN, '--out', 'soc2.pdf');
    const counts = async (lines: readonly string[]): Promise<number[]> => {
      const common = ['--archive', 'org.logbook', '--json', '--now', NOW];
      const env = { LOGBOOK_PASSPHRASE: 'correct horse battery staple' };
      const { out } = await logbook(home, ['batch', ...common], env, undefined, [lines.join('\n')]);
      return out
        .trim()
        .split('\n')
        .map((line): number => JSON.parse(line).total);
    };
    facts = await factsOf(run, counts, home);
    framework = unwrap(loadFramework(join(import.meta.dirname, '../../resources'), 'soc2'));
    text = await readPdf(readFileSync(join(home, 'soc2.pdf')), { structure: false });
    sections = sectionsOf(text);
  }, 120_000);

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('are of a period with days of every state and findings of every kind', () => {
    expect(Object.values(facts.states).every((days) => days > 0)).toBe(true);
    const kinds = [facts.exceptions, facts.minor, facts.suppressed, facts.after, facts.cases];
    expect(kinds.every((kind) => kind.length > 0)).toBe(true);
    expect(facts.total).toBeGreaterThan(600);
    expect(facts.entries).toHaveLength(facts.total);
  });

  it.each([
    'Cover',
    'Management summary',
    'Scope, period and population',
    'Activity',
    'Evidence by criterion',
    'Triage log and incidents',
    'Monitoring: rules run',
    'Blind spots',
    'Sign-off',
    'Activity by day',
    'Coverage by day',
  ] as const)('of “%s” are those of the commands, and there are no others', (title) => {
    expect(unaccounted(section(title), EXPECTED[title]?.(facts, framework) ?? [])).toEqual([]);
  });

  it('of the exceptions are those of the commands, and each names the page of its entries', () => {
    const { pages } = text;
    const own = facts.exceptions.map(({ severity, title, entry_ids: ids }, i) => {
      const heading = squeezed(`E-${i + 1} ${severity} ${title}`);
      const page =
        1 +
        pages.findIndex(
          (page, n) =>
            n + 1 >= (sections.page.get('Entries behind the exceptions') ?? 0) && squeezed(page).includes(heading),
        );
      return `${ids.length} ${ids.length === 1 ? 'entry' : 'entries'}, appendix A, page ${page}`;
    });
    expect(unaccounted(section('Exceptions'), [...(EXPECTED.Exceptions?.(facts, framework) ?? []), ...own])).toEqual(
      [],
    );
  });

  it('of the contents are pages on which the sections begin, and rows of the files inside', () => {
    const pages = TITLES.map(([mark, title]) => `${mark} ${title} ${sections.page.get(title)}`);
    const files = filesIn(text).map(([name, rows]) => ({ name, rows }));
    const rows = files.map(({ name, rows: n }) => new RegExp(`${name}[^0-9]*?,${n}rows?`));
    expect(
      unaccounted(
        rows.reduce((rest, one) => rest.replace(one, '¦'), section('Contents')),
        pages,
      ),
    ).toEqual([]);
    expect(
      unaccounted(
        rows.reduce((rest, one) => rest.replace(one, '¦'), section('Method')),
        EXPECTED.Method?.(facts, framework) ?? [],
      ),
    ).toEqual([]);
    expect(Object.fromEntries(filesIn(text))).toMatchObject({
      'population.csv': facts.total,
      'exceptions.csv': facts.exceptions.length,
      'exception-entries.csv': facts.exceptions.flatMap(({ entry_ids: ids }) => ids).length,
      'privileged-changes.csv': privileged(facts, framework).total,
      'triage.csv': facts.findings.flatMap(({ history }) => history).length,
      'rules.csv': facts.rules.length,
      'coverage.csv': facts.coverage.length,
    });
  });

  it('of privileged changes are counts by action, and each change and entry stands there with its instant', () => {
    const { kinds, total, routine } = privileged(facts, framework);
    const words = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;
    const wanted = [
      `${words(total, 'change')} of roles`,
      ...kinds.map(({ title, count }) => `${title} ${count}`),
      ...kinds.filter(({ count }) => count > 0).map(({ title, count }) => `${title}: ${words(count, 'change')}`),
      `All ${total}`,
      `${routine} routine entries`,
    ];
    expect(wanted.map(squeezed).filter((one) => !section('Privileged changes').includes(one))).toEqual([]);
    const instants = new Map(facts.entries.map(({ id, timestamp }) => [id, Date.parse(timestamp)]));
    const row = (id: string): string => squeezed(`${stamp(instants.get(id) ?? 0, PERIOD.zone)}${id}`);
    const changes = rowsOf(text, 'privileged-changes.csv').map(({ entry_id: id = '' }) => id);
    expect(changes.filter((id) => !section('Privileged changes').includes(row(id)))).toEqual([]);
    const behind = facts.exceptions.flatMap(({ entry_ids: ids }) => ids as string[]);
    expect(behind.filter((id) => !section('Entries behind the exceptions').includes(row(id)))).toEqual([]);
    expect(missing(text, EXPECTED['Entries behind the exceptions']?.(facts, framework) ?? [])).toEqual([]);
  });

  it('of access are changes by action, the population of a review of access, and people, teams and origins of access.csv', () => {
    const all = rowsOf(text, 'access.csv');
    const end = all.filter(({ at }) => at === '2026-11-05T18:14:59.999Z');
    const start = all.filter(({ at }) => at === '2026-09-09T18:14:59.999Z');
    expect(end).toHaveLength(facts.access.population);
    const people = (rows: typeof all): number =>
      new Set(rows.map((row) => row.person_id || row.person_email || row.person_name)).size;
    const teams = new Set(
      all.filter((row) => row.team_id !== '' || row.team_name !== '').map((row) => row.team_id || row.team_name),
    ).size;
    const unknown = end.filter((row) => row.joined === '' && row.removed_before === '').length;
    expect(
      unaccounted(section('Access at the ends of the period'), [
        ...(EXPECTED['Access at the ends of the period']?.(facts, framework) ?? []),
        `${people(start)} people before 10 Sep 2026 and ${people(end)} at the end of 5 Nov 2026, in ${teams} teams.`,
        `Of ${facts.access.population} memberships at the end ${unknown} are of unknown origin`,
      ]),
    ).toEqual([]);
  });
});

function rowsOf(text: PdfText, name: string): Record<string, string>[] {
  return parse(Buffer.from(text.attachments.get(name) ?? []), { columns: true, bom: true });
}

function filesIn(text: PdfText): [name: string, rows: number][] {
  return [...text.attachments.keys()]
    .filter((name) => name.endsWith('.csv'))
    .map((name) => [name, rowsOf(text, name).length]);
}
