import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printQuery } from '../../src/shared/filter/print.ts';
import { anyFilter } from '../properties/support/hostile.ts';
import { temporaryFolder } from '../support/ports.ts';
import { type Document, logbook } from '../support/terminal.ts';

const NOW = '2026-10-15T12:00:00Z';
const ENV = { LOGBOOK_PASSPHRASE: 'correct horse battery staple' };

async function newRoom() {
  const cwd = temporaryFolder();
  const run = (args: string[]) => logbook(cwd, [...args, '--archive', 'org.logbook', '--now', NOW], ENV);
  await run(['init']);
  const entries = Array.from({ length: 60 }, (_, i) => ({
    id: `log_${i}`,
    timestamp: new Date(Date.parse(NOW) - i * 3_600_000).toISOString(),
    actor: { id: `user_${i % 3}`, name: ['Ana Ünal', 'Bob "the" O’Neil', '-dash'][i % 3], email: null },
    action: ['user.login', 'tunnel.deleted', 'team.member_added'][i % 3],
    context: { ip_address: `203.0.113.${i % 4}`, user_agent: 'x', team_id: null, team_name: null },
    metadata: { note: 'out of hours', big: i },
  }));
  writeFileSync(join(cwd, 'some.json'), JSON.stringify(entries));
  await run(['import', 'some.json']);
  const batch = async (
    lines: readonly string[],
    args: string[] = ['--archive', 'org.logbook', '--now', NOW],
    env = ENV,
  ) => {
    const ran = await logbook(cwd, ['batch', ...args], env, undefined, [lines.join('\n')]);
    return {
      ...ran,
      answers: ran.out
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Document),
    };
  };
  return { cwd, run, batch };
}

