import type { Content, TableCell } from 'pdfmake/interfaces';
import type { Actor } from '../../../shared/entry.ts';
import { dayOf } from '../../../shared/instant.ts';
import { roleRank } from '../detection/reading/roles.ts';
import type { MembershipEvent } from '../review/access/membership-events.ts';
import { type Membership, teamKey } from '../review/access/roster.ts';
import type { Desk, SectionHead } from './blocks.ts';
import { headed, paragraph, sectionHead, spanCell, styled } from './blocks.ts';
import { counted, number, shortDay } from './format.ts';
import type { ReportModel } from './model.ts';
import { columnWidths, listTables } from './tables.ts';
import { DENSE, INK, SIZE } from './theme.ts';

/** From here on a role is a privileged one: administrators and owners. */
const PRIVILEGED = 3;
const MOST_CHANGES = 400;
// A longer name is whole in access.csv.
const LONGEST_NAME = 80;

const ROSTER_WIDTHS = ['*', 108, 76, 78, 84] as const;
const CHANGE_WIDTHS = [70, '*', 96, 110, 96] as const;

const NOBODY: Actor = { id: null, name: null, email: null };

type Held = { readonly start: Membership | null; readonly end: Membership | null };

/** Who had access at both ends of the period, as far as the log tells, and every change of it in between. */
export function accessPages(desk: Desk, head: SectionHead): Content[] {
  const { model } = desk;
  const { start, end, changes } = model.access;
  if (start.length + end.length + changes.length === 0) {
    return sectionHead(
      head,
      'The log names nobody as a member of a team up to the end of the period: the roster has to come from Jetty itself.',
    );
  }
  const held = heldOver(start, end);
  const privileged = held.filter(({ start: a, end: b }) =>
    [a, b].some((one) => roleRank(one?.role ?? '') >= PRIVILEGED),
  );
  const left = held.flatMap(({ end: b }) => (b?.leftBefore ? [b] : []));
  return [
    ...sectionHead(head, summary(model)),
    paragraph(
      'The roster is rebuilt from the log. A person whose coming is not in the log was there before its first entry, or came in a way Jetty does not log: their origin is unknown. A role no entry tells is not known. access.csv, inside this PDF, has every membership.',
    ),
    ...(privileged.length === 0
      ? [paragraph('No entry tells of an administrator or owner at either end of the period.', 6)]
      : listTables({
          title: { text: 'Privileged access', style: 'h3' },
          head: [
            'Person',
            'Team',
            start.length === 0 ? 'At the start' : startWords(model),
            endWords(model),
            'Known by',
          ],
          widths: ROSTER_WIDTHS,
          rows: privileged.map((one) => heldRow(desk, one)),
        })),
    ...removed(desk, left),
    ...changeTable(desk, changes),
  ];
}

function removed(desk: Desk, left: readonly Membership[]): Content[] {
  const { zone } = desk.model.period;
  const day = (ms = 0): string => shortDay(dayOf(ms, zone));
  const [first, ...others] = left.map(({ person, team, leftBefore, seen }) =>
    paragraph(
      desk.set(`Removed ${day(leftBefore?.ts)}, last seen ${day(seen?.last)}: ${nameOf(person)}, ${teamName(team)}`, {
        size: SIZE.body,
        width: 460,
        most: 300,
      }),
    ),
  );
  return first === undefined ? [] : [headed('Removed, and seen acting since', first, 14), ...others];
}

function summary({ access, period }: ReportModel): string {
  const { start, end, changes } = access;
  const people = (roster: readonly Membership[]) => new Set(roster.map(({ person }) => personKey(person))).size;
  const teams = new Set([...start, ...end].flatMap(({ team }) => (team === null ? [] : [teamKey(team)]))).size;
  const of = (kind: MembershipEvent['kind']) => changes.filter((one) => one.kind === kind).length;
  const unknown = end.filter(({ joined, leftBefore }) => joined === null && leftBefore === null).length;
  return `${counted(people(start), 'person', 'people')} before ${shortDay(period.fromDay)} and ${number(people(end))} at the end of ${shortDay(period.toDay)}, in ${counted(teams, 'team', 'teams')}. In between ${number(of('joined'))} joined a team, ${number(of('left'))} left one, and ${counted(of('role') + of('ownership'), 'role', 'roles')} changed. Of ${counted(end.length, 'membership', 'memberships')} at the end ${number(unknown)} ${unknown === 1 ? 'is' : 'are'} of unknown origin.`;
}

