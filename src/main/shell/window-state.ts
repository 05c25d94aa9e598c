import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const MINIMUM = { width: 1280, height: 800 } as const;

/** Where the window was when it was last closed, in the units of the screen. */
export type WindowState = {
  readonly bounds: { readonly x?: number; readonly y?: number; readonly width: number; readonly height: number };
  readonly maximized: boolean;
};

export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const saved = z.strictObject({
  bounds: z.strictObject({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() }),
  maximized: z.boolean(),
});

const FIRST: WindowState = { bounds: { width: 1440, height: 900 }, maximized: false };
const FILE = 'window.json';

/** The state kept in the folder; the first-time state where there is none, it is damaged, or its screen is gone. */
export function readWindowState(folder: string, screens: readonly Area[]): WindowState {
  let state: WindowState;
  try {
    state = saved.parse(JSON.parse(readFileSync(join(folder, FILE), 'utf8')));
  } catch {
    return FIRST;
  }
  const bounds = {
    ...state.bounds,
    width: Math.max(state.bounds.width, MINIMUM.width),
    height: Math.max(state.bounds.height, MINIMUM.height),
  };
  return screens.some((screen) => isReachable(bounds, screen))
    ? { ...state, bounds }
    : { bounds: { width: bounds.width, height: bounds.height }, maximized: state.maximized };
}

/** Keeps the state; a folder that cannot be written to costs the state, never the application. */
export function writeWindowState(folder: string, state: WindowState): void {
  const file = join(folder, FILE);
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch {
    // Nothing to tell anybody: next time the window opens where it did the first time.
  }
}

/** Whether enough of the top bar lies on the screen to take hold of. */
function isReachable(bounds: WindowState['bounds'], screen: Area): boolean {
  const { x = 0, y = 0, width } = bounds;
  const visible = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
  return visible >= 200 && y >= screen.y && y <= screen.y + screen.height - 80;
}
