/**
 * Puts text on the clipboard. The asynchronous API needs a permission this application denies to every page, its own
 * included; the older command works inside a click or key press.
 */
export function copyText(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.setAttribute('aria-hidden', 'true');
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  const before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  field.select();
  try {
    return document.execCommand('copy');
  } finally {
    field.remove();
    before?.focus();
  }
}
