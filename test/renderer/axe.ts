import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong with the page as it stands once it has faded in; a line for each violation. */
export async function axeProblems(page: Page): Promise<string[]> {
  // Running axe needs its source in the page, which the policy of the page rightly refuses to inline scripts; the
  // debugger's own evaluation is not bound by it.
  await page.evaluate(axe.source);
  await faded(page);
  return violations(page);
}

/** The same, and what it finds of colours in the other scheme: to open a window once more for that takes much longer. */
export async function axeProblemsInBoth(page: Page): Promise<string[]> {
  const found = await axeProblems(page);
  const scheme = await turn(page);
  await faded(page);
  found.push(...(await violations(page, ['color-contrast'])).map((one) => `${scheme}: ${one}`));
  await turn(page);
  return found;
}

/** Turns to the other scheme; answers which that is. */
function turn(page: Page): Promise<string> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const next = root.dataset.mantineColorScheme === 'dark' ? 'light' : 'dark';
    root.dataset.mantineColorScheme = next;
    return next;
  });
}

/** A cursor blinks for ever; everything else comes to an end. */
function faded(page: Page): Promise<unknown> {
  return page.evaluate(() => {
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    return Promise.all(ending.map((one) => one.finished.catch(() => null)));
  });
}

function violations(page: Page, rules: string[] | null = null): Promise<string[]> {
  return page.evaluate(async (only) => {
    const engine = (window as unknown as { axe: typeof axe }).axe;
    const asked = only === null ? {} : { runOnly: { type: 'rule' as const, values: only } };
    const { violations: found } = await engine.run(document, { resultTypes: ['violations'], ...asked });
    return found.map(
      (one) => `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`,
    );
  }, rules);
}
