import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { number, shortDay } from '../../src/main/core/report/format.ts';
import { loadFramework } from '../../src/main/core/report/framework.ts';
import { selects } from '../../src/main/core/report/selector.ts';
import { CATEGORY_NAME } from '../../src/main/core/report/theme.ts';
import { CATEGORIES, describeAction } from '../../src/shared/action.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { missing, type PdfText, readPdf, squeezed } from '../core/report/pdf-text.ts';
import { logbook } from '../support/terminal.ts';

// Reports as the command writes them, over one archive. What is printed is compared with what `logbook count` says.

const NOW = '2026-08-20T12:00:00Z';
const DAYS = ['2026-08-03', '2026-08-04', '2026-08-05', '2026-08-06'];
const SPAN = ['--from', '2026-08-03', '--to', '2026-08-06', '--tz', 'Asia/Kathmandu'];
const ACTIONS = [
  'user.login',
  'user.login_failed',
  'tunnel.started',
  'tunnel.ip_allowlist_changed',
  'security.api_token_created',
  'team.member_role_changed',
  'billing.payment_method_updated',
  'workspace.theme_changed',
];
const CLI = new URL('../../src/main/cli/index.ts', import.meta.url).pathname;

const entry = (i: number): object => ({
  id: `log_${String(i).padStart(4, '0')}`,
  timestamp: new Date(Date.parse('2026-08-01T00:00:00Z') + i * 1_500_000).toISOString(),
  action: ACTIONS[(i * i + (i >> 3)) % ACTIONS.length],
  actor: { id: `u_${i % 7}`, name: `Person ${i % 7}`, email: `p${i % 7}@example.com` },
  target: { type: 'user', id: `u_${(i + 1) % 7}`, name: `Person ${(i + 1) % 7}` },
  context: { ip_address: `203.0.113.${i % 9}`, team_id: 't', team_name: 'Core' },
  metadata: {},
});

