import { firstLoad } from './browser-window.ts';
import { debugEndpoint } from './chromium.ts';
import * as electron from './electron.ts';

/**
 * What a test asks of the main process: where the page can be driven (once it is loaded), or a function to run with
 * the `electron` module, as Playwright's `ElectronApplication.evaluate` runs it.
 */
export type Question =
  | { readonly id: number; readonly kind: 'endpoint' }
  | { readonly id: number; readonly kind: 'evaluate'; readonly source: string; readonly arg: unknown };

export type Answer = { readonly id: number; readonly ok: boolean; readonly value: unknown };

// The channel is a test's only if launch-stand-in.ts started this process.
if (process.send && process.env.LOGBOOK_STANDIN_DEBUG === '1') {
  process.on('message', (question: Question) => void answer(question));
  process.once('disconnect', () => electron.app.exit(0));
}

async function answer(question: Question): Promise<void> {
  const { id } = question;
  try {
    process.send?.({ id, ok: true, value: await run(question) } satisfies Answer);
  } catch (error) {
    process.send?.({ id, ok: false, value: error instanceof Error ? error.message : String(error) } satisfies Answer);
  }
}

async function run(question: Question): Promise<unknown> {
  if (question.kind === 'evaluate') {
    const fn = new Function(`return (${question.source})`)();
    return (fn as (module: typeof electron, arg: unknown) => unknown)(electron, question.arg);
  }
  await firstLoad.promise;
  return debugEndpoint();
}
