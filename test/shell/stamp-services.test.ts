import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../src/shared/errors.ts';
import { hasOpenssl, makeAuthority, startTimeAuthority } from '../support/time-authority.ts';
import { setUpServices } from './support/services.ts';

const log = (day: string) =>
  [1, 2].map((n) => ({ id: `log_${day}_${n}`, timestamp: `${day}T0${n}:00:00Z`, action: 'user.login' }));

describe.runIf(hasOpenssl())('time stamps in the window', () => {
  it('are had from an authority that answers as one, trusted by the root the person chose, and after every sealing', async () => {
    const { call, withEntries, answers, home, events, reports } = setUpServices();
    await withEntries(log('2026-01-02'));
    const authority = await startTimeAuthority();
    const get = async () => unwrap(await call('integrity.get', {})).stamp;
    const by = async () => unwrap(await call('integrity.stamping', {})).by;
    const set = (url: string, withRoot: boolean) => call('integrity.stampBy', { url, withRoot });
    expect([await get(), await by()]).toEqual([null, null]);

    expect(await set('http://tsa.example/tsr', false)).toMatchObject({ error: { code: 'bad_input' } });
    expect(await set(authority.url, true)).toMatchObject({ error: { code: 'cancelled' } });
    answers.push([makeAuthority('Another').root]);
    expect(await set(authority.url, true)).toMatchObject({ error: { code: 'server' } });
    const none = join(home, 'none.pem');
    writeFileSync(none, 'nothing');
    answers.push([none]);
    const refused = await set(authority.url, true);
    expect(refused).toMatchObject({ error: { code: 'bad_input' } });
    expect(JSON.stringify(refused)).not.toContain(home);
    expect([await get(), await by()]).toEqual([null, null]);

    unwrap(await set(authority.url, false));
    expect(await get()).toMatchObject({ authority: 'Test Authority', trusted: false, isNewest: true });
    expect(await by()).toMatchObject({ url: authority.url, root: null, failed: null });
    answers.push([authority.root]);
    unwrap(await set(authority.url, true));
    expect(await get()).toMatchObject({ trusted: true });
    expect(await by()).toMatchObject({ root: 'Test Authority Root' });

    // What an import seals is stamped beside it; one that cannot be had is told, and had with the next.
    authority.answer(() => ({ status: 503 }));
    const importOne = async (day: string) => {
      const file = join(home, `${day}.ndjson`);
      writeFileSync(
        file,
        log(day)
          .map((entry) => JSON.stringify(entry))
          .join('\n'),
      );
      answers.push([file]);
      const chosen = unwrap(await call('import.choose', { kind: 'files' }));
      unwrap(await call('import.run', { id: chosen?.id ?? '' }));
    };
    await importOne('2026-01-03');
    await expect.poll(async () => (await by())?.failed).toContain('status 503');
    expect(await get()).toMatchObject({ isNewest: false });
    authority.answer(null);
    await importOne('2026-01-04');
    await expect.poll(async () => (await get())?.isNewest).toBe(true);
    expect(await by()).toMatchObject({ failed: null });
    expect(events.some(({ name }) => name === 'integrity.changed')).toBe(true);
    expect(unwrap(await call('integrity.verify', {}))).toMatchObject({ found: 0 });

    unwrap(await call('integrity.stampByNobody', {}));
    expect(await by()).toBeNull();
    expect(reports).toEqual([]);
  });

  it('keep nobody from closing the archive while an authority says nothing', async () => {
    const { call, withEntries } = setUpServices();
    await withEntries(log('2026-01-02'));
    const authority = await startTimeAuthority();
    authority.answer(() => ({ never: true }));
    const asking = call('integrity.stampBy', { url: authority.url, withRoot: false });
    await expect.poll(() => authority.asked()).toBe(1);
    unwrap(await call('archive.lock', {}));
    expect(await asking).toMatchObject({ error: { code: 'cancelled' } });
  });
});
