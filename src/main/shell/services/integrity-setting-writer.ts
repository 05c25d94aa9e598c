import { ok, type Result } from '../../../shared/errors.ts';
import type { ServiceContext } from '../context.ts';
import type { Vault } from './vault.ts';

/** Writes a setting that is about seals into the open archive, and tells the window; `read_only` where it cannot be written. */
export function integritySettingWriter(context: Pick<ServiceContext, 'announce'>, vault: Vault) {
  return async (setting: { readonly name: string; readonly value: string }): Promise<Result<Record<string, never>>> => {
    const session = vault.session();
    const writer = session.ok ? session.value.writer() : session;
    if (!writer.ok) return writer;
    const set = await writer.value.call('setSetting', setting);
    if (!set.ok) return set;
    context.announce('integrity.changed', {});
    return ok({});
  };
}
