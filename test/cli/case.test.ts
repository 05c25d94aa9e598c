import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/ports.ts';
import { logbook } from '../support/terminal.ts';

const NOW = '2026-10-15T12:00:00Z';
const entry = (i: number, rest: object = {}) => ({
  id: `log_${i}`,
  timestamp: new Date(Date.parse('2026-07-01T08:00:00Z') + i * 60_000).toISOString(),
  action: i % 5 === 0 ? 'user.login_failed' : 'user.login',
  actor: { id: 'u_ines', name: '=Inês', email: 'ines@example.com' },
  context: { ip_address: '203.0.113.9' },
  ...rest,
});

async function prepared() {
  const home = temporaryFolder();
  const write = (name: string, content: string) => writeFileSync(join(home, name), content);
  write('pass', 'correct horse battery staple\n');
  write('log.json', JSON.stringify(Array.from({ length: 40 }, (_, i) => entry(i))));
  const common = ['--archive', 'a.logbook', '--passphrase-file', 'pass', '--json', '--now'];
  const at = async (now: string, ...args: string[]) => {
    const { code, out, err } = await logbook(home, [...args, ...common, now]);
    return { code, err, json: out === '' ? null : JSON.parse(out) };
  };
  const run = (...args: string[]) => at(NOW, ...args);
  await run('init');
  await run('import', 'log.json');
  return { home, write, run, at };
}

const BY = ['--by', 'Marta'];

describe('logbook case', () => {
  it('keeps an investigation from its opening to its exports, which hold what is pinned, in order, notes included', async () => {
    const { home, write, run } = await prepared();
    const { id } = (await run('case', 'open', 'Guessing', '--severity', 'high', ...BY)).json;
    const pinned = await run('case', 'pin', id, 'action:user.login_failed', '--phase', 'initial_access', ...BY);
    expect(pinned).toMatchObject({ code: 0, json: { pinned: 8 } });
    await run('case', 'note', id, 'She called the desk', '--at', '2026-07-01T08:12:00Z', '--source', 'Phone', ...BY);
    write('proxy.csv', 'time;message\n2026-07-01 10:03:00;=cmd()\nyesterday;nothing\n2026-07-01T08:04:30Z;seen\n');
    const foreign = await run('case', 'import', id, 'proxy.csv', '--tz', 'Europe/Lisbon', ...BY);
    expect(foreign.json).toMatchObject({ read: 3, added: 2, rejected: [{ line: 3 }] });
    const first = (await run('case', 'show', id)).json.timeline[0];
    await run('case', 'note', id, '-first try', '--event', first.id, ...BY);
    write('story.txt', `It began with [${first.id}].`);
    expect((await run('case', 'story', id, 'story.txt', ...BY)).code).toBe(0);

    const { timeline, story, missing } = (await run('case', 'show', id)).json;
    expect(timeline.map((one: { ts: string }) => one.ts)).toEqual(
      timeline.map((one: { ts: string }) => one.ts).toSorted(),
    );
    expect(
      timeline.filter((one: { kind: string }) => one.kind === 'foreign').map((one: { ts: string }) => one.ts),
    ).toEqual(['2026-07-01T08:04:30.000Z', '2026-07-01T09:03:00.000Z']);
    expect(story.citations).toEqual([{ event: first.id, state: 'holds' }]);
    expect(missing.length).toBeGreaterThan(0);
    expect((await run('count')).json.total).toBe(40);

    const csv = await run('case', 'export', id, '--format', 'csv', '--out', 't.csv', '--sidecar', ...[]);
    expect(csv.json).toMatchObject({ events: 11 });
    const text = readFileSync(join(home, 't.csv'), 'utf8');
    expect(text).toContain("'=cmd()");
    expect(text).toMatch(/Marta, 2026-10-15T12:00:00.000Z: -first try/);
    expect(JSON.parse(readFileSync(join(home, 't.csv.json'), 'utf8'))).toMatchObject({
      case: id,
      sha256: csv.json.sha256,
    });
    await run('case', 'export', id, '--format', 'ndjson', '--out', 't.ndjson');
    const lines = readFileSync(join(home, 't.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((one) => one.id)).toEqual(timeline.map((one: { id: string }) => one.id));
    expect(lines[0].notes).toMatchObject([{ text: '-first try', by: 'Marta' }]);
    await run('case', 'export', id, '--format', 'ocsf', '--out', 'i.json');
    expect(JSON.parse(readFileSync(join(home, 'i.json'), 'utf8'))).toMatchObject({
      class_uid: 2005,
      type_uid: 200502,
      severity_id: 4,
      finding_info_list: [{ uid: id, related_events: { length: 11 } }],
    });

    write('open', 'a bundle passphrase of words\n');
    await run('seal');
    const bundle = await run(
      'case',
      'export',
      id,
      '--format',
      'bundle',
      '--out',
      'b.age',
      '--bundle-passphrase-file',
      'open',
    );
    expect(bundle.json).toMatchObject({ entries: 8, proven: 8 });
    await run('bundle', 'open', 'b.age', '--out', 'parts', '--bundle-passphrase-file', 'open');
    expect(JSON.parse(readFileSync(join(home, 'parts', 'case.json'), 'utf8'))).toMatchObject({
      format: 'logbook-case/1',
      id,
      timeline: { length: 11 },
    });
    const checked = execFileSync(process.execPath, ['docs/verify-bundle.mjs', join(home, 'parts'), bundle.json.head], {
      encoding: 'utf8',
    });
    expect(checked).toContain('All as it was made: 8');
  });

  it('is opened again by Logbook when something watched arrives, undoes, and is closed only once nothing is missing', async () => {
    const { write, run, at } = await prepared();
    const { id } = (await run('case', 'open', 'Guessing', ...BY)).json;
    const noted = (await run('case', 'note', id, 'Wrong', ...BY)).json;
    expect((await run('case', 'undo', id, String(noted.line), ...BY)).code).toBe(0);
    expect((await run('case', 'undo', id, String(noted.line), ...BY)).code).not.toBe(0);
    expect((await run('case', 'show', id)).json.notes).toEqual([]);
    await run('case', 'watch', id, '203.0.113.9', ...BY);
    expect((await run('case', 'set', id, '--status', 'closed', ...BY)).code).not.toBe(0);
    const met = ['--met', 'gdpr-33', '--reason', 'No personal data'];
    await run('case', 'set', id, '--summary', 'Harmless.', '--aware', '2026-07-01T09:00:00Z', ...met, ...BY);
    expect(await run('case', 'set', id, '--status', 'closed', ...BY)).toMatchObject({ code: 0 });
    // What was there before watching began is not seen again; what arrives later is, however old.
    write('same.json', JSON.stringify([entry(3)]));
    expect((await at('2026-10-16T12:00:00Z', 'import', 'same.json')).err).toBe('');
    write('more.json', JSON.stringify([entry(90), entry(-90), entry(91, { context: { ip_address: '198.51.100.7' } })]));
    const later = await at('2026-10-17T12:00:00Z', 'import', 'more.json');
    expect(later.err).toContain('203.0.113.9 was seen again, in 2 new entries. The case was opened again.');
    const shown = (await run('case', 'list')).json.cases[0];
    expect(shown).toMatchObject({ status: 'open', seen_again: 2, held: true });
    expect((await at('2026-10-18T12:00:00Z', 'import', 'more.json')).err).toBe('');
    expect((await run('verify')).json).toMatchObject({ ok: true });
  });
});
