import { ok } from '../../../shared/errors.ts';
import type { Handlers } from '../context.ts';

/** Where addresses are. Unknown is an answer. */
export function placeHandlers(): Pick<Handlers, 'geo.places'> {
  return {
    async 'geo.places'({ addresses }) {
      const places = addresses.map((address) => ({ address, country: null, network: null }));
      return ok({ places, date: null, credit: '' });
    },
  };
}
