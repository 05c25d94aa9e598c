import type { App, WebContents } from 'electron';
import type { AppAddress } from './address.ts';
import type { SafeShell } from './context.ts';
import type { Report } from './report.ts';

/** Keeps every page where it is: no other origin, no second window, no webview. Must run before the first window. */
export function guardNavigation(app: App, address: AppAddress, safeShell: SafeShell, report: Report): void {
  app.on('web-contents-created', (_event, contents) => {
    guard(contents, address, safeShell);
    contents.on('render-process-gone', (_gone, details) => report(`The page's process ended: ${details.reason}.`));
  });
}

function guard(contents: WebContents, address: AppAddress, safeShell: SafeShell): void {
  contents.on('will-navigate', (event) => {
    if (!address.owns(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!address.owns(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !address.owns(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    // A link to documentation opens in the system's browser if the allow-list has it, and nowhere if not.
    void safeShell.openExternal(url);
    return { action: 'deny' };
  });
}
