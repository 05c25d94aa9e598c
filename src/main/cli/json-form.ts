/**
 * A value as `--json` prints it: names with underscores, and what is an instant by its name (`at`, `startedAt`, `lastSeen`)
 * as ISO UTC instead of milliseconds.
 */
export function jsonForm(value: unknown, name = ''): unknown {
  if (typeof value === 'number' && isInstant(name)) return new Date(value).toISOString();
  if (Array.isArray(value)) return value.map((one) => jsonForm(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      jsonForm(inner, key),
    ]),
  );
}

function isInstant(name: string): boolean {
  return name === 'at' || name === 'ts' || name === 'now' || name === 'lastSeen' || name.endsWith('At');
}
