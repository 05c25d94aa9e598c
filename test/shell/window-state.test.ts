import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWindowState, writeWindowState } from '../../src/main/shell/window-state.ts';

const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
const state = { bounds: { x: 40, y: 60, width: 1300, height: 900 }, maximized: true };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logbook-window-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the place of the window', () => {
  it('is kept, for its owner only', () => {
    writeWindowState(folder, state);
    expect(readWindowState(folder, screens)).toEqual(state);
    expect(statSync(join(folder, 'window.json')).mode & 0o777).toBe(0o600);
  });

  it('is the usual one at first, and where the file is damaged', () => {
    const first = readWindowState(folder, screens);
    expect(first).toEqual({ bounds: { width: 1440, height: 900 }, maximized: false });
    for (const text of [
      '',
      '{',
      '[]',
      '{"bounds":{"x":"1"}}',
      '{"bounds":{"x":1,"y":1,"width":-5,"height":5},"maximized":true}',
    ]) {
      writeFileSync(join(folder, 'window.json'), text);
      expect(readWindowState(folder, screens)).toEqual(first);
    }
  });

  it('is on a screen that is still there, and never too small', () => {
    writeWindowState(folder, { bounds: { x: 2500, y: 60, width: 1400, height: 900 }, maximized: false });
    expect(readWindowState(folder, screens)).toEqual({ bounds: { width: 1400, height: 900 }, maximized: false });
    writeWindowState(folder, { bounds: { x: 0, y: 0, width: 10, height: 10 }, maximized: false });
    expect(readWindowState(folder, screens).bounds).toEqual({ x: 0, y: 0, width: 1280, height: 800 });
  });

  it('is not worth a failure', () => {
    expect(() => writeWindowState(join(folder, 'missing'), state)).not.toThrow();
  });
});
