// What a screen remembers of an open archive while other screens are shown. Never stored, forgotten when it locks.
const kept = new Map<string, number>();
const MOST = 100;

export function remember(key: string, value: number): void {
  kept.delete(key);
  kept.set(key, value);
  const oldest = kept.keys().next().value;
  if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
}

export function recall(key: string): number | null {
  return kept.get(key) ?? null;
}

export function forgetAll(): void {
  kept.clear();
}
