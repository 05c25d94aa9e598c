import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openReader } from '../../src/main/core/archive/open.ts';
import type { ArchiveReader } from '../../src/main/core/archive/reader.ts';
import { placesOfArchive } from '../../src/main/core/geo/shipped-places.ts';
import { keysConcerning } from '../../src/main/core/profile/concerned.ts';
import { profileOf } from '../../src/main/core/profile/profile.ts';
import { WHOLE_ARCHIVE } from '../../src/main/core/search/plan.ts';
import { randomFor } from '../../src/main/core/simulator/random.ts';
import type { Entity, EntityKind } from '../../src/shared/entity.ts';
import { unwrap } from '../../src/shared/errors.ts';
import type { FacetField } from '../../src/shared/facet.ts';
import type { Term } from '../../src/shared/filter/filter.ts';
import type { Profile, ProfileSide, SliceName } from '../../src/shared/profile-contract.ts';
import { batchOf, newArchive } from '../support/archive.ts';
import { arrivalsOf, type Wire } from './support/arrivals.ts';
import { type HostileEntry, hostileEntry, wireOf } from './support/hostile.ts';
import { facetOf } from './support/plain-answers.ts';
import { folded, matches, part } from './support/plain-loop.ts';

// The page of a person, address, tunnel, team or token: whatever it says is what a plain loop over the JSON as sent finds
// with the filter that stands beside the number.

const ZONES = ['UTC', 'Europe/Lisbon', 'Asia/Kathmandu', 'America/St_Johns'];
const ASKED = 12;

const instantOf = (wire: Wire): number => Date.parse(String(wire.timestamp));
const answering = (wires: readonly Wire[], terms: readonly Term[]): readonly Wire[] =>
  wires.filter((wire) => matches(wire, { terms }));

it('counts what a plain loop counts, for whatever is asked about', { timeout: 180_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(hostileEntry, { minLength: 1, maxLength: 60 }),
      fc.constantFrom(...ZONES),
      fc.nat(),
      async (entries, zone, seed) => {
        const lot = randomFor(seed, 'profile');
        const wires = entries.map((entry, i) => wireOf(entry as HostileEntry, `log_${i}`));
        const { writer, dir, key } = await newArchive();
        const reader = unwrap(openReader(dir, key));
        for (const batch of arrivalsOf(wires, seed).batches) unwrap(writer.ingest(batchOf(batch)));
        const places = placesOfArchive(dir);
        const values = lot.shuffled(entitiesIn(wires)).slice(0, ASKED);
        for (const entity of [...values, { kind: 'person', value: 'nobody' } as const]) {
          const profile = profileOf(entity, zone, reader, places);
          for (const side of profile.sides) checkSide(side, wires, zone);
          checkIdentity(entity, profile, wires);
          checkLife(profile, wires, reader);
        }
        reader.close();
        writer.close();
      },
    ),
    { numRuns: 60 },
  );
});

function entitiesIn(wires: readonly Wire[]): Entity[] {
  return wires.flatMap((wire) => {
    const actor = part(wire.actor, ['id', 'name', 'email']);
    const target = part(wire.target, ['id', 'name']);
    const context = part(wire.context, ['ip_address', 'team_id', 'team_name']);
    const of = (kind: EntityKind, values: readonly (string | null)[]): Entity[] =>
      values.flatMap((value) => (value === null ? [] : [{ kind, value }]));
    return [
      ...of('person', Object.values(actor)),
      ...of('person', [target.id]),
      ...of('tunnel', Object.values(target)),
      ...of('token', Object.values(target)),
      ...of('team', [context.team_id, context.team_name]),
      ...of('address', [context.ip_address]),
    ];
  });
}

// Slices that hold the very values that a facet of the Explorer holds.
const FACET_OF: Readonly<Partial<Record<SliceName, FacetField>>> = {
  action: 'action',
  category: 'category',
  type: 'target_type',
  country: 'country',
};

