import ipaddr from 'ipaddr.js';
import type { Place } from '../../../shared/finding.ts';

/** Where addresses are. What is not known is null, which is neither safe nor alarming. */
export type Places = {
  of(address: string | null): Place;
  /** `YYYY-MM-DD` of the older of the lists; null where there is none. */
  readonly date: string | null;
  readonly credit: string;
};

export type Lists = {
  country(address: string): string | null;
  network(address: ipaddr.IPv4 | ipaddr.IPv6): Place['network'];
  readonly dates: readonly string[];
  readonly credit: string;
};

export const NOWHERE: Place = { country: null, network: null };
const MOST_REMEMBERED = 200_000;

/** No list at all: every place is unknown. */
export const NO_PLACES: Places = { of: () => NOWHERE, date: null, credit: '' };

/** Places from lists, each address looked up once. */
export function placesFrom(lists: Lists): Places {
  const known = new Map<string, Place>();
  return {
    date: lists.dates.toSorted()[0] ?? null,
    credit: lists.credit,
    of(text) {
      if (text === null) return NOWHERE;
      let place = known.get(text);
      if (place === undefined) {
        place = lookUp(lists, text);
        if (known.size >= MOST_REMEMBERED) known.clear();
        known.set(text, place);
      }
      return place;
    },
  };
}

function lookUp(lists: Lists, text: string): Place {
  const address = publicAddress(text);
  if (address === null) return NOWHERE;
  const country = lists.country(address.toString());
  const network = lists.network(address);
  return country === null && network === null ? NOWHERE : { country, network };
}

// Addresses of inner networks and of documentation are nobody's: a list that knows them is wrong.
function publicAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (!(text.includes(':') ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text))) return null;
  const address = ipaddr.process(text);
  return address.range() === 'unicast' ? address : null;
}
