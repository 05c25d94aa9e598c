import type { MenuItemConstructorOptions } from 'electron';
import { loud } from './loud.ts';

type Item = { readonly id?: string; readonly label?: string; click(): void };

/** The template kept, so that tests can choose an item; Chromium has no menu to show it in. */
export class MenuStandIn {
  readonly items: readonly MenuItemConstructorOptions[];

  constructor(items: readonly MenuItemConstructorOptions[]) {
    this.items = items;
  }

  getMenuItemById(id: string): Item | null {
    const search = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions | undefined => {
      for (const item of items) {
        const found = item.id === id ? item : Array.isArray(item.submenu) ? search(item.submenu) : undefined;
        if (found) return found;
      }
      return undefined;
    };
    const item = search(this.items);
    return item ? ({ ...item, click: () => (item.click as (() => void) | undefined)?.() } as Item) : null;
  }
}

let current: MenuStandIn | null = null;

export const Menu = loud('Menu', {
  buildFromTemplate: (template: readonly MenuItemConstructorOptions[]) => loud('Menu', new MenuStandIn(template)),
  setApplicationMenu(menu: MenuStandIn | null): void {
    current = menu;
  },
  getApplicationMenu: () => current,
});
