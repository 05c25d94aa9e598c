import { describeAction } from '../../../shared/action.ts';
import { countryName, countryOfAddress } from '../../../shared/country.ts';
import { entityOfActor, entityOfAddress, entityOfTarget, entityOfTeam } from '../../../shared/entity.ts';
import { canonicalAddress } from '../../../shared/filter/address.ts';
import { exactly } from '../../../shared/filter/exactly.ts';
import type { Term } from '../../../shared/filter/filter.ts';
import type { ProfileItem, SliceName } from '../../../shared/profile-contract.ts';
import type { Places } from '../geo/places.ts';
import type { DictionaryName, Tuples } from '../search/compile.ts';

export type Named = Pick<ProfileItem, 'value' | 'label'> & Partial<Pick<ProfileItem, 'detail' | 'place' | 'entity'>>;

/** How one column is taken apart: into which values, and which terms leave the entries of a value. */
export type Reading<N extends DictionaryName> = {
  readonly column: N;
  /** The group a tuple belongs to. */
  keyOf(tuple: Tuples[N], places: Places): string | null;
  named(tuple: Tuples[N], places: Places): Named;
  /** Whether a group holds the very tuples that its term takes; else that is found out tuple by tuple. */
  readonly whole: boolean;
  /** A single term a group, or one for each of the group's tuples; null where no filter tells it. */
  termOf(tuple: Tuples[N], places: Places): Term | null;
};

export const READINGS: { readonly [S in SliceName]: Reading<never> } = {
  category: reading('action', {
    whole: true,
    keyOf: (action) => describeAction(action).category,
    named: (action) => plain(describeAction(action).category),
    termOf: (action) => exactly('category', describeAction(action).category),
  }),
  action: reading('action', {
    whole: true,
    keyOf: (action) => action || null,
    named: (action) => plain(action || null),
    termOf: (action) => exactly('action', action),
  }),
  person: reading('actor', {
    whole: false,
    keyOf: (actor) => actor?.id ?? actor?.email ?? actor?.name ?? null,
    named: (actor) => {
      const value = actor?.id ?? actor?.email ?? actor?.name ?? null;
      return {
        value,
        label: actor?.name ?? actor?.email ?? value ?? '',
        detail: actor?.email ?? null,
        entity: entityOfActor(actor),
      };
    },
    termOf: (actor) => exactly('actor', actor?.id ?? actor?.email ?? actor?.name ?? null),
  }),
  type: reading('target', {
    whole: true,
    keyOf: (target) => target?.type ?? null,
    named: (target) => plain(target?.type ?? null),
    termOf: (target) => exactly('target_type', target?.type ?? null),
  }),
  target: reading('target', {
    whole: false,
    keyOf: (target) => target?.id ?? target?.name ?? null,
    named: (target) => {
      const value = target?.id ?? target?.name ?? null;
      return {
        value,
        label: target?.name ?? value ?? '',
        detail: target?.type ?? null,
        entity: entityOfTarget(target),
      };
    },
    termOf: (target) => targetTerm(target),
  }),
  team: reading('team', {
    whole: false,
    keyOf: (team) => team?.id ?? team?.name ?? null,
    named: (team) => {
      const value = team?.id ?? team?.name ?? null;
      return { value, label: team?.name ?? value ?? '', entity: entityOfTeam(team) };
    },
    termOf: (team) => exactly('team', team?.id ?? team?.name ?? null),
  }),
  address: reading('address', {
    whole: true,
    keyOf: (address) => (address === null ? null : canonicalAddress(address)),
    named: (address, places) => {
      const { country, network } = places.of(address);
      return {
        ...plain(address),
        place: { country, network: network?.name ?? null },
        entity: entityOfAddress(address),
      };
    },
    termOf: (address) => exactly('ip', address),
  }),
  country: reading('address', {
    whole: true,
    keyOf: countryAt,
    named: (address, places) => {
      const country = countryAt(address, places);
      return { value: country, label: country === null ? '' : countryName(country) };
    },
    termOf: (address, places) => exactly('country', countryAt(address, places)),
  }),
  network: reading('address', {
    whole: true,
    keyOf: (address, places) => {
      const { network } = places.of(address);
      return network === null ? null : String(network.number);
    },
    named: (address, places) => {
      const { network } = places.of(address);
      return network === null
        ? plain(null)
        : { value: `AS${network.number}`, label: network.name, detail: `AS${network.number}` };
    },
    termOf: (address) => exactly('ip', address),
  }),
  agent: reading('agent', {
    whole: false,
    keyOf: (agent) => agent,
    named: (agent) => plain(agent),
    termOf: (agent) => exactly('agent', agent),
  }),
};

// The column of a reading is known where it is written; the table of all of them is not told apart by it.
function reading<N extends DictionaryName>(column: N, parts: Omit<Reading<N>, 'column'>): Reading<never> {
  return { column, ...parts } as unknown as Reading<never>;
}

function plain(value: string | null): Named {
  return { value, label: value ?? '' };
}

// A target with a type and nothing else cannot be asked for.
function targetTerm(target: Tuples['target']): Term | null {
  const value = target?.id ?? target?.name ?? null;
  return target !== null && value === null ? null : exactly('target', value);
}

/** The country of an address as the filter has it; null of no address. */
export function countryAt(address: string | null, places: Places): string | null {
  return address === null ? null : countryOfAddress(address, places.of(address).country);
}
