import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { writeAtomically } from '../../core/files/write-atomically.ts';
import type { KeyWrapper } from '../../core/ports.ts';

/**
 * API tokens of the archives. Kept in memory; between sessions only where the system's keychain seals them. Never in the
 * clear on disk.
 */
export type TokenStore = {
  keep(archiveId: string, token: string): Promise<void>;
  find(archiveId: string): Promise<Result<string>>;
  /** Where a token is kept: sealed by the keychain, in memory alone, or nowhere. */
  keptIn(archiveId: string): Promise<'keychain' | 'memory' | null>;
  forget(archiveId: string): void;
};

export function tokenStore(userData: string, keychain: () => Promise<KeyWrapper | null>): TokenStore {
  const inMemory = new Map<string, string>();
  const folder = join(userData, 'tokens');
  const fileOf = (archiveId: string): string => join(folder, `${archiveId.replace(/[^0-9a-z]/gi, '')}.sealed`);
  return {
    async keep(archiveId, token) {
      inMemory.set(archiveId, token);
      const wrapped = await (await keychain())?.wrap(Buffer.from(token));
      if (!wrapped?.ok) return;
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeAtomically(fileOf(archiveId), wrapped.value);
    },
    async find(archiveId) {
      const known = inMemory.get(archiveId);
      if (known !== undefined) return ok(known);
      const missing = fail(
        'unauthenticated',
        'No API token is kept for this archive.',
        'Connect to Jetty again with a token.',
      );
      const wrapper = await keychain();
      if (!wrapper) return missing;
      try {
        const opened = await wrapper.unwrap(readFileSync(fileOf(archiveId)));
        return opened.ok ? ok(Buffer.from(opened.value).toString('utf8')) : missing;
      } catch {
        return missing;
      }
    },
    async keptIn(archiveId) {
      if ((await keychain()) && existsSync(fileOf(archiveId))) return 'keychain';
      return inMemory.has(archiveId) ? 'memory' : null;
    },
    forget(archiveId) {
      inMemory.delete(archiveId);
      rmSync(fileOf(archiveId), { force: true });
    },
  };
}
