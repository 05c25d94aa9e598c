import type { Page } from 'playwright-core';
import { parseQuery } from '../../../src/shared/filter/parse.ts';

/** What the list shows once it has come to rest. */
export type Shown = { readonly total: number; readonly first: string };

type Bridge = {
  readonly logbook: Record<string, (input: unknown) => Promise<{ readonly ok: boolean; readonly value: never }>>;
};

const CALM_MS = 300;

/** Waits until nothing has changed for a while: no stale answer, no row that is still to come. */
export async function settled(page: Page): Promise<Shown> {
  return page.evaluate(async (calmMs) => {
    const state = (): string =>
      [
        document.querySelector('[role=grid]')?.getAttribute('aria-rowcount'),
        document.querySelector('[data-key]')?.getAttribute('data-key'),
        document.querySelector('[data-stale], [data-skeleton]') !== null,
      ].join(' ');
    let before = '';
    for (let since = performance.now(); ; ) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = state();
      if (now !== before || now.endsWith('true')) since = performance.now();
      before = now;
      if (performance.now() - since > calmMs) break;
    }
    const sentence = /([\d\s]+) entr(?:y|ies) match/u.exec(document.body.innerText.replaceAll('\u202f', ''))?.[1] ?? '';
    return {
      total: Number(sentence.replace(/\D/g, '') || Number.NaN),
      first: document.querySelector('[data-key]')?.getAttribute('data-key') ?? '',
    };
  }, CALM_MS);
}

/** What the archive itself answers to a query, asked as the window asks. */
export async function asked(page: Page, query: string): Promise<Shown> {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const question = { filter: parsed.value, zone: 'UTC' };
  const [count, rows] = await Promise.all([
    call<{ total: number }>(page, 'entriesCount', question),
    rowsAt(page, 0, 1, question),
  ]);
  return { total: count.total, first: rows[0] ?? '' };
}

/** Keys of the rows at a position, newest first. */
export async function rowsAt(
  page: Page,
  offset: number,
  limit: number,
  question: object = { filter: { terms: [] }, zone: 'UTC' },
): Promise<string[]> {
  const { rows } = await call<{ rows: { key: number }[] }>(page, 'entriesRows', { ...question, offset, limit });
  return rows.map((row) => String(row.key));
}

export async function call<T>(page: Page, name: string, input: object): Promise<T> {
  const answer = await page.evaluate((asking) => (window as unknown as Bridge).logbook[asking.name]?.(asking.input), {
    name,
    input,
  });
  if (!answer?.ok) throw new Error(`${name} answered ${JSON.stringify(answer)}`);
  return answer.value as T;
}
