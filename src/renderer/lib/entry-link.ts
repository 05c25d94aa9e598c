/** The address at which the window opens an entry. It means something in the archive that it was made in. */
export function entryLink(key: number): string {
  return `${location.origin}${location.pathname}#/?e=${key}`;
}

/** The key that such an address names, for one that is pasted where a query goes; null for any other text. */
export function keyInLink(text: string): number | null {
  const own = `${location.origin}${location.pathname}#/?`;
  if (!text.trim().startsWith(own)) return null;
  const key = Number(new URLSearchParams(text.trim().slice(own.length)).get('e') ?? Number.NaN);
  return Number.isSafeInteger(key) && key >= 0 ? key : null;
}
