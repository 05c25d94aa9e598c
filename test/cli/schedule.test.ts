import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { split } from 'shlex';
import { describe, expect, it } from 'vitest';
import { systemd } from '../../src/main/cli/units/systemd.ts';
import { INTERVALS, type Job } from '../../src/main/cli/units/unit.ts';
import { temporaryFolder } from '../support/ports.ts';
import { logbook } from '../support/terminal.ts';

const URL = 'https://eu.usejetty.online';

/** Files in a folder whose name is as awkward as names get. */
function setUp() {
  const cwd = temporaryFolder();
  const folder = join(cwd, `Zoë's "log" 100% & <co>`);
  mkdirSync(folder);
  for (const name of ['pass', 'token']) writeFileSync(join(folder, name), `secret-${name}-0123456789\n`);
  const args = ['--archive', join(folder, 'org.logbook'), '--url', URL];
  const files = ['--passphrase-file', join(folder, 'pass'), '--token-file', join(folder, 'token')];
  const print = async (...more: string[]) => {
    const ran = await logbook(cwd, ['schedule', '--print', '--json', ...args, ...files, ...more]);
    expect(ran.err).toBe('');
    expect(ran.code).toBe(0);
    expect(ran.out).not.toContain('secret-');
    return ran.json();
  };
  const command = ['logbook', 'sync', '--url', URL, '--archive', join(folder, 'org.logbook'), ...files];
  return { cwd, folder, args, files, print, command };
}

describe('a schedule', () => {
  it('for cron is a line that cron and the shell read back as the command', async () => {
    const { print, command } = setUp();
    const { files } = await print('--system', 'cron', '--every', '6h');
    const line = (files[0].text as string).split('\n')[1] ?? '';
    const [, minute, rest] = /^(\d{1,2}) \*\/6 \* \* \* (.*)$/.exec(line) ?? [];
    expect(Number(minute)).toBeLessThan(60);
    // cron turns \% into % and hands the rest to the shell.
    const shell = (rest ?? '').replaceAll('\\%', '%');
    expect(rest?.replaceAll('\\%', '')).not.toContain('%');
    expect(split(shell)).toEqual([...command, '>', '/dev/null']);
    expect((await print('--system', 'cron', '--every', '15m')).files[0].text).toMatch(/^\d+,\d+,\d+,\d+ \* \* \* \* /m);
    expect((await print('--system', 'cron', '--every', '1d')).files[0].text).toMatch(/^\d+ 3 \* \* \* /m);
  });

  it('for systemd is a service and a timer that systemd finds no fault with', async () => {
    const { cwd, print } = setUp();
    const { files, install } = await print('--system', 'systemd');
    expect(files).toHaveLength(2);
    expect(install[1]).toMatch(/^systemctl --user enable --now logbook-\S+\.timer$/);
    if (!existsSync('/usr/bin/systemd-analyze')) return console.log('systemd-analyze is not here: not verified by it.');
    const units = join(cwd, 'units');
    mkdirSync(units);
    // What is verified has to name a program that is there.
    const paths = files.map((file: { path: string; text: string }) => {
      const path = join(units, basename(file.path));
      writeFileSync(path, file.text.replace('ExecStart="logbook"', 'ExecStart="/bin/true"'));
      return path;
    });
    const verified = spawnSync('systemd-analyze', ['verify', '--user', ...paths], { encoding: 'utf8' });
    const own = verified.stderr.split('\n').filter((line) => line.includes('logbook-'));
    expect(own).toEqual([]);
  });

  it.runIf(existsSync('/usr/bin/systemd-analyze'))('of any interval is one that systemd can read', () => {
    const job: Job = { slug: 'logbook-x', title: 'x', command: ['/bin/true'], everyMinutes: 0, minute: 47 };
    const calendars = INTERVALS.map((everyMinutes) => {
      const timer = systemd({ ...job, everyMinutes }).files[1]?.text ?? '';
      return /^OnCalendar=(.*)$/m.exec(timer)?.[1] ?? '';
    });
    const out = execFileSync('systemd-analyze', ['calendar', '--iterations=2', ...calendars], {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' },
    });
    const instants = [...out.matchAll(/(?:Next elapse|Iter(?:ation|\.) #2): \w+ ([\d-]+ [\d:]+) UTC/g)];
    const times = instants.map(([, at]) => Date.parse(`${at}Z`));
    const gaps = INTERVALS.map((_, n) => ((times[2 * n + 1] ?? 0) - (times[2 * n] ?? 0)) / 60_000);
    expect(gaps).toEqual(INTERVALS);
  });

  it('for launchd is a property list with the command in it', async () => {
    const { print, command } = setUp();
    const { files } = await print('--system', 'launchd', '--every', '2h');
    const text = files[0].text as string;
    expect(text).toContain('<key>StartInterval</key>\n  <integer>7200</integer>');
    const fromXml = (xml: string) =>
      xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
    const strings = [...text.matchAll(/^ {4}<string>(.*)<\/string>$/gm)].map(([, part]) => fromXml(part ?? ''));
    expect(strings).toEqual(command);
    expect(wellFormed(text)).toBe(true);
  });

  it('for Windows is a task with the command in it', async () => {
    const { print } = setUp();
    const { files, install } = await print('--system', 'windows', '--every', '30m');
    const text = files[0].text as string;
    expect(text).toContain('<Interval>PT30M</Interval>');
    expect(text).toContain('<Command>logbook</Command>');
    expect(text).toContain('100% &amp; &lt;co&gt;');
    expect(wellFormed(text)).toBe(true);
    expect(install[0]).toMatch(/^schtasks \/Create/);
  });

  it('is told to people with where to put it', async () => {
    const { cwd, args, files } = setUp();
    const ran = await logbook(cwd, [
      'schedule',
      '--print',
      ...args,
      ...files,
      '--system',
      'systemd',
      '--plan',
      'harbor',
    ]);
    expect(ran.out).toContain('# file ~/.config/systemd/user/logbook-org-');
    expect(ran.out).toContain('--plan');
    expect(ran.out).toContain('systemctl --user enable --now');
  });

  it('is refused where it could not work, saying what is missing', async () => {
    const { cwd, args, files } = setUp();
    const refused = async (...given: string[]) => {
      const ran = await logbook(cwd, ['schedule', ...given]);
      expect(ran.code).toBe(2);
      expect(ran.out).toBe('');
      return ran.err;
    };
    expect(await refused(...args, ...files)).toContain('Add --print');
    expect(await refused('--print', ...args)).toContain('--passphrase-file');
    expect(await refused('--print', ...args, ...files, '--every', '7h')).toContain('Intervals: 15m, 30m, 1h');
    expect(await refused('--print', ...args, ...files, '--system', 'openrc')).toContain('Systems: cron, systemd');
    expect(await refused('--print', ...args, '--passphrase-file', 'nowhere')).toContain('nowhere');
    expect(await refused('--print', ...args, ...files, '--url', 'http://example.com')).toContain('https://example.com');
  });
});

/** Whether tags are closed in the order in which they were opened, and no bare sign is left. */
function wellFormed(xml: string): boolean {
  const open: string[] = [];
  for (const [, slash, name, self] of xml.replace(/<[?!][^>]*>/g, '').matchAll(/<(\/?)([A-Za-z]+)[^>]*?(\/?)>/g)) {
    if (slash) {
      if (open.pop() !== name) return false;
    } else if (!self) open.push(name ?? '');
  }
  return open.length === 0 && !/&(?!(?:amp|lt|gt|quot);)/.test(xml);
}
