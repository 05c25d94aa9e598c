import type { Locator, Page } from 'playwright-core';

const TRIES = 5;

/**
 * Types keys into a focused field of a date or a time until it holds `value`. Digits that come a second apart are two
 * numbers to a browser: on a busy machine the first try may fail without anything being wrong.
 */
export async function typeDate(page: Page, field: Locator, keys: readonly string[], value: string): Promise<void> {
  for (let i = 0; i < TRIES; i++) {
    for (const key of keys) await page.keyboard.press(key);
    if ((await field.inputValue()) === value) return;
    await field.blur();
    await field.focus();
  }
  throw new Error(`${field} holds ${await field.inputValue()} instead of ${value}.`);
}
