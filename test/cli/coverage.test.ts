import { describe, expect, it, onTestFinished } from 'vitest';
import { startSimulator } from '../../src/main/core/simulator/server.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { temporaryFolder } from '../support/ports.ts';
import { type Document, logbook } from '../support/terminal.ts';

const NOW = '2026-10-15T12:00:00Z';
const DAY = 86_400_000;
const ENV = { LOGBOOK_PASSPHRASE: 'correct horse battery staple' };

async function setUp(faults: readonly string[] = []) {
  const options = { port: 0, entries: 800, days: 40, seed: 7, now: Date.parse(NOW), retentionDays: 30, faults };
  const server = unwrap(await startSimulator(options));
  onTestFinished(() => server.close());
  const cwd = temporaryFolder();
  const at = (now: string, ...args: string[]) =>
    logbook(cwd, [...args, '--archive', 'org.logbook', '--now', now], { ...ENV, JETTY_TOKEN: server.token });
  expect((await at(NOW, 'init')).code).toBe(0);
  const sync = (...args: string[]) => at(NOW, 'sync', '--url', server.url, '--json', ...args);
  return { server, at, sync };
}

const later = (days: number) => new Date(Date.parse(NOW) + days * DAY).toISOString();
const statesOf = (document: Document) => (document.days as { state: string }[]).map((day) => day.state);

describe('coverage', () => {
  it('names every day since the archive began, and nothing is at risk right after a sync', async () => {
    const { at, sync } = await setUp();
    expect((await sync('--plan', 'harbor')).code).toBe(0);
    const ran = await at(NOW, 'coverage', '--json');
    const document = ran.json();
    expect(document.days).toHaveLength(31);
    expect(statesOf(document)).toEqual(['partial', ...Array(29).fill('complete'), 'partial']);
    expect(document).toMatchObject({ retention_edge: '2026-09-15', at_risk: null, at_risk_day: null });
    const text = (await at(NOW, 'coverage')).out;
    expect(text).toContain('2026-09-15 to 2026-10-15: 29 complete, 2 partial');
    expect(text).toContain('At risk: nothing.');
  });

  it('counts days that no run came to: pending while Jetty has them, lost after', async () => {
    const { at, sync } = await setUp();
    await sync('--plan', 'harbor');
    const soon = (await at(later(10), 'coverage', '--json')).json();
    expect(statesOf(soon).slice(-11)).toEqual(['partial', ...Array(10).fill('pending')]);
    // 15 October was not over when it was read, and 30 days later at midnight it begins to go.
    expect(soon.at_risk).toBe(19);
    expect(soon.at_risk_day).toMatchObject({ day: '2026-10-15', begins: '2026-11-14T00:00:00.000Z' });
    const late = (await at(later(45), 'coverage', '--json')).json();
    expect(statesOf(late).filter((state) => state === 'lost')).toHaveLength(14);
    expect(statesOf(late).at(-1)).toBe('pending');
    expect(late.at_risk).toBe(0);
    expect((await at(later(45), 'coverage')).out).toMatch(
      /At risk: 30 days that are not here whole; the first, 2026-10-30/,
    );
  });

  it('without a plan says what was seen, and no number of days', async () => {
    const { at, sync } = await setUp();
    await sync();
    const document = (await at(later(10), 'coverage', '--json')).json();
    expect(document).toMatchObject({ at_risk: null, at_risk_day: { day: '2026-10-15' } });
    expect((await at(later(10), 'coverage')).out).toContain('its plan is not known');
  });

  it('shows only the days that were asked for', async () => {
    const { at, sync } = await setUp();
    await sync('--plan', 'harbor');
    const document = (await at(NOW, 'coverage', '--from', '2026-10-01', '--to', '2026-10-03', '--json')).json();
    expect(document.days.map((day: { day: string }) => day.day)).toEqual(['2026-10-01', '2026-10-02', '2026-10-03']);
    expect((await at(NOW, 'coverage', '--from', 'yesterday')).code).toBe(2);
  });
});

describe('what upstream took away', () => {
  it('is told by a reconciling sync and raised, and stays', async () => {
    const { at, sync } = await setUp(['vanished:60']);
    expect((await sync()).json()).toMatchObject({ complete: true, vanished: 0 });
    const before = (await at(NOW, 'count', '--json')).json().total;
    for (let run = 0; run < 3; run++) await sync('--full');
    const reconciled = (await sync('--reconcile')).json();
    expect(reconciled.vanished).toBeGreaterThan(5);
    const { findings } = (await at(NOW, 'detect', '--rule', 'upstream-vanished', '--json')).json();
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ rule: 'upstream-vanished', severity: 'high' });
    expect(findings[0].entry_ids).toHaveLength(reconciled.vanished);
    expect(findings[0].why).toContain(`${reconciled.vanished} entries`);
    expect((await at(NOW, 'count', '--json')).json().total).toBe(before);
    const none = (await at(NOW, 'detect', '--rule', 'upstream-vanished', '--to', '2026-09-01', '--json')).json();
    expect(none.findings).toEqual([]);
  });

  it('or changed is kept in both forms and raised', async () => {
    const { at, sync } = await setUp(['changed:60']);
    await sync();
    let changed = 0;
    for (let run = 0; run < 4; run++) changed += (await sync('--full')).json().changed;
    expect(changed).toBeGreaterThan(5);
    const { findings } = (await at(NOW, 'detect', '--rule', 'upstream-changed', '--json')).json();
    expect(findings).toHaveLength(1);
    expect(findings[0].entry_ids).toHaveLength(changed);
  });
});
