import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { KeyWrapper } from '../../../src/main/core/ports.ts';
import { tokenStore } from '../../../src/main/shell/services/token-store.ts';
import { ok, unwrap } from '../../../src/shared/errors.ts';
import { temporaryFolder } from '../../support/ports.ts';

const TOKEN = 'jetty_secret';
const flipped = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0x5a);
const keychain: KeyWrapper = {
  name: 'test',
  wrap: async (secret) => ok(flipped(secret)),
  unwrap: async (sealed) => ok(flipped(sealed)),
};

it('keeps a token between sessions only as the keychain seals it', async () => {
  const userData = temporaryFolder();
  await tokenStore(userData, async () => keychain).keep('abc123', TOKEN);
  const file = join(userData, 'tokens', readdirSync(join(userData, 'tokens'))[0] ?? '');
  expect(readFileSync(file, 'latin1')).not.toContain(TOKEN);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  const later = tokenStore(userData, async () => keychain);
  expect(unwrap(await later.find('abc123'))).toBe(TOKEN);
  later.forget('abc123');
  expect(await later.find('abc123')).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
});

it('writes nothing where there is no keychain', async () => {
  const userData = temporaryFolder();
  const store = tokenStore(userData, async () => null);
  await store.keep('abc123', TOKEN);
  expect(unwrap(await store.find('abc123'))).toBe(TOKEN);
  expect(existsSync(join(userData, 'tokens'))).toBe(false);
  expect(await tokenStore(userData, async () => null).find('abc123')).toMatchObject({ ok: false });
});
