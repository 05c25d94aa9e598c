// biome-ignore-all lint/performance/noBarrelFile: this is the module `electron` as the shell sees it, a face by nature.
// An import that is not here stops the program with the name that is missing.
export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { dialog } from './dialog.ts';
export { ipcMain } from './ipc-main.ts';
export { Menu } from './menu.ts';
export { protocol, session } from './session.ts';
export { Notification, nativeTheme, powerMonitor, safeStorage, screen, shell } from './system.ts';
export { Tray } from './tray.ts';

import './test-control.ts';
