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

  it('is led from a seed to its close and its report by the command alone: scope, check, decisions, deadlines', async () => {
    const { home, write, run } = await prepared();
    const rui = { id: 'u_rui', name: 'Rui', email: 'rui@example.com' };
    const did = (id: string, time: string, action: string, ip: string, rest: object = {}) => {
      const context = { ip_address: ip, user_agent: ip === '198.51.100.24' ? 'Firefox/130.0' : 'python-requests/2.32' };
      return { id, timestamp: `2026-${time}Z`, action, actor: rui, context, ...rest };
    };
    const [home1, abroad] = ['198.51.100.24', '192.0.2.77'];
    const target = { type: 'api_token', id: 'tok_1', name: 'ci' };
    const desk = { id: 'u_marta', name: 'Marta', email: 'marta@example.com' };
    write(
      'night.json',
      JSON.stringify([
        ...Array.from({ length: 30 }, (_, i) =>
          did(`h${i}`, `08-${String(i + 1).padStart(2, '0')}T09:00:00`, 'user.login', home1),
        ),
        did('f1', '09-01T02:10:00', 'user.login_failed', abroad),
        did('f2', '09-01T02:11:00', 'user.login_failed', abroad),
        did('in', '09-01T02:12:00', 'user.login', abroad),
        did('tk', '09-01T02:15:00', 'security.api_token_created', abroad, { target }),
        did('rv', '09-01T09:24:00', 'security.api_token_revoked', home1, { target, actor: desk }),
      ]),
    );
    await run('import', 'night.json');
    const { id } = (await run('case', 'open', 'Night sign-in', '--aware', '2026-10-14T12:00:00Z', ...BY)).json;
    // A wrong seed is taken back, and the right one found.
    await run('case', 'seed', id, 'ines@example.com', ...BY);
    expect((await run('case', 'seed', id, 'ines@example.com', '--remove', ...BY)).code).toBe(0);
    expect((await run('case', 'scope', id)).json).toMatchObject({ things: [], total: 0 });
    await run('case', 'seed', id, abroad, '--kind', 'address', ...BY);
    const scope = (await run('case', 'scope', id, '--entries')).json;
    expect(scope.entries.map((one: { row: { id: string } }) => one.row.id)).toEqual(['f1', 'f2', 'in', 'tk', 'rv']);
    const states = async (): Promise<Record<string, string>> => {
      const { things } = (await run('case', 'scope', id)).json;
      return Object.fromEntries(things.map((one: { kind: string; state: string }) => [one.kind, one.state]));
    };
    expect(await states()).toMatchObject({ address: 'seed', token: 'suggested', person: 'suggested' });

    const decide = (...args: string[]) => run('case', 'decide', id, ...args, ...BY);
    expect(await decide('tok_9', '--as', 'accepted')).toMatchObject({
      code: 2,
      err: expect.stringContaining('is not in the scope'),
    });
    expect((await decide('tok_1', '--as', 'by_hand')).err).toContain('Write accepted, rejected, undecided.');
    expect((await decide('tok_1', '--as', 'accepted')).code).toBe(0);
    expect((await states()).token).toBe('accepted');
    await decide('tok_1', '--as', 'undecided', '--kind', 'token');
    expect((await states()).token).toBe('suggested');

    // The timeline: all of it, without the entry that was pinned by mistake.
    await run('case', 'pin', id, 'actor:rui@example.com', '--from', '2026-08-30', '--phase', 'impact', ...BY);
    const timeline = async (): Promise<{ id: string; phase: string; row: { id: string } }[]> =>
      (await run('case', 'show', id)).json.timeline;
    const before = await timeline();
    expect((await run('case', 'classify', id, before[0]?.id ?? '', '--technique', 'guess', ...BY)).err).toContain(
      'T1078',
    );
    const ofEntry = (entry: string) => before.find((one) => one.row.id === entry)?.id ?? '';
    await run('case', 'classify', id, ofEntry('in'), '--phase', 'initial_access', '--technique', 'T1078', ...BY);
    await run('case', 'unpin', id, ofEntry('h29'), ...BY);
    expect((await timeline()).map((one) => [one.row.id, one.phase])).toEqual([
      ['f1', 'impact'],
      ['f2', 'impact'],
      ['in', 'initial_access'],
      ['tk', 'impact'],
    ]);

    type Check = { remedy: string; state: string; thing: { value: string } };
    const checks = async (): Promise<Check[]> => (await run('case', 'check', id)).json.checks;
    expect((await checks()).map(({ remedy, state }) => [remedy, state])).toEqual(
      expect.arrayContaining([
        ['revoke_token', 'done'],
        ['reset_password', 'missing'],
        ['revoke_sessions', 'missing'],
      ]),
    );
    const close = () => run('case', 'set', id, '--status', 'closed', ...BY);
    await run('case', 'set', id, '--summary', 'One account, one token.', '--clock', 'Customer', '--hours', '12', ...BY);
    expect((await close()).err).toMatch(/“Customer” has run out.*Reset the password/);
    const { clocks } = (await run('case', 'show', id)).json;
    const own = clocks.find((one: { name: string }) => one.name === 'Customer');
    await run('case', 'set', id, '--met', own.id, '--reason', 'Told by phone', ...BY);
    for (const { remedy, state, thing } of await checks()) {
      if (state !== 'missing') continue;
      const as = remedy === 'reset_password' ? 'by_hand' : 'not_needed';
      expect((await decide(thing.value, '--remedy', remedy, '--as', as)).err).toContain('--note');
      expect((await decide(thing.value, '--remedy', remedy, '--as', as, '--note', 'SEC-482')).code).toBe(0);
    }
    expect((await checks()).map(({ state }) => state)).not.toContain('missing');
    expect(await close()).toMatchObject({ code: 0 });
    expect((await decide('tok_1', '--as', 'rejected')).err).toContain('is closed');

    const report = await run('case', 'report', id, '--out', 'incident.pdf', ...BY);
    expect(report.json).toMatchObject({ case: id, events: 4, unsettled: 0 });
    expect(readFileSync(join(home, 'incident.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await run('verify')).json).toMatchObject({ ok: true });
  });
});
