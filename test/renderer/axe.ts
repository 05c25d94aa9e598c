import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong with the page as it stands; a line for each violation. */
export async function axeProblems(page: Page): Promise<string[]> {
  // Running axe needs its source in the page, which the policy of the page rightly refuses to inline scripts; the
  // debugger's own evaluation is not bound by it.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const engine = (window as unknown as { axe: typeof axe }).axe;
    const { violations } = await engine.run(document, { resultTypes: ['violations'] });
    return violations.map(
      (one) => `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`,
    );
  });
}
