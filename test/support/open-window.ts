import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { inject, onTestFinished } from 'vitest';
import { keepEvidence } from './evidence.ts';
import { type LaunchedApp, launchApp } from './launch.ts';
import { temporaryFolder } from './ports.ts';

const PATIENCE_MS = 30_000;

/**
 * Starts the application for one test, in a home of its own, where the made-up organisation is there already unless the
 * test wants to see it made. It is closed when the test is over; where the test failed, what it showed and
 * said is kept.
 */
export async function openWindow({ demo = true } = {}): Promise<{ app: LaunchedApp; page: Page; home: string }> {
  const home = temporaryFolder();
  if (demo) cpSync(inject('madeDemo'), join(home, 'data', 'Demo.logbook'), { recursive: true });
  mkdirSync(join(home, 'Documents'), { recursive: true });
  const app = await launchApp({ userData: join(home, 'data'), home });
  onTestFinished(async ({ task }) => {
    await keepEvidence(task, app);
    await app.close();
  });
  app.page.setDefaultTimeout(PATIENCE_MS);
  await app.page.setViewportSize({ width: 1440, height: 900 });
  return { app, page: app.page, home };
}
