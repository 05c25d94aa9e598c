import { useEffect, useRef, useState } from 'react';
import type { EntryRow } from '../../../shared/entry.ts';
import type { Place } from '../../../shared/finding.ts';
import { call } from '../../lib/client.ts';

/** Addresses remembered before all are forgotten; a list of millions has few more. */
const MOST = 5_000;

/** Country and network of the addresses of rows, as they become known; null asks for none. */
export function usePlaces(rows: ReadonlyMap<number, EntryRow> | null): ReadonlyMap<string, Place> {
  const [known, setKnown] = useState<ReadonlyMap<string, Place>>(new Map());
  const asked = useRef(new Set<string>());
  useEffect(() => {
    if (rows === null) return;
    const wanted = [...rows.values()].flatMap(({ address }) =>
      address === null || address.length > 100 || asked.current.has(address) ? [] : [address],
    );
    const addresses = [...new Set(wanted)];
    if (addresses.length === 0) return;
    if (asked.current.size > MOST) asked.current.clear();
    for (const address of addresses) asked.current.add(address);
    void call('geo.places', { addresses })
      .then(({ places }) =>
        setKnown(
          (before) =>
            new Map([...(before.size > MOST ? [] : before), ...places.map((one) => [one.address, one] as const)]),
        ),
      )
      // A list without networks is better than none; the next rows ask again.
      .catch(() => {
        for (const address of addresses) asked.current.delete(address);
      });
  });
  return known;
}
