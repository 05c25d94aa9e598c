import { existsSync } from 'node:fs';
import { LoudEmitter, loud } from './loud.ts';
import type { MenuStandIn } from './menu.ts';

const places = new Set<TrayStandIn>();

/** A place in a tray nobody sees: what it would show is kept, so that tests can read it and choose from its menu. */
class TrayStandIn extends LoudEmitter {
  picture = '';
  toolTip = '';
  menu: MenuStandIn | null = null;
  private destroyed = false;

  constructor(picture: string) {
    super('Tray', ['click']);
    this.setImage(picture);
    const self = loud('Tray', this);
    places.add(self);
    // biome-ignore lint/correctness/noConstructorReturn: every use must go through the loud proxy.
    return self;
  }

  /** Those that were made and not destroyed; Electron has no such list, tests of the stand-in need one. */
  static get shown(): readonly TrayStandIn[] {
    return [...places];
  }

  setImage(picture: string): void {
    this.mustLive();
    if (!existsSync(picture)) throw new Error(`Failed to load image from path '${picture}'`);
    this.picture = picture;
  }

  setToolTip(toolTip: string): void {
    this.mustLive();
    this.toolTip = toolTip;
  }

  setContextMenu(menu: MenuStandIn | null): void {
    this.mustLive();
    this.menu = menu;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  destroy(): void {
    this.destroyed = true;
    for (const place of places) if (place.isDestroyed()) places.delete(place);
  }

  private mustLive(): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
  }
}

export const Tray = loud('Tray', TrayStandIn);
