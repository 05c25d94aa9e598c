import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type JettyPlan, PLANS } from '../../../shared/coverage.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { normaliseAddress } from '../../core/jetty/address.ts';
import type { Answer } from '../answer.ts';
import { archiveDir, type CommonOptions } from '../common-options.ts';
import type { Terminal } from '../terminal.ts';
import { cron } from '../units/cron.ts';
import { launchd } from '../units/launchd.ts';
import { systemd } from '../units/systemd.ts';
import { taskScheduler } from '../units/task-scheduler.ts';
import { DAY, HOUR, INTERVALS, type Job, type Unit, type UnitWriter } from '../units/unit.ts';

export type ScheduleOptions = CommonOptions & {
  readonly print?: boolean;
  readonly url: string;
  readonly tokenFile?: string;
  readonly plan?: string;
  readonly every: string;
  readonly system?: string;
};

const SYSTEMS: Readonly<Record<string, UnitWriter>> = { cron, systemd, launchd, windows: taskScheduler };
export const SYSTEM_NAMES: readonly string[] = Object.keys(SYSTEMS);
const NOBODY_TO_ASK = 'A scheduled sync has nobody to ask.';

/** `logbook schedule --print`: what makes the system sync by itself. Nothing is installed, nothing secret is in it. */
export function schedule(options: ScheduleOptions, terminal: Terminal): Result<Answer> {
  if (!options.print)
    return fail('bad_input', 'Logbook installs no schedule by itself.', 'Add --print and install what it prints.');
  const every = readEvery(options.every);
  if (!every.ok) return every;
  const system = options.system ?? thisSystem();
  const write = SYSTEMS[system];
  if (write === undefined || !Object.hasOwn(SYSTEMS, system))
    return fail('bad_input', `--system “${system}” is not known.`, `Systems: ${SYSTEM_NAMES.join(', ')}.`);
  const job = jobOf(options, every.value, terminal);
  if (!job.ok) return job;
  const unit = write(job.value);
  return ok({
    json: { system, every_minutes: every.value, command: job.value.command, ...unit },
    text: asText(unit, system === 'windows'),
  });
}

function jobOf(options: ScheduleOptions, everyMinutes: number, terminal: Terminal): Result<Job> {
  const dir = archiveDir(options, terminal);
  if (!dir.ok) return dir;
  const address = normaliseAddress(options.url);
  if (!address.ok) return address;
  if (options.plan !== undefined && !Object.hasOwn(PLANS, options.plan))
    return fail('bad_input', `--plan “${options.plan}” is not a plan.`, `Plans: ${Object.keys(PLANS).join(', ')}.`);
  if (options.passphraseFile === undefined)
    return fail('bad_input', NOBODY_TO_ASK, 'Add --passphrase-file FILE, a file that only you may read.');
  const files: string[] = [];
  for (const [flag, file] of [
    ['--passphrase-file', options.passphraseFile],
    ['--token-file', options.tokenFile],
  ] as const) {
    if (file === undefined) continue;
    const path = resolve(terminal.cwd, file);
    if (!isReadable(path))
      return fail('bad_input', `The file of ${flag}, ${basename(file)}, cannot be read.`, 'Check its name.');
    files.push(flag, path);
  }
  const plan = options.plan as JettyPlan | undefined;
  const digest = createHash('sha256').update(dir.value).digest();
  const name = basename(dir.value).replace(/\.logbook$/, '');
  const slug = `logbook-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${digest.toString('hex').slice(0, 6)}`;
  return ok({
    slug: slug.replace(/-+/g, '-'),
    title: `Logbook: fetch what is new for the archive ${name.replace(/[^\p{L}\p{N} ._-]/gu, '')}`,
    command: [
      ...(terminal.program ?? ['logbook']),
      ...['sync', '--url', address.value, '--archive', dir.value],
      ...files,
      ...(plan === undefined ? [] : ['--plan', plan]),
    ],
    everyMinutes,
    minute: (digest[3] ?? 0) % HOUR,
  });
}

function readEvery(text: string): Result<number> {
  const [, number, unit = ''] = /^(\d{1,4})(m|h|d)$/.exec(text) ?? [];
  const minutes = Number(number) * ({ m: 1, h: HOUR, d: DAY }[unit] ?? Number.NaN);
  const names = INTERVALS.map((one) => (one < HOUR ? `${one}m` : `${one / HOUR}h`)).join(', ');
  return INTERVALS.includes(minutes)
    ? ok(minutes)
    : fail('bad_input', `--every “${text}” is not an interval that fits the day.`, `Intervals: ${names}.`);
}

function thisSystem(): string {
  if (process.platform === 'win32') return 'windows';
  if (process.platform === 'darwin') return 'launchd';
  return existsSync('/run/systemd/system') ? 'systemd' : 'cron';
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function asText({ files, install }: Unit, windows: boolean): string {
  const comment = windows ? 'rem' : '#';
  const parts = files.map(({ path, text }) => (path === null ? text : `${comment} file ${path}\n${text}`));
  return [...parts, `${comment} then\n${install.join('\n')}`].join('\n');
}
