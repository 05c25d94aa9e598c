import { PHASE_NAMES } from '../../../shared/case.ts';
import type { CaseEvent } from '../../../shared/case-schema.ts';
import { exactTime } from '../../lib/time.ts';

export type ComparedField = {
  readonly name: string;
  readonly values: readonly (string | null)[];
  readonly same: boolean;
};

/** Every field that any of the events has, with the value of each of them; those that differ are told apart. */
export function comparedFields(events: readonly CaseEvent[], zone: string): readonly ComparedField[] {
  const all = events.map((event) => fieldsOf(event, zone));
  const names = [...new Set(all.flatMap((one) => [...one.keys()]))];
  return names.map((name) => {
    const values = all.map((one) => one.get(name) ?? null);
    return { name, values, same: values.every((value) => value === values[0]) };
  });
}

function fieldsOf(event: CaseEvent, zone: string): ReadonlyMap<string, string | null> {
  const shared: [string, string | null][] = [
    ['Time', exactTime(event.ts, zone)],
    ['UTC', new Date(event.ts).toISOString()],
    ['Phase', event.phase === null ? null : PHASE_NAMES[event.phase]],
    ['Technique', event.technique],
  ];
  if (event.kind === 'manual') {
    return new Map([['Kind', 'written by hand'], ...shared, ['What', event.title], ['Source', event.source || null]]);
  }
  if (event.kind === 'foreign') {
    return new Map([
      ['Kind', 'line of another log'],
      ...shared,
      ['What', event.title],
      ['File', event.file],
      ['Line', String(event.fileLine)],
      ['SHA-256 of the file', event.sha256],
      ...Object.entries(event.fields),
    ]);
  }
  const { row } = event;
  return new Map([
    ['Kind', 'entry of the archive'],
    ...shared,
    ['Action', row.action],
    ['Actor', row.actor?.name ?? null],
    ['E-mail', row.actor?.email ?? null],
    ['Actor id', row.actor?.id ?? null],
    ['Target', row.target?.name ?? null],
    ['Target type', row.target?.type ?? null],
    ['Target id', row.target?.id ?? null],
    ['Address', row.address],
    ['Country', event.country],
    ['Device', row.agent],
    ['Team', row.team?.name ?? row.team?.id ?? null],
    ['Entry id', row.id],
    ['Leaf hash', event.leaf],
  ]);
}
