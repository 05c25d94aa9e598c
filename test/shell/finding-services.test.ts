import { describe, expect, it } from 'vitest';
import { unwrap } from '../../src/shared/errors.ts';
import { rank, SEVERITIES } from '../../src/shared/finding.ts';
import { setUpServices } from './support/services.ts';

const OWN = `title: Somebody signed in
name: somebody-signed-in
level: low
logsource: {product: jetty, service: audit}
detection:
  selection: {meaning: login_succeeded, actor.name: Ines}
  condition: selection
`;

const START = Date.parse('2026-03-04T10:00:00Z');
const entry = (n: number, action: string, minute: number) => ({
  id: `log_${n}`,
  timestamp: new Date(START + minute * 60_000).toISOString(),
  action,
  actor: { id: 'u1', name: 'Ines', email: 'ines@alfama.example' },
  context: { ip_address: '203.0.113.9' },
});
const LOG = [
  entry(0, 'user.login', -3 * 24 * 60),
  ...Array.from({ length: 12 }, (_, i) => ({
    ...entry(i + 1, 'user.login_failed', i),
    context: { ip_address: '198.51.100.4' },
  })),
];
const word = { by: 'Marta', reason: 'A drill' };

describe('findings behind the window', () => {
  it('are decided, taken back, suppressed and told with what they are compared with', async () => {
    const { call, withEntries, events, reports } = setUpServices();
    await withEntries(LOG);
    const list = unwrap(await call('findings.list', {}));
    const [finding] = list.findings;
    expect(list).toMatchObject({ problems: [] });
    const open = async () => unwrap(await call('findings.open', {}));
    const counts = async () => (await open()).severities.map(({ count }) => count);
    expect(await open()).toMatchObject({
      reviewer: null,
      severities: [{ severity: 'critical' }, { severity: 'high' }, { severity: 'medium' }, {}, { severity: 'info' }],
    });
    expect(await counts()).toEqual(SEVERITIES.map((one) => Number(one === finding?.severity)));
    expect(finding).toMatchObject({ rule: 'repeated-failed-logins', state: { status: 'open' } });
    const id = finding?.id ?? '';

    const decided = unwrap(await call('findings.decide', { ids: [id], verdict: 'benign', expires: null, ...word }));
    expect(decided.states).toMatchObject([{ id, state: { status: 'benign' } }]);
    expect(events).toContainEqual({ name: 'findings.changed', payload: {} });
    expect(unwrap(await call('findings.list', {}))).toMatchObject({ findings: [{ id, state: { status: 'benign' } }] });
    expect((await open()).reviewer).toBe('Marta');
    expect(await counts()).toEqual([0, 0, 0, 0, 0]);
    expect(await call('findings.decide', { ids: ['F-none'], verdict: 'benign', expires: null, ...word })).toMatchObject(
      { ok: false, error: { code: 'not_found' } },
    );
    expect(unwrap(await call('findings.undo', { ids: [id], ...word })).states[0]?.state.status).toBe('open');

    expect(await counts()).toEqual(SEVERITIES.map((one) => Number(one === finding?.severity)));

    const [key = 0] = finding?.entryKeys ?? [];
    const brief = { id, open: true, title: finding?.title };
    expect(unwrap(await call('findings.ofEntries', { keys: [key, 1] }))).toMatchObject([{ key, findings: [brief] }]);
    expect(unwrap(await call('findings.named', { text: 'FAILED ines 2026', limit: 8 })).findings).toMatchObject([
      brief,
    ]);
    expect(unwrap(await call('findings.named', { text: 'failed tomorrow', limit: 8 })).findings).toEqual([]);
    const isGrave = finding !== undefined && rank(finding.severity) <= rank('high');
    expect(unwrap(await call('findings.moments', {})).moments).toEqual(isGrave ? [finding.first] : []);

    const chart = unwrap(await call('findings.baseline', { id }));
    expect(chart).toMatchObject({ actor: 'Ines', from: START - 3 * 86_400_000, to: START - 3 * 86_400_000 });
    expect(chart?.entries.reduce((sum, n) => sum + n, 0)).toBe(1);
    expect(chart?.events).toHaveLength(12);

    const scope = { rule: 'repeated-failed-logins', actor: 'Ines', address: null, target: null };
    const until = Date.now() + 86_400_000;
    const added = unwrap(await call('suppressions.add', { ...scope, owner: 'Marta', reason: 'A drill', until }));
    expect(unwrap(await call('suppressions.list', {}))).toMatchObject([{ ...added, active: true, findings: 1 }]);
    expect(await counts()).toEqual([0, 0, 0, 0, 0]);
    const health = unwrap(await call('rules.list', {}));
    expect(health.find((rule) => rule.id === scope.rule)).toMatchObject({ kind: 'code', findings: 1, suppressed: 1 });
    unwrap(await call('suppressions.end', { id: added.id, showAgain: true, ...word }));
    expect(unwrap(await call('suppressions.list', {}))).toMatchObject([{ active: false, findings: 0 }]);
    expect(
      await call('suppressions.add', { ...scope, rule: 'no-such-rule', owner: 'Marta', reason: 'x', until }),
    ).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    expect(reports).toEqual([]);
  });

  it('come from rules of one’s own that are tried, kept, replaced, turned off and removed', async () => {
    const { call, withEntries, reports } = setUpServices();
    await withEntries(LOG);
    const broken = unwrap(await call('rules.validate', { text: OWN.replace('actor.name', 'actor.nam') }));
    expect(broken).toMatchObject({ problems: [{ line: 6, reason: expect.stringContaining('actor.nam') }], rules: [] });
    expect(unwrap(await call('rules.validate', { text: OWN }))).toEqual({
      problems: [],
      rules: [{ id: 'somebody-signed-in', title: 'Somebody signed in', severity: 'low' }],
    });
    const tried = unwrap(await call('rules.backTest', { text: OWN, from: null, to: null }));
    expect(tried).toMatchObject({ problems: [], entries: 13, total: 1, months: [{ month: '2026-03', count: 1 }] });
    expect(unwrap(await call('rules.backTest', { text: OWN, from: '2026-03-03', to: null })).total).toBe(0);
    expect(unwrap(await call('findings.list', {})).findings.map((one) => one.rule)).not.toContain('somebody-signed-in');

    unwrap(await call('rules.save', { text: OWN, ...word }));
    const rules = async () => unwrap(await call('findings.list', {})).findings.map((one) => one.rule);
    expect(await rules()).toContain('somebody-signed-in');
    unwrap(await call('rules.save', { text: OWN.replace('level: low', 'level: high'), ...word }));
    const mine = unwrap(await call('rules.list', {})).filter((rule) => rule.own);
    expect(mine).toMatchObject([
      { id: 'somebody-signed-in', severity: 'high', findings: 1, text: expect.stringContaining('level: high') },
    ]);
    unwrap(await call('rules.setEnabled', { rule: 'somebody-signed-in', enabled: false, ...word }));
    expect(await rules()).not.toContain('somebody-signed-in');
    unwrap(await call('rules.setEnabled', { rule: 'somebody-signed-in', enabled: true, ...word }));
    unwrap(await call('rules.remove', { rule: 'somebody-signed-in', ...word }));
    expect(await rules()).not.toContain('somebody-signed-in');
    expect(await call('rules.remove', { rule: 'token-created', ...word })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    const shipped = OWN.replace('name: somebody-signed-in', 'name: token-created');
    expect(await call('rules.save', { text: shipped, ...word })).toMatchObject({
      ok: false,
      error: { code: 'bad_input', message: expect.stringContaining('is taken') },
    });
    expect(reports).toEqual([]);
  });
});
