import { join } from 'node:path';
import { runLogbook } from '../../src/main/cli/program.ts';
import { CHEAP_KDF } from './ports.ts';

/** A JSON document whose fields the test asserts; what is not there is undefined. */
// biome-ignore lint/suspicious/noExplicitAny: the tests are what checks the shape
export type Document = { readonly [field: string]: any };

export type Ran = { readonly code: number; readonly out: string; readonly err: string; readonly json: () => Document };

/** Runs a `logbook` command in this process, as a script would: nobody to ask, no terminal. */
export async function logbook(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  signal = new AbortController().signal,
  input: readonly string[] = [],
): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await runLogbook(
    args,
    {
      env: { HOME: cwd, ...env },
      cwd,
      resourcesDir: join(import.meta.dirname, '../../resources'),
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      interactive: false,
      kdfCost: CHEAP_KDF,
      askSecret: async () => null,
      async *input() {
        yield* input;
      },
      signal,
    },
    '0.0.0-test',
  );
  return { code, out, err, json: () => JSON.parse(out) as Document };
}
