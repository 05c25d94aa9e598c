import { describe, expect, it } from 'vitest';
import { createSafeShell, isAllowedAddress } from '../../src/main/shell/safe-shell.ts';

describe('addresses that leave the application', () => {
  it.each(['https://attack.mitre.org/techniques/T1110/003/', 'https://usejetty.online/docs'])('%s may', (address) => {
    expect(isAllowedAddress(address)).toBe(true);
  });

  it.each([
    'http://attack.mitre.org/',
    'https://attack.mitre.org.example.com/',
    'https://example.com/?https://attack.mitre.org/',
    'https://attack.mitre.org@example.com/',
    'https://user@attack.mitre.org/',
    'https://attack.mitre.org:8443/',
    'https://eu.usejetty.online.example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://attack.mitre.org/share',
    'ms-msdt:/id',
    '//attack.mitre.org',
    '',
  ])('%s may not', async (address) => {
    const opened: string[] = [];
    const shell = createSafeShell({ openExternal: async (url) => void opened.push(url), showItemInFolder: () => {} });
    expect(await shell.openExternal(address)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(opened).toEqual([]);
  });
});
