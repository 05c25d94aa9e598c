import { basename, dirname } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import {
  copyHeads,
  HEAD_COPIES_SETTING,
  type HeadCopies,
  headCopiesText,
  readHeadCopies,
} from '../../core/archive/integrity/head-copies.ts';
import { systemClock } from '../../system-ports.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { integritySettingWriter } from './integrity-setting-writer.ts';
import type { KnownArchives } from './known-archives.ts';
import type { Vault } from './vault.ts';
import { VERIFY_DAYS_SETTING, verifyDaysOf } from './verify-schedule.ts';
import { withoutPath } from './without-path.ts';

type Methods = 'integrity.settings' | 'integrity.setVerifyDays' | 'integrity.copyHeads';

/** When everything is verified, and where heads are written besides. */
export function integritySettings(
  context: Pick<ServiceContext, 'announce' | 'dialogs'>,
  vault: Vault,
  known: Pick<KnownArchives, 'dirOf'>,
): Pick<Handlers, Methods> {
  const settingOf = async (name: string): Promise<Result<string | null>> => {
    const session = vault.session();
    return session.ok ? session.value.reader.call('setting', { name }) : session;
  };
  const write = integritySettingWriter(context, vault);
  return {
    async 'integrity.settings'() {
      const days = await settingOf(VERIFY_DAYS_SETTING);
      if (!days.ok) return days;
      const copies = await settingOf(HEAD_COPIES_SETTING);
      return copies.ok
        ? ok({ verifyDays: verifyDaysOf(days.value), copies: inWords(readHeadCopies(copies.value)) })
        : copies;
    },
    'integrity.setVerifyDays': ({ days }) => write({ name: VERIFY_DAYS_SETTING, value: String(days) }),
    async 'integrity.copyHeads'({ on }) {
      const session = vault.session();
      const writer = session.ok ? session.value.writer() : session;
      if (!session.ok || !writer.ok) return writer as Extract<typeof writer, { ok: false }>;
      if (!on) return write(headCopiesText(null));
      const dir = known.dirOf(session.value.id);
      if (!dir.ok) return dir;
      const folder = await context.dialogs.chooseFolder({
        title: 'Where heads are written, too',
        button: 'Write here',
      });
      if (folder === null) return fail('cancelled', 'No place was chosen.', 'Choose a folder.');
      const written = copyHeads(dir.value, session.value.id, folder);
      if (!written.ok) return withoutPath(written);
      return write(headCopiesText({ path: written.value, at: systemClock.now(), failed: null }));
    },
  };
}

// Enough to recognise the place by.
function inWords(copies: HeadCopies | null) {
  if (copies === null) return null;
  const { path, at, failed } = copies;
  return { place: `${basename(dirname(path))} / ${basename(path)}`, at, failed };
}
