import { join } from 'node:path';
import { Menu, type MenuItemConstructorOptions, Tray } from 'electron';
import type { TrayView } from './context.ts';

export type TrayOptions = {
  /** Folder of the pictures, a file for each mark. */
  readonly pictures: string;
  readonly mac: boolean;
  readonly open: () => void;
  readonly syncNow: () => void;
  readonly quit: () => void;
};

/** The application's place in the system's tray (macOS: menu bar): how the archive is, without its window. */
export type TrayPlace = {
  show(view: TrayView): void;
  remove(): void;
};

/** Makes the place when there is first something to show. */
export function createTray({ pictures, mac, open, syncNow, quit }: TrayOptions): TrayPlace {
  let tray: Tray | null = null;
  // macOS colours pictures of this name itself, for light and dark menu bars.
  const pictureOf = (mark: TrayView['mark']): string => join(pictures, `${mark}${mac ? 'Template' : ''}.png`);
  return {
    show({ mark, text, canSync }) {
      if (tray === null) {
        tray = new Tray(pictureOf(mark));
        tray.on('click', open);
      } else tray.setImage(pictureOf(mark));
      tray.setToolTip(text);
      const items: MenuItemConstructorOptions[] = [
        { id: 'state', label: text, enabled: false },
        { type: 'separator' },
        { id: 'open', label: 'Open Logbook', click: open },
        { id: 'sync', label: 'Sync now', enabled: canSync, click: syncNow },
        { type: 'separator' },
        { id: 'quit', label: 'Quit', click: quit },
      ];
      // Linux shows a menu as it was given: every change is a new one.
      tray.setContextMenu(Menu.buildFromTemplate(items));
    },
    remove() {
      tray?.destroy();
      tray = null;
    },
  };
}
