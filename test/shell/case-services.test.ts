import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../src/shared/errors.ts';
import { PASSPHRASE, setUpServices } from './support/services.ts';

const START = Date.parse('2026-03-02T10:00:00Z');
const entry = (n: number, action: string, rest: object = {}) => ({
  id: `log_${n}`,
  timestamp: new Date(START + n * 60_000).toISOString(),
  action,
  actor: { id: 'u1', name: 'Ines', email: 'ines@alfama.example' },
  context: { ip_address: '198.51.100.4' },
  ...rest,
});
const ENTRIES = Array.from({ length: 60 }, (_, i) => entry(i, i < 12 ? 'user.login_failed' : 'tunnel.started'));
const BY = { by: 'Marta' };
const NEW = { title: 'Guessing', severity: 'high', lead: null, aware: START, findings: [] as string[], ...BY } as const;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('investigations behind the window', () => {
  it('are opened from a finding, whose entries are pinned and which leads to the case; and give a scope and its remedies', async () => {
    const { call, withEntries, events } = setUpServices();
    await withEntries(ENTRIES);
    const [finding] = unwrap(await call('findings.list', {})).findings;
    const { id } = unwrap(await call('cases.create', { ...NEW, findings: [finding!.id] }));
    expect(events.map((event) => event.name)).toContain('cases.changed');
    const filed = unwrap(await call('findings.list', {})).findings.find((one) => one.id === finding!.id);
    expect(filed?.state.caseName).toBe(`${id} Guessing`);
    const timeline = unwrap(await call('cases.timeline', { id }));
    expect(timeline.map((event) => event.kind === 'entry' && event.row.key)).toEqual(finding!.entryKeys);
    const scope = unwrap(await call('cases.scope', { id, steps: null }));
    expect(scope.seeds.length).toBeGreaterThan(0);
    expect(scope.total).toBeGreaterThan(0);
    const page = unwrap(await call('cases.scopeEntries', { id, steps: null, pinned: false, offset: 0, limit: 500 }));
    expect(page.entries.every((one) => !one.pinned)).toBe(true);
    const checks = unwrap(await call('cases.check', { id }));
    const detail = unwrap(await call('cases.open', { id, zone: 'UTC' }));
    for (const check of checks.filter((one) => one.state === 'missing')) {
      expect(detail.missing.join(' ')).toContain(check.words);
      const { kind, value } = check.thing;
      const decided = { id, ...BY, kind, value, remedy: check.remedy, verdict: 'not_needed', note: 'No' } as const;
      unwrap(await call('cases.decideRemedy', decided));
    }
    expect(unwrap(await call('cases.check', { id })).some((one) => one.state === 'missing')).toBe(false);
    expect(unwrap(await call('keeping.get', {})).cases).toEqual([
      { id, title: 'Guessing', entries: finding!.entryKeys.length },
    ]);
  });

  it('are worked on, exported with notes, and closed by whoever knows the passphrase, once nothing is missing', async () => {
    const { call, withEntries, answers, home } = setUpServices();
    await withEntries(ENTRIES);
    const { id } = unwrap(await call('cases.create', NEW));
    const filter = { terms: [{ field: 'action', value: 'user.login_failed', negated: false }] } as const;
    const pin = { id, ...BY, entries: { filter, zone: 'UTC' }, phase: null, technique: 'T1110' } as const;
    const pinned = unwrap(await call('cases.pin', pin));
    expect(pinned.keys).toHaveLength(12);
    expect(unwrap(await call('cases.pin', pin))).toEqual({ line: null, keys: [] });
    const [first] = unwrap(await call('cases.timeline', { id }));
    const event = first!.id;
    unwrap(await call('cases.note', { id, ...BY, event, text: 'The first' }));
    unwrap(await call('cases.classify', { id, ...BY, events: [event], phase: 'impact' }));
    unwrap(await call('cases.addManual', { id, ...BY, ts: START + 1, title: 'A call', source: '', phase: null }));
    writeFileSync(join(home, 'proxy.ndjson'), '{"time":"2026-03-02T10:00:30Z","message":"GET /"}\nnot json\n');
    answers.push([join(home, 'proxy.ndjson')]);
    const foreign = unwrap(await call('cases.importForeign', { id, ...BY, zone: 'UTC' }));
    expect(foreign).toMatchObject({ fileName: 'proxy.ndjson', read: 2, added: 1, rejected: [{ line: 2 }] });
    unwrap(await call('cases.saveStory', { id, ...BY, text: `It began with [${event}].` }));
    const out = join(home, 'timeline.ndjson');
    answers.push([out]);
    const exported = unwrap(await call('cases.export', { id, ...BY, format: 'ndjson', zone: 'UTC' }));
    expect(exported).toMatchObject({ fileName: 'timeline.ndjson', events: 14 });
    const beside = JSON.parse(readFileSync(`${out}.json`, 'utf8'));
    expect(beside).toMatchObject({ case: id, out: 'timeline.ndjson', sha256: exported?.sha256 });
    const lines = readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((one) => one.id)).toEqual(unwrap(await call('cases.timeline', { id })).map((one) => one.id));
    expect(lines[0]).toMatchObject({
      phase: 'impact',
      technique: 'T1110',
      notes: [{ text: 'The first', by: 'Marta' }],
    });
    const pack = { id, ...BY, zone: 'UTC', recipients: [] };
    expect(await call('cases.bundle', { ...pack, passphrase: null })).toMatchObject({ error: { code: 'bad_input' } });
    answers.push([join(home, 'pack.age')]);
    const bundle = unwrap(await call('cases.bundle', { ...pack, passphrase: 'seven words that nobody says' }));
    expect(bundle).toMatchObject({ fileName: 'pack.age', entries: 12 });
    expect(sha256(readFileSync(join(home, 'pack.age')))).toBe(bundle?.sha256);
    const { history } = unwrap(await call('cases.open', { id, zone: 'UTC' }));
    expect(history.at(-1)).toMatchObject({ by: 'Marta', words: expect.stringContaining('bundle') });

    const close = (passphrase: string | null) =>
      call('cases.setStatus', { id, ...BY, status: 'closed', reason: '', passphrase });
    expect(await close(PASSPHRASE)).toMatchObject({ error: { code: 'bad_input' } });
    unwrap(await call('cases.update', { id, ...BY, fields: { summary: 'Guessed, never right.' } }));
    unwrap(await call('cases.meetClock', { id, ...BY, clock: 'gdpr-33', note: 'No personal data' }));
    for (const { thing, remedy, state } of unwrap(await call('cases.check', { id })))
      if (state === 'missing') {
        const decided = { ...thing, remedy, verdict: 'by_hand', note: 'Desk' } as const;
        const { label: _label, ...rest } = decided;
        unwrap(await call('cases.decideRemedy', { id, ...BY, ...rest }));
      }
    expect(unwrap(await call('cases.open', { id, zone: 'UTC' })).missing).toEqual([]);
    expect(await close('wrong words')).toMatchObject({ error: { code: 'wrong_passphrase' } });
    unwrap(await close(PASSPHRASE));
    expect(await call('cases.note', { id, ...BY, event: null, text: 'Late' })).toMatchObject({
      error: { code: 'forbidden' },
    });
    expect(unwrap(await call('cases.list', {})).cases).toMatchObject([{ id, status: 'closed', held: false }]);
  });
});