function checkSide(side: ProfileSide, wires: readonly Wire[], zone: string): void {
  const own = answering(wires, side.terms);
  expect(side).toMatchObject({ total: own.length, ...ends(own) });
  expect(side.hours).toEqual(hoursOf(own, zone));
  for (const { by, items, rest } of side.slices) {
    for (const item of items) {
      if (item.terms === null) continue;
      const those = answering(wires, [...side.terms, ...item.terms]);
      expect({ by, value: item.value, count: item.count }).toEqual({ by, value: item.value, count: those.length });
      expect(item).toMatchObject(ends(those));
    }
    if (rest.terms !== null)
      expect({ by, rest: rest.count }).toEqual({ by, rest: answering(wires, [...side.terms, ...rest.terms]).length });
    const facet = FACET_OF[by];
    if (facet !== undefined && rest.values === 0)
      expect(new Set(items.map(({ value }) => value)), by).toEqual(new Set(facetOf(own, facet, () => '').keys()));
  }
}

function ends(wires: readonly Wire[]): { first: number | null; last: number | null } {
  const instants = wires.map(instantOf);
  return instants.length === 0
    ? { first: null, last: null }
    : { first: Math.min(...instants), last: Math.max(...instants) };
}

const formats = new Map(
  ZONES.map((zone) => [
    zone,
    new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', hour: 'numeric', hourCycle: 'h23' }),
  ]),
);
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function hoursOf(wires: readonly Wire[], zone: string): number[] {
  const hours = new Array<number>(168).fill(0);
  for (const wire of wires) {
    const parts = formats.get(zone)?.formatToParts(instantOf(wire)) ?? [];
    const named = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
    const slot = DAYS.indexOf(named('weekday')) * 24 + Number(named('hour'));
    hours[slot] = (hours[slot] ?? 0) + 1;
  }
  return hours;
}

// Whoever is asked for by id or by address is found in every entry that has it, under whatever name.
function checkIdentity({ kind, value }: Entity, profile: Profile, wires: readonly Wire[]): void {
  const has = (wire: Wire): boolean => {
    const actor = part(wire.actor, ['id', 'email']);
    const target = part(wire.target, ['id']);
    const context = part(wire.context, ['ip_address', 'team_id']);
    if (kind === 'person')
      return (
        actor.id === value || (actor.email !== null && folded(actor.email) === folded(value)) || target.id === value
      );
    if (kind === 'address') return context.ip_address === value;
    return target.id === value || (kind === 'team' && context.team_id === value);
  };
  const sides = profile.sides.map(({ terms }) => terms);
  for (const wire of wires.filter(has))
    expect(
      sides.some((terms) => matches(wire, { terms })),
      `${kind} ${value}`,
    ).toBe(true);
}

function checkLife(profile: Profile, wires: readonly Wire[], reader: ArchiveReader): void {
  const { events, sources } = profile.lifeline;
  expect(events).toEqual(events.toSorted((a, b) => a.ts - b.ts || a.key - b.key));
  expect(new Set(events.map(({ key }) => key)).size).toBe(events.length);
  for (const { terms, total } of sources) expect(total).toBe(answering(wires, terms).length);
  const { after } = profile.standing;
  if (after !== null) {
    const later = answering(wires, after.terms).filter((wire) => instantOf(wire) >= after.since);
    expect(after.count).toBe(later.length);
  }
  const rows = [...reader.rows(WHOLE_ARCHIVE)];
  const wireWith = new Map(wires.map((wire) => [String(wire.id), wire]));
  const isOf = (id: string): boolean => profile.sides.some(({ terms }) => matches(wireWith.get(id) ?? {}, { terms }));
  const concerned = keysConcerning(profile, [...rows.map(({ key }) => key), 17], reader);
  expect(concerned).toEqual(rows.filter(({ id }) => isOf(id)).map(({ key }) => key));
  for (const { key } of events) expect(concerned).toContain(key);
}
