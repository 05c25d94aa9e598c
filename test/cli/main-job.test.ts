import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSimulator } from '../../src/main/core/simulator/server.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { temporaryFolder } from '../support/ports.ts';
import { logbook } from '../support/terminal.ts';

const NOW = '2026-10-15T12:00:00Z';
const ENV = { LOGBOOK_PASSPHRASE: 'correct horse battery staple' };

async function organisation(entries = 3_000, days = 40) {
  const server = unwrap(await startSimulator({ port: 0, entries, days, seed: 7, now: Date.parse(NOW) }));
  onTestFinished(() => server.close());
  return server;
}

async function synced() {
  const server = await organisation();
  const cwd = temporaryFolder();
  const run = (args: string[], env: Record<string, string> = {}) =>
    logbook(cwd, [...args, '--archive', 'org.logbook', '--now', NOW], { ...ENV, ...env });
  expect((await run(['init', '--json'])).code).toBe(0);
  const sync = () => run(['sync', '--url', server.url, '--json'], { JETTY_TOKEN: server.token });
  const first = await sync();
  expect(first.err).toBe('');
  expect(first.code).toBe(0);
  return { server, cwd, run, sync, first };
}

describe('the main job', () => {
  it('syncs everything the server holds, once', async () => {
    const { server, cwd, run, sync, first } = await synced();
    const truth = server.truth();
    expect(first.json()).toMatchObject({
      inserted: truth.served,
      changed: 0,
      rejected: 0,
      complete: true,
    });
    expect((await run(['count', '--json'])).json()).toEqual({ total: truth.served });
    expect((await sync()).json()).toMatchObject({ inserted: 0, changed: 0, complete: true });

    const out = join(cwd, 'all.ndjson');
    const exported = await run(['export', '--format', 'ndjson', '--out', out, '--json']);
    expect(exported.json()).toMatchObject({ format: 'ndjson', entries: truth.served });
    const served = await (await fetch(`${server.url}/truth/entries?served=1`)).text();
    const lines = (text: string): string[] => text.split('\n').sort();
    expect(lines(readFileSync(out, 'utf8'))).toEqual(lines(served));
  });

  it('gives one number for one filter, however it is asked', async () => {
    const { cwd, run } = await synced();
    for (const [query, flags] of [
      ['action:tunnel.* -team:Nobody', ['--action', 'tunnel.*']],
      ['category:authentication category:billing', ['--category', 'authentication', '--category', 'billing']],
      [
        'text:firefox from:2026-09-20 to:2026-09-27',
        ['--text', 'FIREFOX', '--from', '2026-09-20', '--to', '2026-09-27'],
      ],
      ['ip:0.0.0.0/0 last:7d', ['--ip', '0.0.0.0/0', '--last', '7d']],
    ] as const) {
      const asked = (await run(['count', query, '--json'])).json().total;
      expect((await run(['count', ...flags, '--json'])).json().total).toBe(asked);
      expect((await run(['search', query, '--json', '--limit', '1'])).json().total).toBe(asked);
      for (const [command, list] of [
        ['facets', 'values'],
        ['histogram', 'buckets'],
      ] as const) {
        const by = command === 'facets' ? 'action' : 'day';
        const rows = (await run([command, query, '--by', by, '--json'])).json()[list] as { count: number }[];
        expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(asked);
      }
      await run(['export', query, '--format', 'csv', '--out', 'set.csv']);
      expect(parse(readFileSync(join(cwd, 'set.csv')))).toHaveLength(Number(asked) + 1);
    }
  });

  it('pages through a search without losing or repeating an entry', async () => {
    const { run } = await synced();
    const seen: string[] = [];
    for (let next: unknown = null; ; ) {
      const page = (
        await run([
          'search',
          'category:security',
          '--limit',
          '50',
          '--json',
          ...(next === null ? [] : ['--after', String(next)]),
        ])
      ).json();
      seen.push(...(page.entries as { id: string }[]).map((entry) => entry.id));
      next = page.next;
      if (next === null) {
        expect(seen).toHaveLength(Number(page.total));
        break;
      }
    }
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('finds the planted attacks and reports them', async () => {
    const { server, cwd, run } = await synced();
    const detected = (await run(['detect', '--json'])).json();
    const findings = detected.findings as { severity: string; entry_ids: string[]; why: string; rule: string }[];
    for (const name of ['password-spray', 'brute-force-takeover']) {
      const story = server.truth().stories.find((one) => one.name === name);
      const found = findings.filter((finding) => finding.entry_ids.some((id) => story?.entry_ids.includes(id)));
      expect(found.length, name).toBeGreaterThan(0);
      expect(found.every((finding) => /\d/.test(finding.why))).toBe(true);
    }
    expect(
      findings.some((finding) => finding.rule === 'failures-then-success' && finding.severity === 'critical'),
    ).toBe(true);
    const period = ['--from', '2026-09-15', '--to', '2026-10-15'];
    const inPeriod = (await run(['count', ...period, '--json'])).json().total;
    for (const template of ['soc2', 'iso27001', 'hipaa', 'pci', 'gdpr']) {
      const out = `${template}.pdf`;
      const report = await run(['report', '--template', template, ...period, '--out', out, '--json']);
      expect(report.err).toBe('');
      expect(report.json()).toMatchObject({
        population: inPeriod,
        pages: expect.any(Number),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(readFileSync(join(cwd, out)).subarray(0, 5).toString()).toBe('%PDF-');
    }
    const unknown = await run(['report', '--template', 'sox', ...period, '--out', 'sox.pdf']);
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('soc2, iso27001, hipaa, pci, gdpr')]);
  });

  it('imports what it exported, adding nothing', async () => {
    const { server, cwd, run } = await synced();
    await run(['export', '--format', 'ndjson', '--out', 'all.ndjson']);
    const again = (await run(['import', 'all.ndjson', '--json'])).json();
    expect(again).toMatchObject({ files: 1, read: server.truth().served, inserted: 0, changed: 0, rejected: [] });
    writeFileSync(
      join(cwd, 'broken.ndjson'),
      '{"id":"x","timestamp":"2026-10-01T00:00:00Z","action":"user.login"}\n{"id":\n',
    );
    const broken = (await run(['import', 'broken.ndjson', '--json'])).json();
    expect(broken).toMatchObject({
      inserted: 1,
      rejected: [{ file: 'broken.ndjson', line: 2, reason: expect.any(String) }],
    });
  });
});
