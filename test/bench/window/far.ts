import type { Page } from 'playwright-core';
import { call, rowsAt, settled } from './page.ts';

/** Compares what the list shows at its beginning, middle and end with what the archive says stands there. */
export async function compared(page: Page, entries: number): Promise<readonly string[]> {
  const grid = page.getByRole('grid', { name: /Entries/ });
  const problems: string[] = [];
  const places = [
    ['first', 0],
    ['middle', 0.5],
    ['last', 1],
  ] as const;
  for (const [name, part] of places) {
    await grid.evaluate((element, at) => element.scrollTo(0, at * (element.scrollHeight - element.clientHeight)), part);
    await settled(page);
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll('[data-key]')]
        .map((row) => ({ key: row.getAttribute('data-key') ?? '', y: row.getBoundingClientRect().top }))
        .sort((a, b) => a.y - b.y)
        .map((row) => row.key),
    );
    const position = await positionOf(page, shown[0] ?? '');
    const right = await rowsAt(page, position, shown.length);
    if (shown.join() !== right.join()) problems.push(`${name}: ${shown.length} rows from ${position} on differ`);
    const wanted = part * (entries - shown.length);
    if (Math.abs(position - wanted) > entries * 0.01) problems.push(`${name}: stands at ${position} of ${entries}`);
    if (part === 1 && position + shown.length !== entries) problems.push(`last: ends at ${position + shown.length}`);
  }
  return problems;
}

async function positionOf(page: Page, key: string): Promise<number> {
  const entry = await call<{ row: { ts: number } }>(page, 'entriesGet', { key: Number(key) });
  const question = { filter: { terms: [] }, zone: 'UTC' };
  const { count } = await call<{ count: number }>(page, 'entriesNewerThan', { ...question, at: entry.row.ts });
  const near = await rowsAt(page, count, 500);
  return count + near.indexOf(key);
}
