import { useEffect, useRef, useState } from 'react';

/**
 * So many answers are remembered before all are forgotten: more than the rows in sight stand for, folded ones among them,
 * which would otherwise be asked for again and again.
 */
const MOST = 100_000;
/** Asked at once. */
const PIECE = 1_000;
/** How long rows stand before anything is asked about them, milliseconds: those that are dragged past are not. */
const REST = 80;

/**
 * What is told beside rows, as it becomes known, by what it is asked of. `turn`: another one makes every answer old; it is
 * shown until the new one has come. What an answer does not name has nothing beside it.
 */
export function useBesideRows<K, V>(
  wanted: Iterable<K>,
  turn: unknown,
  ask: (keys: K[]) => Promise<Iterable<readonly [K, V]>>,
): ReadonlyMap<K, V> {
  const known = useRef(new Map<K, V>());
  const asked = useRef(new Set<K>());
  const current = useRef(turn);
  const [, setTurn] = useState(0);
  if (current.current !== turn) {
    current.current = turn;
    asked.current.clear();
  }
  useEffect(() => {
    const timer = setTimeout(() => {
      const all = [...new Set(wanted)].filter((key) => !asked.current.has(key));
      if (asked.current.size > MOST) {
        asked.current.clear();
        known.current.clear();
      }
      for (let at = 0; at < all.length; at += PIECE) {
        const keys = all.slice(at, at + PIECE);
        for (const key of keys) asked.current.add(key);
        void ask(keys)
          .then((answers) => {
            if (current.current !== turn) return;
            for (const key of keys) known.current.delete(key);
            for (const [key, value] of answers) known.current.set(key, value);
            setTurn((before) => before + 1);
          })
          // A list without it is better than none; the next rows ask again.
          .catch(() => {
            for (const key of keys) asked.current.delete(key);
          });
      }
    }, REST);
    return () => clearTimeout(timer);
  });
  return known.current;
}