function heldOver(start: readonly Membership[], end: readonly Membership[]): Held[] {
  const held = new Map<string, { start: Membership | null; end: Membership | null }>();
  const note = (side: 'start' | 'end', roster: readonly Membership[]) => {
    for (const one of roster) {
      const key = `${personKey(one.person)}\n${teamKey(one.team)}`;
      const known = held.get(key) ?? { start: null, end: null };
      known[side] = one;
      held.set(key, known);
    }
  };
  note('start', start);
  note('end', end);
  const nameIn = ({ start: a, end: b }: Held) => nameOf((b ?? a)?.person ?? NOBODY);
  return [...held.values()].sort((a, b) => (nameIn(a) < nameIn(b) ? -1 : 1));
}

function heldRow(desk: Desk, { start, end }: Held): TableCell[] {
  const [person, team, before, after, by] = columnWidths(ROSTER_WIDTHS);
  const one = end ?? start;
  const cell = (text: string, width: number | undefined, color?: string): TableCell =>
    styled(desk, text, {
      size: SIZE.cell,
      width: width ?? 80,
      most: LONGEST_NAME,
      ...(color && { color }),
    }) as TableCell;
  const roleCell = (membership: Membership | null, width: number | undefined): TableCell =>
    membership === null
      ? cell(one?.team === null ? 'not known' : 'no member', width, INK.text3)
      : cell(membership.role ?? 'not known', width);
  return [
    cell(one === null ? '' : nameOf(one.person), person),
    cell(teamName(one?.team ?? null), team),
    roleCell(start, before),
    roleCell(end, after),
    { stack: knownBy(desk, end ?? start, by ?? 110) },
  ];
}

function knownBy(desk: Desk, membership: Membership | null, width: number): Content[] {
  const event = membership?.roleBy?.event ?? membership?.joined ?? null;
  if (event === null) return [{ text: 'seen acting only', color: INK.text3 }];
  const told = membership?.roleBy?.told ?? true;
  return [
    { text: told ? shortDay(dayOf(event.ts, desk.model.period.zone)) : 'a later change' },
    styled(desk, event.id, { mono: true, size: 6.8, width, most: 60, color: INK.text3 }),
  ];
}

function changeTable(desk: Desk, changes: readonly MembershipEvent[]): Content[] {
  if (changes.length === 0) return [];
  const { zone } = desk.model.period;
  const [, person = 120, team, what, by] = columnWidths(CHANGE_WIDTHS);
  const cell = (text: string, width: number | undefined): TableCell =>
    styled(desk, text, { size: SIZE.cell, width: width ?? 80, most: LONGEST_NAME }) as TableCell;
  const more = changes.length - MOST_CHANGES;
  return [
    ...listTables({
      title: { text: 'Joined, changed, left', style: 'h3', margin: [0, 14, 0, 0] },
      head: ['When', 'Person', 'Team', 'What', 'By'],
      widths: CHANGE_WIDTHS,
      layout: DENSE,
      rows: changes.slice(0, MOST_CHANGES).map((one): TableCell[] => [
        { stack: spanCell(one.ts, one.ts, zone) },
        {
          stack: [
            cell(nameOf(one.person), person) as Content,
            styled(desk, one.id, { mono: true, size: 6.8, width: person, most: 60, color: INK.text3 }),
          ],
        },
        cell(teamName(one.team), team),
        cell(changeWords(one), what),
        cell(one.by === null ? 'Jetty itself' : nameOf(one.by), by),
      ]),
    }),
    ...(more > 0
      ? [paragraph(`${counted(more, 'further change', 'further changes')} in privileged-changes.csv.`, 4)]
      : []),
  ];
}

function changeWords({ kind, from, to }: MembershipEvent): string {
  if (kind === 'joined') return to === null ? 'joined' : `joined as ${to}`;
  if (kind === 'left') return from === null ? 'left' : `left, was ${from}`;
  if (kind === 'ownership') return to === null ? 'owner no longer' : 'became owner';
  return `${from ?? 'not known'} to ${to ?? 'not known'}`;
}

function startWords({ period }: ReportModel): string {
  return `Before ${shortDay(period.fromDay)}`;
}

function endWords({ period }: ReportModel): string {
  return `End of ${shortDay(period.toDay)}`;
}

function nameOf({ name, email, id }: Actor): string {
  return name ?? email ?? id ?? 'nobody named';
}

function teamName(team: Membership['team']): string {
  return team === null ? 'Whole organisation' : (team.name ?? team.id ?? 'no name');
}

function personKey({ id, email, name }: Actor): string {
  return id ?? email ?? name ?? '';
}
