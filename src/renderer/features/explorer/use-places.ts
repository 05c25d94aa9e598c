import { useEffect, useRef, useState } from 'react';
import type { EntryRow } from '../../../shared/entry.ts';
import type { Place } from '../../../shared/finding.ts';
import { call } from '../../lib/client.ts';

/** Addresses remembered before all are forgotten; a list of millions has few more. */
const MOST = 5_000;
/** How long rows stand before it is asked where their addresses are, milliseconds: those that are dragged past are not. */
const REST = 80;

/** Country and network of the addresses of rows, as they become known; null asks for none. */
export function usePlaces(rows: ReadonlyMap<number, EntryRow> | null): ReadonlyMap<string, Place> {
  const known = useRef(new Map<string, Place>());
  const asked = useRef(new Set<string>());
  const [, setTurn] = useState(0);
  useEffect(() => {
    if (rows === null) return;
    const timer = setTimeout(() => {
      const addresses = wantedOf(rows, asked.current);
      if (addresses.length === 0) return;
      if (asked.current.size > MOST) {
        asked.current.clear();
        known.current.clear();
      }
      for (const address of addresses) asked.current.add(address);
      void call('geo.places', { addresses })
        .then(({ places }) => {
          for (const one of places) known.current.set(one.address, one);
          setTurn((before) => before + 1);
        })
        // A list without networks is better than none; the next rows ask again.
        .catch(() => {
          for (const address of addresses) asked.current.delete(address);
        });
    }, REST);
    return () => clearTimeout(timer);
  });
  return known.current;
}

function wantedOf(rows: ReadonlyMap<number, EntryRow>, asked: ReadonlySet<string>): string[] {
  const wanted = new Set<string>();
  for (const { address } of rows.values()) {
    if (address !== null && address.length <= 100 && !asked.has(address)) wanted.add(address);
  }
  return [...wanted];
}
