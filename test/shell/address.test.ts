import { describe, expect, it } from 'vitest';
import { appAddress } from '../../src/main/shell/address.ts';

describe('the address of the window', () => {
  it('is its own scheme and host, whatever the path', () => {
    const address = appAddress(null);
    expect(address.start).toBe('app://logbook/index.html');
    expect(address.owns('app://logbook/assets/index.js?x#y')).toBe(true);
    for (const other of ['app://logbookx/', 'app://x/logbook/', 'https://logbook/', 'app:logbook', 'nonsense']) {
      expect(address.owns(other)).toBe(false);
    }
  });

  it('may be a development server on the loopback interface', () => {
    const address = appAddress('http://localhost:5173');
    expect(address.owns('http://localhost:5173/index.html')).toBe(true);
    expect(address.owns('http://localhost:5174/index.html')).toBe(false);
    expect(address.owns('app://logbook/index.html')).toBe(false);
  });

  it.each(['http://example.com:5173', 'https://localhost', 'file:///tmp', 'http://localhost.example.com'])(
    'is never %s',
    (server) => {
      expect(() => appAddress(server)).toThrow(RangeError);
    },
  );
});
