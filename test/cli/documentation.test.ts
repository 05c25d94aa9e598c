import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EXIT } from '../../src/main/cli/exit-code.ts';
import { buildProgram } from '../../src/main/cli/program.ts';

const page = readFileSync('docs/command-line.md', 'utf8');
const program = buildProgram(
  {
    env: {},
    cwd: '/',
    resourcesDir: '/',
    out: () => {},
    err: () => {},
    interactive: false,
    askSecret: async () => null,
    signal: new AbortController().signal,
  },
  '0',
  () => {},
);

it.each(program.commands.map((command) => command.name()))('%s and each of its flags are documented', (name) => {
  const command = program.commands.find((one) => one.name() === name);
  expect(page).toMatch(new RegExp(`\\| \`${name}[ \`]`));
  for (const option of command?.options ?? []) expect(page, `${name} ${option.long}`).toContain(`${option.long}`);
});

it('documents every exit code', () => {
  for (const code of Object.values(EXIT)) expect(page).toMatch(new RegExp(`\\| ${code} \\|`));
});
