import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import {
  readStampSetting,
  STAMP_SETTING,
  type StampSetting,
  stampSettingText,
  trustedIn,
} from '../../core/archive/integrity/stamp-setting.ts';
import { explainFile } from '../../core/files/explain-file.ts';
import { authorityAddress } from '../../core/stamp/authority-address.ts';
import { nameOf, trustedCertificates } from '../../core/stamp/certificate.ts';
import { systemClock } from '../../system-ports.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { integritySettingWriter } from './integrity-setting-writer.ts';
import type { Stamping } from './stamping.ts';
import type { Vault } from './vault.ts';
import { withoutPath } from './without-path.ts';

type Methods = 'integrity.stamping' | 'integrity.stampBy' | 'integrity.stampByNobody';

/** Which authority stamps the open archive’s heads. */
export function stampHandlers(
  context: Pick<ServiceContext, 'announce' | 'dialogs'>,
  vault: Vault,
  stamping: Stamping,
): Pick<Handlers, Methods> {
  const write = integritySettingWriter(context, vault);
  const set = (setting: StampSetting | null) => write(stampSettingText(setting));
  const chooseRoot = async (): Promise<Result<string>> => {
    const [file] =
      (await context.dialogs.chooseFiles({ title: 'The authority’s root certificate (PEM)', button: 'Trust' })) ?? [];
    if (file === undefined) return fail('cancelled', 'No certificate was chosen.', 'Choose a PEM file.');
    try {
      const pem = readFileSync(file, 'utf8');
      const read = trustedCertificates(pem);
      return read.ok ? ok(pem) : read;
    } catch (error) {
      return withoutPath(explainFile(error, `read ${basename(file)}`));
    }
  };
  return {
    async 'integrity.stamping'() {
      const session = vault.session();
      if (!session.ok) return session;
      const kept = await session.value.reader.call('setting', { name: STAMP_SETTING });
      if (!kept.ok) return kept;
      const setting = readStampSetting(kept.value);
      if (setting === null) return ok({ by: null });
      const [root] = trustedIn(kept.value);
      const { url, at, failed } = setting;
      return ok({ by: { url, root: root === undefined ? null : nameOf(root), at, failed } });
    },
    async 'integrity.stampBy'({ url, withRoot }) {
      const address = authorityAddress(url);
      if (!address.ok) return address;
      const session = vault.session();
      const writer = session.ok ? session.value.writer() : session;
      if (!session.ok || !writer.ok) return writer as Extract<typeof writer, { ok: false }>;
      if (session.value.demo)
        return fail('forbidden', 'Nobody stamps the made-up organisation.', 'Create an archive of your own.');
      const root = withRoot ? await chooseRoot() : ok(null);
      if (!root.ok) return root;
      const wish = { url: address.value.href, trust: root.value };
      const head = await session.value.reader.call('head', {});
      if (!head.ok) return head;
      if (head.value === null) return set({ ...wish, at: null, failed: null });
      // Nothing is set where it does not answer as an authority does.
      const asked = await stamping.ask({ ...wish, head: head.value.hash });
      if (!asked.ok) return asked;
      const done = await set({ ...wish, at: systemClock.now(), failed: null });
      if (!done.ok) return done;
      const { sequence } = head.value;
      const kept = await stamping.keep(session.value, { sequence, response: asked.value.response, failed: null });
      return kept.ok ? ok({}) : kept;
    },
    'integrity.stampByNobody': () => set(null),
  };
}
