import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/ports.ts';
import { logbook } from '../support/terminal.ts';

const NOW = '2026-10-15T12:00:00Z';
const failure = (i: number) => ({
  id: `f${i}`,
  timestamp: new Date(Date.parse('2026-10-14T10:00:00Z') + i * 30_000).toISOString(),
  action: 'user.login_failed',
  actor: { id: 'ines', name: 'Inês' },
  context: { ip_address: '203.0.113.9' },
});

describe('logbook triage', () => {
  it('writes down what is made of a finding, takes it back, and refuses what makes no sense', async () => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'pass'), 'correct horse battery staple\n');
    writeFileSync(join(home, 'log.json'), JSON.stringify(Array.from({ length: 12 }, (_, i) => failure(i))));
    const common = ['--archive', 'a.logbook', '--passphrase-file', 'pass', '--json', '--now', NOW];
    const run = async (...args: string[]) => {
      const { code, out, err } = await logbook(home, [...args, ...common]);
      return { code, err, json: out === '' ? null : JSON.parse(out) };
    };
    expect((await run('init')).code).toBe(0);
    expect((await run('import', 'log.json')).code).toBe(0);
    const [finding] = (await run('detect')).json.findings;
    expect(finding).toMatchObject({ status: 'open', history: [] });
    const say = (as: string, ...more: string[]) =>
      run('triage', finding.id, '--as', as, '--reason', 'A drill', '--by', 'Marta', ...more);
    expect(await say('accepted')).toMatchObject({ code: 2 });
    expect((await say('accepted', '--until', '2026-12-31')).json.findings).toEqual([
      { id: finding.id, status: 'accepted', again: null },
    ]);
    expect((await run('detect')).json.findings[0]).toMatchObject({
      status: 'accepted',
      decision: { by: 'Marta', reason: 'A drill', expires: '2027-01-01T00:00:00.000Z' },
    });
    expect((await say('undone')).json.findings[0].status).toBe('open');
    expect(await say('fine')).toMatchObject({ code: 2, err: expect.stringContaining('benign') });
    expect(await run('triage', 'F-none', '--as', 'benign', '--reason', 'x', '--by', 'Marta')).toMatchObject({
      code: 2,
      err: expect.stringContaining('F-none'),
    });
  });
});