describe('logbook report', () => {
  let home: string;
  const common = ['--archive', 'a.logbook', '--passphrase-file', 'pass', '--json', '--now', NOW];
  const run = async (...args: string[]) => {
    const { code, out, err } = await logbook(home, [...args, ...common]);
    return { code, err, json: out === '' ? null : JSON.parse(out) };
  };
  /** What `logbook count` says to each query over its days, one batch for all: the archive is opened once. */
  const counts = async (asked: readonly (readonly [query: string, span?: readonly string[]])[]): Promise<number[]> => {
    const lines = asked.map(([query, span = SPAN]) => ['count', query, ...span].join(' '));
    const { out } = await logbook(home, ['batch', ...common], {}, undefined, [lines.join('\n')]);
    const totals = out
      .trim()
      .split('\n')
      .map((line): number => JSON.parse(line).total);
    expect(totals.map((total) => typeof total)).toEqual(asked.map(() => 'number'));
    return totals;
  };
  const pdf = (name: string): Promise<PdfText> => readPdf(readFileSync(join(home, name)), { structure: false });

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'logbook-test-'));
    writeFileSync(join(home, 'pass'), 'correct horse battery staple\n');
    writeFileSync(join(home, 'pin'), 'four words of wool\n');
    writeFileSync(join(home, 'log.json'), JSON.stringify(Array.from({ length: 420 }, (_, i) => entry(i))));
    await run('init');
    await run('import', 'log.json');
    expect(await run('report', '--template', 'soc2', ...SPAN, '--out', 'soc2.pdf')).toMatchObject({ code: 0 });
  }, 60_000);

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('prints of every category, action, day and criterion the figure of logbook count', async () => {
    const text = await pdf('soc2.pdf');
    const days = DAYS.map((day) => ['--from', day, '--to', day, '--tz', 'Asia/Kathmandu']);
    const [total = 0, ...more] = await counts([
      [''],
      ...CATEGORIES.map((category) => [`category:${category}`] as const),
      ...ACTIONS.map((action) => [`action:${action}`] as const),
      ...days.flatMap((span) => ['', ...CATEGORIES.map((one) => `category:${one}`)].map((q) => [q, span] as const)),
    ]);
    const byCategory = more.splice(0, CATEGORIES.length);
    const byAction = new Map(ACTIONS.map((action) => [action, more.shift() ?? 0]));
    expect(total).toBeGreaterThan(200);
    const wanted = [`Query from:2026-08-03 to:2026-08-06 tz:Asia/Kathmandu`, `Entries${number(total)}First entry`];
    // The question it prints for counting again, as it stands there.
    const again = /logbookcount--from([\d-]{10})--to([\d-]{10})--tz([\w/]+?)Entries/.exec(text.run);
    expect(again).not.toBeNull();
    const [, from = '', to = '', zone = ''] = again ?? [];
    expect(await counts([['', ['--from', from, '--to', to, '--tz', zone]]])).toEqual([total]);

    CATEGORIES.forEach((category, i) => {
      const n = byCategory[i] ?? 0;
      const share = `${((100 * n) / total).toFixed(1)} %`;
      if (n > 0) wanted.push(`${CATEGORY_NAME[category]}${number(n)}${share}`);
    });
    expect(byCategory.reduce((sum, n) => sum + n, 0)).toBe(total);

    for (const [action, n] of byAction) {
      wanted.push(`${action}${CATEGORY_NAME[describeAction(action).category]}${number(n)}`);
    }
    expect([...byAction.values()].reduce((sum, n) => sum + n, 0)).toBe(total);

    for (const day of DAYS) {
      const [all = 0, ...cells] = more.splice(0, 1 + CATEGORIES.length);
      wanted.push([shortDay(day), ...cells.map(number), number(all)].join(''));
    }

    const { criteria } = unwrap(loadFramework(join(import.meta.dirname, '../../resources'), 'soc2'));
    for (const criterion of criteria) {
      const own = ACTIONS.filter((action) => selects(criterion, action, describeAction(action)));
      const n = own.reduce((sum, action) => sum + (byAction.get(action) ?? 0), 0);
      wanted.push(`${criterion.id}${criterion.looksAt}${number(n)}`);
    }
    expect(missing(text, wanted)).toEqual([]);
    expect(text.run.match(/complian\w*/i)).toBeNull();
  }, 60_000);

  it('writes the same bytes in another process, time zone and locale, of evidence and of one person', async () => {
    const person = ['--template', 'person', '--person', 'p3@example.com', '--by', 'Marta', ...SPAN];
    await run('report', ...person, '--out', 'person.pdf');
    const lines = [['--template', 'soc2', ...SPAN], person].map(
      (order, i) => `${['report', ...order, '--out', `${i}.pdf`].join(' ')}\n`,
    );
    const env = { ...process.env, HOME: home, TZ: 'Pacific/Chatham', LC_ALL: 'cs_CZ.UTF-8', LANG: 'cs_CZ.UTF-8' };
    const there = promisify(execFile)(process.execPath, [CLI, 'batch', ...common], { cwd: home, env });
    there.child.stdin?.end(lines.join(''));
    await there;
    for (const [i, name] of ['soc2', 'person'].entries()) {
      expect(readFileSync(join(home, `${i}.pdf`)).equals(readFileSync(join(home, `${name}.pdf`)))).toBe(true);
    }
    const text = await pdf('person.pdf');
    expect(missing(text, ['p3@example.com'])).toEqual([]);
    expect(text.run.match(/complian\w*/i)).toBeNull();
    expect(await run('report', '--template', 'person', ...SPAN, '--out', 'x.pdf')).toMatchObject({ code: 2 });
  }, 120_000);

  it('of a signed review prints its sample, decisions, leavers and both signatures', async () => {
    const review = async (...args: string[]) => {
      const { code, err, json } = await run('review', ...args);
      expect([args[0], code, err]).toEqual([args[0], 0, '']);
      return json;
    };
    const person = (name: string, email: string) =>
      review('identity', '--create', '--name', name, '--email', email, '--pin-file', 'pin');
    await person('Marta Quintela', 'marta@example.com');
    await person('Daniel Osei', 'daniel@example.com');
    const by = ['--by', 'marta@example.com'];
    const { id, population } = await review('start', ...SPAN, ...by, '--framework', 'soc2');
    expect([population]).toEqual(await counts([['']]));
    await review('sample', id, '--size', '12', '--seed', '2026-August', ...by);
    writeFileSync(join(home, 'leavers.csv'), 'name;email;leaving date\nPerson 2;p2@example.com;2026-08-04\n');
    await review('leavers', 'leavers.csv', '--review', id, ...by);
    await review('decide', id, ...by, '--open', '--as', 'appropriate');
    await review('gaps', id, ...by, '--reason', 'Imported from files');
    for (const [who, role] of [
      ['marta', 'preparer'],
      ['daniel', 'reviewer'],
    ] as const)
      await review('sign', id, '--by', `${who}@example.com`, '--as', role, '--pin-file', 'pin');
    expect(await run('report', '--template', 'soc2', '--review', id, '--out', 'review.pdf')).toMatchObject({ code: 0 });
    const text = await pdf('review.pdf');
    const { manifest } = await review('open', id);
    expect(
      missing(text, [
        `Review ${id}`,
        '2026-August',
        `Every entry of the period was examined; of the ${number(population)} items of review ${id} people decided a sample of 12.`,
        `${number(population)} items, of which a sample of 12 was to be decided. 12 of 12 are decided`,
        'Person 2',
        'Marta Quintela',
        'Daniel Osei',
      ]),
    ).toEqual([]);
    expect(text.run).toContain(squeezed(manifest));
    expect(text.outside).toEqual([]);
    expect(text.orphans).toEqual([]);
    const other = ['--review', id, '--from', '2026-08-01', '--out', 'x.pdf'];
    expect(await run('report', '--template', 'soc2', ...other)).toMatchObject({ code: 2 });
  }, 60_000);
});
