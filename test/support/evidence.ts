import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import type { LaunchedApp } from './launch.ts';

type Task = TestContext['task'];

/** A page that hangs must not hold up the end of its test: milliseconds. */
const PATIENCE_MS = 5_000;
// What the message repeats, for a log is all that is left of a machine of CI; the folder has the whole.
const SHOWN_CHARACTERS = 2_000;
const SHOWN_LINES = 20;

/**
 * Where the test of an application failed: keeps what its window showed (picture and text), what the page's console and
 * the main process said, in a folder of its own in the temporary folder, and adds its place and the gist to the failure's
 * message. Does nothing where the test passed. To be called while the application still runs.
 */
export async function keepEvidence(task: Task, app: LaunchedApp | undefined): Promise<void> {
  const failure = task.result?.state === 'fail' ? task.result.errors?.[0] : undefined;
  if (!failure || !app) return;
  const folder = mkdtempSync(join(tmpdir(), 'logbook-failed-'));
  const keep = (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, name), content);
  const page = app.page.isClosed() ? null : app.page;
  const at = page?.url() ?? 'closed';
  const patience = { timeout: PATIENCE_MS };
  const text = await told(async () => (await page?.locator('body').innerText(patience)) ?? '');
  const tree = await told(async () => (await page?.locator('body').ariaSnapshot(patience)) ?? '');
  const picture = await page?.screenshot(patience).catch(() => null);
  if (picture) keep('page.png', picture);
  keep('page.txt', `${at}\n\n${text}\n\n${tree}\n`);
  keep('console.txt', app.console());
  keep('main.txt', app.log());
  failure.message = [
    failure.message.trimEnd(),
    `What the application showed and said is kept in ${folder}.`,
    `The window, at ${at}: ${text.replace(/\s*\n\s*/g, ' | ').slice(0, SHOWN_CHARACTERS)}`,
    `The page’s console:\n${lastLines(app.console())}`,
    `The main process:\n${lastLines(app.log())}`,
  ].join('\n\n');
}

async function told(look: () => Promise<string>): Promise<string> {
  try {
    return await look();
  } catch (error) {
    return `(could not be told: ${error instanceof Error ? error.message : String(error)})`;
  }
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-SHOWN_LINES).join('\n') || '(nothing)';
}
