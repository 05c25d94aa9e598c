import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/main/cli/exit-code.ts';
import { buildProgram } from '../../src/main/cli/program.ts';
import { EXPORT_FORMATS } from '../../src/shared/export-format.ts';
import { logbook } from '../support/terminal.ts';

const page = readFileSync('docs/command-line.md', 'utf8');
const silent = {
  env: {},
  cwd: '/',
  resourcesDir: '/',
  out: () => {},
  err: () => {},
  interactive: false,
  askSecret: async () => null,
  signal: new AbortController().signal,
};
const program = buildProgram(silent, silent, '0', () => {});
const everyCommand = program.commands.flatMap((command): [name: string, command: Command][] => [
  [command.name(), command],
  ...command.commands.map((inner): [string, Command] => [`${command.name()} ${inner.name()}`, inner]),
]);

describe.each(everyCommand)('%s', (name, command) => {
  it('and each of its flags are documented', () => {
    expect(page).toMatch(new RegExp(`\\| \`${name}[ \`]`));
    for (const option of command.options) expect(page, `${name} ${option.long}`).toContain(`${option.long}`);
  });

  it('explains itself with --help', async () => {
    const { code, out, err } = await logbook('/', [...name.split(' '), '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Usage: logbook ${name}`);
    expect(out).toContain(command.description());
    for (const option of command.options) expect(out).toContain(`${option.long}`);
  });
});

it('documents every exit code and format', () => {
  for (const code of Object.values(EXIT)) expect(page).toMatch(new RegExp(`\\| ${code} \\|`));
  for (const format of EXPORT_FORMATS) expect(page).toContain(format);
});
