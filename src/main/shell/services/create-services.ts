import { join } from 'node:path';
import { ok } from '../../../shared/errors.ts';
import { systemClock } from '../../system-ports.ts';
import { createWarmThreads } from '../../worker/warm-threads.ts';
import type { ServiceContext, Services } from '../context.ts';
import { archiveHandlers } from './archive-handlers.ts';
import { besideHandlers } from './beside-handlers.ts';
import { bundleHandlers } from './bundle-handlers.ts';
import { caseHandlers } from './case-handlers.ts';
import { coverageHandlers } from './coverage-handlers.ts';
import { entryHandlers } from './entry-handlers.ts';
import { findingHandlers } from './finding-handlers.ts';
import { importHandlers } from './import-handlers.ts';
import { integrityHandlers } from './integrity-handlers.ts';
import { integritySettings } from './integrity-settings.ts';
import { keepingHandlers } from './keeping-handlers.ts';
import { keyHandlers } from './key-handlers.ts';
import { knownArchives } from './known-archives.ts';
import { outputHandlers } from './output-handlers.ts';
import { preferenceHandlers } from './preference-handlers.ts';
import { preferencesFile } from './preferences.ts';
import { profileHandlers } from './profile-handlers.ts';
import { type LastWritten, reportHandlers } from './report-handlers.ts';
import { reviewHandlers } from './review-handlers.ts';
import { scheduleFile } from './schedule-file.ts';
import { createScheduler } from './scheduler.ts';
import { settingsHandlers } from './settings-handlers.ts';
import { sourceHandlers } from './source-handlers.ts';
import { stampHandlers } from './stamp-handlers.ts';
import { createStamping } from './stamping.ts';
import { createSyncRuns, type SyncRuns, syncHandlers } from './sync-handlers.ts';
import { tokenStore } from './token-store.ts';
import { createTrayState } from './tray-state.ts';
import { createVault } from './vault.ts';
import { scheduleVerifying } from './verify-schedule.ts';
import { createWriterTurn } from './writer-turn.ts';

/** Everything behind the window's methods, put together over what the desktop offers. */
export function createServices(context: ServiceContext): Services {
  const vault = createVault();
  const warm = createWarmThreads(join(context.mainDir, 'archive-worker.js'));
  const known = knownArchives(context.userData, context.documents);
  const tokens = tokenStore(context.userData, context.keychain);
  const preferences = preferencesFile(context.userData);
  const stamping = createStamping(context, vault);
  const turn = createWriterTurn(stamping.look);
  const written: LastWritten = { path: null };
  const wrote = (file: string): void => {
    written.path = file;
  };
  const tray = createTrayState(context.showInTray, (id) => known.nameOf(id));
  vault.watch((session) => tray.opened(session && { id: session.id, canSync: session.writer().ok }));
  tray.opened(null);
  const scheduler = createScheduler({
    clock: systemClock,
    vault,
    known,
    file: scheduleFile(context.userData),
    notifications: context.notifications,
    tray,
    start: () => runs.start('schedule'),
  });
  const runs: SyncRuns = createSyncRuns(context, vault, tokens, turn, {
    began: tray.syncBegan,
    ended: scheduler.syncEnded,
  });
  const verifying = scheduleVerifying(context, vault, systemClock);
  const { forgetDrops, ...imports } = importHandlers(context, vault, turn);
  const { appState, ...archive } = archiveHandlers(context, vault, known, runs, tokens, warm);
  context.setScheme(preferences.read().scheme);
  return {
    handlers: {
      ...archive,
      ...entryHandlers(vault),
      ...findingHandlers(context, vault),
      ...profileHandlers(vault),
      ...besideHandlers(context, vault),
      ...reviewHandlers(context, vault),
      ...caseHandlers(context, vault, known, wrote),
      ...syncHandlers(context, vault, known, tokens, runs, turn),
      ...coverageHandlers(vault, known),
      ...scheduler.handlers,
      ...imports,
      ...outputHandlers(context, vault, wrote),
      ...reportHandlers(context, vault, written),
      ...bundleHandlers(context, vault, appState, wrote, warm),
      async 'window.touched'() {
        context.touched();
        return ok({});
      },
      async 'window.control'({ action }) {
        context.windowControl(action);
        return ok({});
      },
      ...preferenceHandlers(context, preferences),
      ...settingsHandlers(context, vault),
      ...integrityHandlers(context, vault),
      ...integritySettings(context, vault, known),
      ...stampHandlers(context, vault, stamping),
      ...keepingHandlers(context, vault, turn),
      ...keyHandlers(context, vault, known, turn, appState),
      ...sourceHandlers(context, vault, tokens, turn, scheduler.handlers),
    },
    lockMinutes: () => preferences.read().lockMinutes,
    async lock() {
      await vault.close();
      context.announce('app.changed', await appState());
    },
    syncNow: () => void runs.start(),
    woke: scheduler.woke,
    async dispose() {
      scheduler.stop();
      verifying.stop();
      stamping.stop();
      forgetDrops();
      await Promise.all([vault.end(), warm.end()]);
    },
  };
}
