import type { Team } from '../../../shared/entry.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Filter } from '../../../shared/filter/filter.ts';
import type { AccessItem } from '../../../shared/review-schema.ts';
import { fold } from '../../../shared/text.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { compileFilter } from '../search/compile.ts';
import { accessOver } from './access/access.ts';
import { type Membership, teamKey } from './access/roster.ts';
import type { FrozenItem } from './frozen-list.ts';

type Source = Pick<ArchiveReader, 'tuples' | 'rawRows' | 'survey'>;

/**
 * Who belonged to which team at the end of a period (milliseconds UTC, first and last), as items of a review. A filter may
 * name teams, people (`actor`) and words; `bad_input` where it asks anything else.
 */
export function accessItems(reader: Source, filter: Filter, fromMs: number, toMs: number): Result<FrozenItem[]> {
  const wanted = accessFilter(filter);
  if (!wanted.ok) return wanted;
  const { start, end } = accessOver(reader, fromMs, toMs);
  const before = new Map(start.map((one) => [accessId(one), one]));
  return ok(
    end.filter(wanted.value).map((one) => {
      const id = accessId(one);
      return { id, key: null, access: itemOf(one, before.get(id) ?? null, fromMs) };
    }),
  );
}

/** How a membership is called: who, and in which team; `*` is the organisation as a whole. */
function accessId({ person, team }: Membership): string {
  return `${person.id ?? person.email ?? person.name ?? ''} in ${teamKey(team) || '*'}`;
}

function itemOf(one: Membership, before: Membership | null, fromMs: number): AccessItem {
  const { person, role, joined, seen } = one;
  // Who was first seen within the period did not come in by that.
  const joins = joined !== null && joined.ts >= fromMs;
  const change = joins ? 'joined' : before !== null && before.role !== role ? 'role' : 'none';
  return {
    person,
    team: teamOf(one.team),
    role,
    origin: joined === null ? 'unknown' : 'told',
    joinedAt: joined?.ts ?? null,
    lastSeen: seen?.last ?? null,
    change,
    roleBefore: change === 'role' ? (before?.role ?? null) : null,
  };
}

function teamOf(team: Team | null): AccessItem['team'] {
  return team === null ? null : { id: team.id, name: team.name };
}

function accessFilter(filter: Filter): Result<(one: Membership) => boolean> {
  const conditions = compileFilter(filter);
  const tests: ((one: Membership) => boolean)[] = [];
  for (const condition of conditions) {
    if (condition.kind === 'dictionary' && condition.name === 'actor')
      tests.push(({ person }) => condition.test(person) !== condition.negated);
    else if (condition.kind === 'dictionary' && condition.name === 'team')
      tests.push(({ team }) => condition.test(team) !== condition.negated);
    else if (condition.kind === 'text')
      tests.push(({ person, team, role }) => {
        const text = fold([person.name, person.email, team?.name, role].join('\n'));
        return condition.needles.some((needle) => text.includes(needle)) !== condition.negated;
      });
    else
      return fail(
        'bad_input',
        'An access review is narrowed by team, by person or by words only.',
        'Take the other conditions out.',
      );
  }
  return ok((one) => tests.every((test) => test(one)));
}
