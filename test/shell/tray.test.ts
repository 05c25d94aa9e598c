import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { nodeBinary } from '../../scripts/runtime.mjs';

const root = join(import.meta.dirname, '../..');
const register = pathToFileURL(join(root, 'test/support/electron/register.ts')).href;
const source = pathToFileURL(join(root, 'src/main/shell/tray.ts')).href;

/** Runs the shell's tray on the stand-in for Electron; `code` prints what came of it. */
function run(code: string): unknown {
  const program = `
    import { Tray } from 'electron';
    import { createTray } from ${JSON.stringify(source)};
    const done = [];
    const options = { pictures: 'resources/tray', mac: false, open: () => done.push('open'), syncNow: () => done.push('sync'), quit: () => done.push('quit') };
    const labels = (tray) => tray.menu.items.map((item) => item.label ?? '-');
    ${code}
    process.exit(0);`;
  const args = ['--import', register, '--input-type=module', '-e', program];
  return JSON.parse(
    execFileSync(nodeBinary(), args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
  );
}

it('shows mark and text, offers what can be done, and goes', () => {
  const told = run(`
    const tray = createTray(options);
    const before = Tray.shown.length;
    tray.show({ mark: 'calm', text: 'Logbook: calm', canSync: false });
    const [place] = Tray.shown;
    const calm = [place.picture, place.toolTip, labels(place), place.menu.getMenuItemById('sync').enabled];
    tray.show({ mark: 'trouble', text: 'Logbook: trouble', canSync: true });
    const trouble = [place.picture, place.toolTip, place.menu.getMenuItemById('sync').enabled];
    for (const id of ['open', 'sync', 'quit']) place.menu.getMenuItemById(id).click();
    place.emit('click');
    tray.remove();
    console.log(JSON.stringify({ before, calm, trouble, done, after: Tray.shown.length }));`);
  expect(told).toEqual({
    before: 0,
    calm: [
      'resources/tray/calm.png',
      'Logbook: calm',
      ['Logbook: calm', '-', 'Open Logbook', 'Sync now', '-', 'Quit'],
      false,
    ],
    trouble: ['resources/tray/trouble.png', 'Logbook: trouble', true],
    done: ['open', 'sync', 'quit', 'open'],
    after: 0,
  });
});

it('has a picture for every mark, size and system', () => {
  for (const mark of ['calm', 'syncing', 'trouble'])
    for (const kind of ['', '@2x', 'Template', 'Template@2x'])
      expect(existsSync(join(root, 'resources/tray', `${mark}${kind}.png`))).toBe(true);
  expect(
    run(`
      createTray({ ...options, mac: true }).show({ mark: 'syncing', text: '', canSync: false });
      console.log(JSON.stringify(Tray.shown[0].picture));`),
  ).toBe('resources/tray/syncingTemplate.png');
});
