import { type Entity, entityOfTarget } from '../../../shared/entity.ts';
import type { LifeEvent, Profile, ProfileSide, SliceName } from '../../../shared/profile-contract.ts';
import type { ArchiveReader, Survey } from '../archive/reader.ts';
import type { Places } from '../geo/places.ts';
import { gapsBetween } from './gaps.ts';
import { edgesOf, eventsOf, hasLife, lifeTerms, planOf, type Source } from './life-events.ts';
import { type Side, sidesOf } from './sides.ts';
import { sliceOf } from './slices.ts';
import { standingOf } from './standing.ts';

type Surveyed = { readonly side: Side; readonly survey: Survey };

// A term beside others of its own field would be an alternative to them and not a further condition.
const SLICES: Readonly<Record<Side['side'], readonly SliceName[]>> = {
  by: ['category', 'action', 'type', 'target', 'team', 'address', 'country', 'network', 'agent'],
  to: ['category', 'action', 'person', 'team', 'address', 'country', 'network', 'agent'],
  in: ['category', 'action', 'person', 'type', 'target', 'address', 'country', 'network', 'agent'],
  from: ['category', 'action', 'person', 'type', 'target', 'team', 'agent'],
};

/** All that an archive tells of one thing. Every count is that of the filter beside it, in the same snapshot of the archive. */
export function profileOf(entity: Entity, zone: string, reader: ArchiveReader, places: Places): Profile {
  const surveyed = sidesOf(entity, reader).map((side) => ({ side, survey: reader.survey(planOf(side.terms), zone) }));
  const at = entity.kind === 'address' ? places.of(entity.value) : null;
  return {
    kind: entity.kind,
    value: entity.value,
    knownAs: knownAs(entity, surveyed),
    place: at === null ? null : { country: at.country, network: at.network?.name ?? null },
    places: { date: places.date, credit: places.credit },
    sides: surveyed.map(({ side, survey }): ProfileSide => {
      const { total, first, last, hours } = survey;
      const slices = SLICES[side.side].map((by) => sliceOf(survey, by, places));
      return { ...side, total, first, last, hours, slices };
    }),
    lifeline: lifelineOf(entity, surveyed, reader),
    standing: standingOf(entity.kind, surveyed, reader),
  };
}

function knownAs({ kind, value }: Entity, surveyed: readonly Surveyed[]): Profile['knownAs'] {
  const names = new Map<string, Profile['knownAs'][number]>();
  const note = (as: Profile['knownAs'][number]['as'], text: string | null, first: number, last: number): void => {
    if (text === null) return;
    const key = `${as} ${text}`;
    const before = names.get(key);
    names.set(key, {
      as,
      value: text,
      first: Math.min(first, before?.first ?? first),
      last: Math.max(last, before?.last ?? last),
    });
  };
  for (const { side, survey } of surveyed) {
    if (side.side === 'by') {
      for (const { value: actor, first, last } of survey.tallies.actor) {
        note('id', actor?.id ?? null, first, last);
        note('email', actor?.email ?? null, first, last);
        note('name', actor?.name ?? null, first, last);
      }
    }
    if (side.side === 'in') {
      for (const { value: team, first, last } of survey.tallies.team) {
        note('id', team?.id ?? null, first, last);
        note('name', team?.name ?? null, first, last);
      }
    }
    if (side.side === 'to') {
      for (const { value: target, first, last } of survey.tallies.target) {
        if (entityOfTarget(target)?.kind !== kind) continue;
        note('id', target?.id ?? null, first, last);
        // Of somebody who is written to, the address is what stands where a name would.
        note(kind === 'person' && target?.name?.includes('@') ? 'email' : 'name', target?.name ?? null, first, last);
      }
    }
  }
  const all = [...names.values()].filter((one) => kind !== 'address' || one.value !== value);
  return all.sort((a, b) => b.last - a.last || b.first - a.first);
}

function lifelineOf(entity: Entity, surveyed: readonly Surveyed[], reader: ArchiveReader): Profile['lifeline'] {
  if (!hasLife(entity.kind)) return { events: [], sources: [], gaps: [] };
  const events = new Map<number, LifeEvent>();
  const sources: Source[] = [];
  for (const { side, survey } of surveyed) {
    for (const edge of edgesOf(reader, side)) if (!events.has(edge.key)) events.set(edge.key, edge);
    const terms = lifeTerms(side, survey);
    if (terms === null) continue;
    const told = eventsOf(reader, side.side, terms);
    sources.push(told.source);
    for (const event of told.events) events.set(event.key, event);
  }
  const ordered = [...events.values()].sort((a, b) => a.ts - b.ts || a.key - b.key);
  const [first, last] = [ordered[0], ordered.at(-1)];
  const gaps = first === undefined || last === undefined ? [] : gapsBetween(reader, first.ts, last.ts);
  return { events: ordered, sources, gaps };
}