describe('logbook batch', () => {
  it('answers each line with the document of the command alone, its exit and its time', async () => {
    const { run, batch } = await newRoom();
    const lines = [
      'count action:tunnel.*',
      'count --action tunnel.deleted --last 24h',
      'search \'"out of hours" -actor:user_1\' --limit 2',
      'facets --by actor "out of hours"',
      'histogram --by day',
      'coverage',
      'detect',
      'rules',
      'key status',
    ];
    const { code, err, answers } = await batch(lines);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const alone = [
      ['count', 'action:tunnel.*'],
      ['count', '--action', 'tunnel.deleted', '--last', '24h'],
      ['search', '"out of hours" -actor:user_1', '--limit', '2'],
      ['facets', '--by', 'actor', 'out of hours'],
      ['histogram', '--by', 'day'],
      ['coverage'],
      ['detect'],
      ['rules'],
      ['key', 'status'],
    ];
    for (const [i, args] of alone.entries()) {
      const { exit, ms, ...rest } = answers[i] ?? {};
      const { ms: _own, ...wanted } = (await run([...args, '--json'])).json();
      expect(rest, lines[i]).toEqual(wanted);
      expect(exit).toBe(0);
      expect(ms).toBeGreaterThan(0);
    }
  });

  it('keeps raw entries byte for byte', async () => {
    const { cwd, run } = await newRoom();
    const odd =
      '{"id":"odd","timestamp":"2026-10-15T11:59:00Z","action":"x.y","metadata":{"n":12345678901234567890,"f":1.0}}';
    writeFileSync(join(cwd, 'odd.ndjson'), odd);
    await run(['import', 'odd.ndjson']);
    const { out } = await logbook(cwd, ['batch', '--archive', 'org.logbook'], ENV, undefined, ['search action:x.y\n']);
    expect(out).toContain(odd);
  });

  it('goes on after a failure, and tells it as a document', async () => {
    const { batch } = await newRoom();
    const { code, answers } = await batch([
      'count acton:user.login',
      'frobnicate',
      'count --colour red',
      'count "unclosed',
      'facets',
      'count --passphrase-file nowhere.txt',
      'count --archive nowhere.logbook',
      'simulate',
      'batch',
      '',
      '# a comment',
      'count --help',
      'count',
    ]);
    expect(code).toBe(0);
    expect(answers.map((answer) => answer.exit)).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0]);
    for (const { error } of answers.slice(0, 9)) {
      expect(error).toEqual({
        code: expect.any(String),
        message: expect.stringMatching(/.{10,}/),
        hint: expect.stringMatching(/.{5,}/),
      });
      expect(error.message).not.toMatch(/^(error|logbook):/);
    }
    expect(answers[9]?.help).toContain('Usage: logbook count');
    expect(answers[10]).toMatchObject({ total: 60 });
  });

  it('does not let a wrong passphrase in because the right one was there before', async () => {
    const { cwd, batch } = await newRoom();
    writeFileSync(join(cwd, 'wrong.txt'), 'wrong\n');
    const { answers } = await batch(['count', 'count --passphrase-file wrong.txt', 'count']);
    expect(answers.map((answer) => answer.exit)).toEqual([0, 6, 0]);
  });

  it('writes beside its own reader, and reads what was written', async () => {
    const { cwd, batch } = await newRoom();
    writeFileSync(join(cwd, 'more.json'), JSON.stringify([{ id: 'more', timestamp: NOW, action: 'user.login' }]));
    const { answers } = await batch(
      [
        'count',
        'import more.json',
        'count',
        'sync --url http://127.0.0.1:9 --plan harbor',
        'key rekey',
        'count',
        'export --format csv --out all.csv',
        'init --archive second.logbook',
        'import more.json --archive second.logbook',
        'count --archive second.logbook',
      ],
      ['--archive', 'org.logbook'],
      { ...ENV, JETTY_TOKEN: 'jetty_0000000000000000' } as typeof ENV,
    );
    expect(answers.map((answer) => answer.exit)).toEqual([0, 0, 0, 4, 0, 0, 0, 0, 0, 0]);
    expect([0, 2, 5, 9].map((i) => answers[i]?.total)).toEqual([60, 61, 61, 1]);
    expect(answers[3]).toMatchObject({ error: { code: 'network' }, complete: false, inserted: 0 });
    expect(readFileSync(join(cwd, 'all.csv'), 'utf8').split('\r\n')).toHaveLength(63);
  });

  it('gives the same number by query, flags, other commands and alone', async () => {
    const { run, batch } = await newRoom();
    const filters = fc.sample(anyFilter, { numRuns: 60, seed: 7 });
    const quoted = (text: string): string => `'${text.replaceAll("'", `'"'"'`)}'`;
    // A line break cannot stand in a line; everything else can.
    const queries = filters.map(printQuery).filter((query) => !/[\n\r]/.test(query));
    expect(queries.length).toBeGreaterThan(30);
    const { answers } = await batch(
      queries.flatMap((query) => [
        `count ${quoted(query)}`,
        `search ${quoted(query)} --limit 1`,
        `facets ${quoted(query)} --by action`,
        `histogram ${quoted(query)} --by hour`,
      ]),
    );
    const sum = (rows: readonly { count: number }[]): number => rows.reduce((total, row) => total + row.count, 0);
    for (const [i, query] of queries.entries()) {
      const [count, search, facets, histogram] = answers.slice(i * 4, i * 4 + 4);
      const alone = await run(['count', query, '--json']);
      if (alone.code !== 0) {
        expect(count?.exit, query).toBe(alone.code);
        continue;
      }
      const { total } = alone.json();
      expect([count?.total, search?.total, sum(facets?.values), sum(histogram?.buckets)], query).toEqual(
        Array(4).fill(total),
      );
    }
    for (const [query, flags] of [
      ['action:tunnel.* actor:user_1', ['--action', 'tunnel.*', '--actor', 'user_1']],
      ['actor:user_0 actor:user_1 ip:203.0.113.2', ['--actor', 'user_0', '--actor', 'user_1', '--ip', '203.0.113.2']],
      ['text:"out of hours" last:24h', ['--text', 'out of hours', '--last', '24h']],
      ['actor:-dash', ['--actor', '-dash']],
      [
        'category:team from:2026-10-14 to:2026-10-15',
        ['--category', 'team', '--from', '2026-10-14', '--to', '2026-10-15'],
      ],
    ] as const) {
      const total = (await run(['count', query, '--json'])).json().total;
      expect(total).toBeGreaterThan(0);
      expect((await run(['count', ...flags, '--json'])).json().total, query).toBe(total);
      expect((await run(['count', ...query.split(' '), '--json'])).json().total, query).toBe(total);
    }
  });
});
