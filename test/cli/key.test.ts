import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/ports.ts';
import { logbook } from '../support/terminal.ts';

const PASSPHRASE = 'correct horse battery staple';
const NEXT = 'another good passphrase';
const CODE = /^([0-9A-Z]{5}-){7}[0-9A-Z]{5}$/;

async function newRoom() {
  const cwd = temporaryFolder();
  const run = (args: string[], env: Record<string, string> = {}) =>
    logbook(cwd, [...args, '--archive', 'org.logbook', '--now', '2026-10-15T12:00:00Z'], {
      LOGBOOK_PASSPHRASE: PASSPHRASE,
      ...env,
    });
  const init = await run(['init', '--json']);
  writeFileSync(
    join(cwd, 'some.json'),
    JSON.stringify([{ id: 'log_1', timestamp: '2026-10-01T00:00:00Z', action: 'user.login' }]),
  );
  await run(['import', 'some.json']);
  return { cwd, run, recoveryCode: String(init.json().recovery_code) };
}

describe('logbook key', () => {
  it('status tells the ways to the key and asks for no passphrase', async () => {
    const { run } = await newRoom();
    const { code, err, json } = await run(['key', 'status', '--json'], { LOGBOOK_PASSPHRASE: '' });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(json()).toMatchObject({
      key_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      wraps: [
        { kind: 'passphrase', created: '2026-10-15T12:00:00.000Z', method: expect.stringContaining('Argon2id') },
        { kind: 'recovery', created: '2026-10-15T12:00:00.000Z' },
      ],
      rekey_pending: false,
      recovery_code_not_shown: false,
    });
    expect((await run(['key', 'status'])).out).toMatch(/^passphrase +2026-10-15/);
  });

  it('change-passphrase takes the new one from a file or the environment, never from an argument', async () => {
    const { cwd, run, recoveryCode } = await newRoom();
    expect(await run(['key', 'change-passphrase'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--new-passphrase-file'),
    });
    const changed = await run(['key', 'change-passphrase', '--json'], { LOGBOOK_NEW_PASSPHRASE: NEXT });
    expect(changed.json()).toEqual({ changed: true });
    expect((await run(['count'])).code).toBe(6);
    expect((await run(['count', '--json'], { LOGBOOK_PASSPHRASE: NEXT })).json()).toEqual({ total: 1 });

    // The passphrase is forgotten: the recovery code sets a third one.
    writeFileSync(join(cwd, 'code.txt'), `${recoveryCode.toLowerCase().replaceAll('-', ' ')}\n`);
    writeFileSync(join(cwd, 'third.txt'), 'short\n');
    const third = await run([
      'key',
      'change-passphrase',
      '--recovery-code-file',
      'code.txt',
      '--new-passphrase-file',
      'third.txt',
    ]);
    expect(third).toMatchObject({ code: 0, err: expect.stringContaining('short; 12 characters') });
    expect((await run(['count', '--json', '--passphrase-file', 'third.txt'])).json()).toEqual({ total: 1 });
    writeFileSync(join(cwd, 'code.txt'), 'AAAAA\n');
    expect((await run(['key', 'change-passphrase', '--recovery-code-file', 'code.txt'])).code).toBe(6);
  });

  it('new-recovery-code and rekey print a code, once; the one before opens nothing', async () => {
    const { cwd, run, recoveryCode } = await newRoom();
    const opens = async (code: string) => {
      writeFileSync(join(cwd, 'code.txt'), code);
      return (
        await run(['key', 'change-passphrase', '--recovery-code-file', 'code.txt'], {
          LOGBOOK_NEW_PASSPHRASE: PASSPHRASE,
        })
      ).code;
    };
    const second = (await run(['key', 'new-recovery-code', '--json'])).json().recovery_code;
    expect(second).toMatch(CODE);
    expect(await opens(recoveryCode)).toBe(6);
    expect(await opens(second)).toBe(0);

    const before = (await run(['key', 'status', '--json'])).json().key_id;
    const notShown = async () => (await run(['key', 'status', '--json'])).json().recovery_code_not_shown;
    expect(await notShown()).toBe(false);
    const rekeyed = await run(['key', 'rekey', '--json']);
    expect(rekeyed.json()).toMatchObject({ rekeyed: true, recovery_code: expect.stringMatching(CODE), dropped: [] });
    expect((await run(['key', 'status', '--json'])).json().key_id).not.toBe(before);
    expect(await opens(second)).toBe(6);
    expect(await opens(rekeyed.json().recovery_code)).toBe(0);
    expect((await run(['count', '--json'])).json()).toEqual({ total: 1 });
    expect((await run(['key', 'rekey'])).out).toContain('Recovery code   ');
    expect(await notShown()).toBe(false);
  });

  it('says on every command that nobody has seen a recovery code, until there is another', async () => {
    const { cwd, run } = await newRoom();
    const file = join(cwd, 'org.logbook/keyring.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), recoveryCodeNotShown: true }));
    expect(await run(['count', '--json'])).toMatchObject({
      code: 0,
      err: expect.stringContaining('new-recovery-code'),
    });
    await run(['key', 'new-recovery-code']);
    expect((await run(['count', '--json'])).err).toBe('');
  });

  it('reveal shows the raw key only when that is said twice, with a warning', async () => {
    const { run } = await newRoom();
    const refused = await run(['key', 'reveal']);
    expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--yes') });
    const wrong = await run(['key', 'reveal', '--yes'], { LOGBOOK_PASSPHRASE: 'wrong' });
    expect(wrong).toMatchObject({ code: 6, out: '' });
    const shown = await run(['key', 'reveal', '--yes', '--json']);
    const { key, pragmas } = shown.json();
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(pragmas).toEqual([`PRAGMA key = "x'${key}'";`]);
    expect(shown.err).toMatch(/^Warning: /);
    expect(shown.err).not.toContain(key);
    expect((await run(['key', '--reveal'])).out).toContain(pragmas[0]);
    expect(await run(['key'])).toMatchObject({ code: 2, err: expect.stringContaining('--help') });
    expect((await run(['key', 'frobnicate'])).code).toBe(2);
  });

  it('takes the common options before or after the inner command', async () => {
    const { cwd } = await newRoom();
    for (const args of [
      ['key', '--archive', 'org.logbook', 'status', '--json'],
      ['key', 'status', '--json', '--archive', 'org.logbook'],
    ])
      expect((await logbook(cwd, args)).json().wraps).toHaveLength(2);
  });
});
