import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { droppedFilesFolder, receiveDrop, removeLeftDrops } from '../../src/main/shell/services/dropped-files.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { temporaryFolder } from '../support/ports.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('files dropped on the window', () => {
  it('arrive in pieces, in a private folder, each under its own name', () => {
    const data = temporaryFolder();
    const drop = unwrap(
      receiveDrop(data, 'one', [
        { name: 'audit-logs-2026-07-01.json', size: 6 },
        { name: 'audit-logs-2026-07-01.json', size: 0 },
      ]),
    );
    expect(drop.paths()).toMatchObject({ ok: false });
    unwrap(drop.add(0, bytes('abc')));
    unwrap(drop.add(0, bytes('def')));
    const paths = unwrap(drop.paths());
    expect(paths.map((path) => basename(path))).toEqual(['audit-logs-2026-07-01.json', 'audit-logs-2026-07-01.json']);
    expect(readFileSync(paths[0] ?? '', 'utf8')).toBe('abcdef');
    if (process.platform !== 'win32') {
      expect(statSync(paths[0] ?? '').mode & 0o777).toBe(0o600);
      expect(statSync(dirname(paths[0] ?? '')).mode & 0o777).toBe(0o700);
      expect(statSync(droppedFilesFolder(data)).mode & 0o777).toBe(0o700);
    }
    drop.remove();
    expect(readdirSync(droppedFilesFolder(data))).toEqual([]);
  });

  it.each([
    '../../etc/passwd',
    '..\\..\\windows\\win.ini',
    '/etc/passwd',
    '..',
    '.',
    'a/..',
    '\u0000',
    'x'.repeat(900),
    '名'.repeat(300),
  ])('cannot be written anywhere else, whatever their name: %j', (name) => {
    const data = temporaryFolder();
    const drop = unwrap(receiveDrop(data, 'one', [{ name, size: 1 }]));
    unwrap(drop.add(0, bytes('x')));
    const [path = ''] = unwrap(drop.paths());
    expect(dirname(path)).toBe(join(droppedFilesFolder(data), 'one', '0'));
    expect(readFileSync(path, 'utf8')).toBe('x');
    expect(readdirSync(data)).toEqual(['incoming']);
  });

  it('are never longer than announced, nor more', () => {
    const drop = unwrap(receiveDrop(temporaryFolder(), 'one', [{ name: 'a.json', size: 2 }]));
    expect(drop.add(0, bytes('abc'))).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    expect(drop.add(1, bytes('a'))).toMatchObject({ ok: false });
    expect(receiveDrop(temporaryFolder(), 'two', [{ name: 'big', size: 2 ** 40 }])).toMatchObject({ ok: false });
  });

  it('that a killed process left behind are removed at the next start', () => {
    const data = temporaryFolder();
    unwrap(receiveDrop(data, 'left', [{ name: 'a.json', size: 2 }]));
    removeLeftDrops(data);
    expect(existsSync(droppedFilesFolder(data))).toBe(false);
  });
});
