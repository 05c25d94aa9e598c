import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

// What cannot be tried from inside a page is read in the source: options that must be said, and some that must not.

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'src/main/shell');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(folder, file), 'utf8'));
const all = sources.join('\n');

describe('the options of the window', () => {
  it.each([
    'sandbox: true',
    'contextIsolation: true',
    'nodeIntegration: false',
    'nodeIntegrationInSubFrames: false',
    'nodeIntegrationInWorker: false',
    'webviewTag: false',
    'webSecurity: true',
    'allowRunningInsecureContent: false',
    'experimentalFeatures: false',
    'spellcheck: false',
  ])('say %s', (option) => {
    const [name] = option.split(':');
    expect(all.match(new RegExp(`\\b${name}: \\w+`, 'g'))).toEqual([option]);
  });

  it('are those of the only window there is', () => {
    expect(all.match(/new BrowserWindow\(/g)).toHaveLength(1);
  });

  it.each(['enableBlinkFeatures', 'allowpopups', 'WebContentsView', 'loadFile', 'file://', 'ipcMain.on(', 'remote'])(
    'never mention %s',
    (word) => {
      expect(all.replaceAll('`file://`', '')).not.toContain(word);
    },
  );

  it('let no webview attach, whatever its options', () => {
    expect(all).toContain("contents.on('will-attach-webview', (event) => event.preventDefault());");
  });
});

describe('docs/security.md', () => {
  const page = readFileSync(join(root, 'docs/security.md'), 'utf8');
  const rows = [...page.matchAll(/^\| (\d+) +\|(.*)\|$/gm)];

  it('has a line for each of the twenty items', () => {
    expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('names tests that exist', () => {
    const e2e = readFileSync(join(root, 'test/e2e/shell.test.ts'), 'utf8').replaceAll(/\s+/g, ' ');
    const titles = [...page.matchAll(/e2e ((?:"[^"]+"(?:, )?)+)/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title.replace('a page cannot leave, ', '')),
    );
    expect(titles.length).toBeGreaterThan(8);
    for (const title of titles) expect(e2e).toContain(title);
    for (const [, file = ''] of page.matchAll(/`([\w-]+\.test\.ts)`/g)) {
      expect(readdirSync(import.meta.dirname)).toContain(file);
    }
  });
});
