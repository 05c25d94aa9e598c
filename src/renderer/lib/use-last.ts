import { useRef } from 'react';

/** The value, or while it is null the last one that was not: what was seen stays until there is something new. */
export function useLast<T>(value: T | null): T | null {
  const last = useRef<T | null>(null);
  if (value !== null) last.current = value;
  return last.current;
}
