import { app } from 'electron';
import { appAddress } from './shell/address.ts';
import { registerScheme } from './shell/protocol.ts';
import { reportToStderr as report } from './shell/report.ts';
import { createServices } from './shell/services/create-services.ts';
import { start } from './shell/start.ts';

// Before Electron is ready: these two can no longer be set later.
app.enableSandbox();
registerScheme();

const developmentServer = app.isPackaged ? null : (process.env.ELECTRON_RENDERER_URL ?? null);

function giveUp(error: unknown): void {
  report('Logbook could not start', error);
  app.exit(1);
}

if (app.requestSingleInstanceLock()) {
  app
    .whenReady()
    .then(() => start({ address: appAddress(developmentServer), mainDir: import.meta.dirname, createServices, report }))
    .catch(giveUp);
} else {
  // The window that is already open has been told, and comes to the front.
  app.exit(0);
}
