/** How many entries fit into one millisecond of the time key: `key = ts_ms · 2^11 + n`, below 2^53 until 2109. */
export const KEYS_PER_MS = 2048;

/** The millisecond a key lies in; the entry's own instant is `shift` earlier where that millisecond was full. */
export function msOfKey(key: number): number {
  return Math.floor(key / KEYS_PER_MS);
}
