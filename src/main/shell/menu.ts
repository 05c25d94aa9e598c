import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { EventPayload } from '../../shared/contract.ts';
import type { Announce } from './context.ts';

type Command = EventPayload<'menu.command'>['command'];

/** Sets the application's menu: on macOS the menu bar, elsewhere only the accelerators of its roles. */
export function installMenu(announce: Announce, options: { readonly mac: boolean; readonly packaged: boolean }): void {
  // The page handles these keys itself; the menu shows them and must not take them away from it.
  const command = (id: Command, label: string, accelerator: string): MenuItemConstructorOptions => ({
    id,
    label,
    accelerator,
    registerAccelerator: false,
    click: () => announce('menu.command', { command: id }),
  });
  const template: MenuItemConstructorOptions[] = [
    ...(options.mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'Archive',
      submenu: [
        command('report', 'Create report…', 'CmdOrCtrl+Shift+R'),
        command('settings', 'Settings…', 'CmdOrCtrl+,'),
        { type: 'separator' },
        command('lock', 'Lock', 'CmdOrCtrl+L'),
        { type: 'separator' },
        { role: options.mac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'Go',
      submenu: [command('search', 'Search', 'CmdOrCtrl+F'), command('palette', 'Command palette', 'CmdOrCtrl+K')],
    },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(options.packaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    ...(options.mac ? [{ role: 'windowMenu' } as const] : []),
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
