import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openReader, unlockArchive } from '../../src/main/core/archive/open.ts';
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
const PIN = 'four words of wool';
const SAID = { rationale: '', evidence: '', ticket: '' };
const CAMPAIGN = {
  title: 'March',
  kind: 'events',
  filter: { terms: [] },
  zone: 'UTC',
  period: { from: '2026-03-01', to: '2026-03-31' },
  framework: 'soc2',
  plan: 'everything',
  owner: null,
  dueAt: null,
} as const;

/** What the journal says of the archive itself: the kind, and the hash of what was written. */
async function uses(dir: string): Promise<[string, string][]> {
  const reader = unwrap(openReader(dir, unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE }))));
  const lines = reader.journal().filter(({ kind }) => /^(archive|entries)\.(unlocked|exported)$/.test(kind));
  reader.close();
  return lines.map(({ kind, body }) => [kind, (JSON.parse(body) as { sha256?: string }).sha256 ?? '']);
}

describe('reviews behind the window', () => {
  it('are started, decided, signed by two people and exported; what was done stands in the journal', async () => {
    const { call, withEntries, answers, home, reports, events } = setUpServices();
    await withEntries(ENTRIES);
    const { id: archive } = unwrap(await call('archive.known', {}))[0]!;
    const person = async (name: string, email: string) =>
      unwrap(await call('identities.create', { name, email, pin: PIN })).id;
    const marta = await person('Marta', 'marta@alfama.example');
    const daniel = await person('Daniel', 'daniel@alfama.example');
    expect(unwrap(await call('identities.list', {}))).toMatchObject([{ name: 'Marta' }, { name: 'Daniel' }]);
    expect(await call('identities.create', { name: 'X', email: 'MARTA@alfama.example', pin: PIN })).toMatchObject({
      error: { code: 'exists' },
    });

    const preview = unwrap(await call('reviews.preview', CAMPAIGN));
    expect(preview).toMatchObject({ count: 60, coverage: { gaps: 31 }, carried: [] });
    expect(preview.findings.length).toBeGreaterThan(0);
    const { id } = unwrap(await call('reviews.start', { ...CAMPAIGN, by: marta }));
    expect(unwrap(await call('reviews.findings', { id })).map((one) => one.id)).toEqual(
      preview.findings.map((one) => one.id),
    );
    const page = unwrap(await call('reviews.items', { id, view: 'open', offset: 50, limit: 20 }));
    expect([page.total, page.items.length, page.items[0]?.entry?.id]).toEqual([60, 10, 'log_50']);
    unwrap(await call('reviews.sample', { id, by: marta, size: 20, seed: 'march', reason: '' }));
    const decide = { id, by: marta, chosen: { kind: 'open' }, verdict: 'appropriate', ...SAID } as const;
    const { line, changed } = unwrap(await call('reviews.decide', decide));
    expect(changed).toBe(20);
    expect(unwrap(await call('reviews.undo', { id, by: daniel, line })).changed).toBe(20);
    unwrap(await call('reviews.decide', decide));
    const { items } = unwrap(await call('reviews.items', { id, view: 'decided', offset: 0, limit: 1 }));
    const one = { ...decide, chosen: { kind: 'items', items: [items[0]!.n] } } as const;
    expect(await call('reviews.decide', { ...one, verdict: 'deviation' })).toMatchObject({
      error: { code: 'bad_input' },
    });
    const { exception } = unwrap(await call('reviews.decide', { ...one, verdict: 'deviation', rationale: 'Shared' }));
    const fields = { owner: 'Lena', due: '2026-05-01', cause: 'No policy' };
    expect(unwrap(await call('exceptions.update', { id: exception!, by: marta, fields }))).toMatchObject(fields);
    unwrap(await call('reviews.acknowledgeGaps', { id, by: marta, reason: 'From files' }));
    const sign = (role: 'preparer' | 'reviewer', identity: string, pin = PIN) =>
      call('reviews.sign', { id, role, identity, pin });
    expect(await sign('preparer', marta, 'another pin')).toMatchObject({ error: { code: 'wrong_passphrase' } });
    expect(unwrap(await sign('preparer', marta)).status).toBe('prepared');
    expect(await sign('reviewer', marta)).toMatchObject({ error: { code: 'forbidden' } });
    expect(unwrap(await sign('reviewer', daniel)).status).toBe('signed');
    expect(await call('reviews.decide', one)).toMatchObject({ error: { code: 'forbidden' } });
    expect(unwrap(await call('integrity.verify', {}))).toMatchObject({ found: 0 });

    answers.push(null, [home]);
    expect(unwrap(await call('reviews.export', { id }))).toBeNull();
    const bundle = unwrap(await call('reviews.export', { id }))!;
    expect(bundle.files.map((one) => one.name).sort()).toEqual(readdirSync(join(home, bundle.folderName)).sort());
    const script = join(process.cwd(), 'docs/verify-review.mjs');
    const said = execFileSync(process.execPath, [script, join(home, bundle.folderName)], { encoding: 'utf8' });
    expect(said).toContain('All as it was signed');
    answers.push([join(home, 'all.csv')]);
    const query = { filter: { terms: [] }, zone: 'UTC' };
    const { sha256, sidecar } = unwrap(await call('export.create', { ...query, format: 'csv' }))!;
    const { head } = unwrap(await call('integrity.get', {}));
    const beside = JSON.parse(readFileSync(join(home, sidecar), 'utf8'));
    expect(beside).toMatchObject({
      out: 'all.csv',
      query: '',
      sha256,
      head: head?.hash,
      key_fingerprint: head?.fingerprint,
    });
    // What is no sidecar is never written over.
    writeFileSync(join(home, 'other.csv.json'), '{}');
    answers.push([join(home, 'other.csv')]);
    expect(await call('export.create', { ...query, format: 'csv' })).toMatchObject({ error: { code: 'exists' } });
    expect(readdirSync(home)).not.toContain('other.csv');
    expect(events.filter(({ name }) => name === 'reviews.changed').length).toBeGreaterThan(8);

    unwrap(await call('archive.lock', {}));
    const open = { id: archive, passphrase: PASSPHRASE };
    unwrap(await call('archive.open', { ...open, readOnly: true }));
    expect(await call('reviews.abandon', { id, by: marta, reason: 'x' })).toMatchObject({
      error: { code: 'read_only' },
    });
    expect(unwrap(await call('reviews.open', { id })).status).toBe('signed');
    unwrap(await call('archive.lock', {}));
    unwrap(await call('archive.open', { ...open, readOnly: false }));
    const history = unwrap(await call('reviews.history', { id }));
    expect(history.at(-1)).toMatchObject({ kind: 'review.exported' });
    unwrap(await call('archive.lock', {}));
    expect(await uses(join(home, 'Documents/Logbook/Alfama.logbook'))).toEqual([
      ['archive.unlocked', ''],
      ['entries.exported', sha256],
      ['archive.unlocked', ''],
    ]);
    expect(reports).toEqual([]);
  });
});
