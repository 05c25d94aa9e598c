import type { ReactNode } from 'react';
import { describeAction } from '../../../shared/action.ts';
import type { FindingBrief } from '../../../shared/detection-contract.ts';
import type { EntryRow, EntryRun, Target } from '../../../shared/entry.ts';
import { exactly } from '../../../shared/filter/exactly.ts';
import type { Term } from '../../../shared/filter/filter.ts';
import type { Place } from '../../../shared/finding.ts';
import type { EntryMarks } from '../../../shared/marks-contract.ts';
import { counted } from '../../lib/number.ts';
import { age, clock, zoneName } from '../../lib/time.ts';
import { Avatar, actorName } from '../../ui/avatar.tsx';
import { CategoryIcon } from '../../ui/category-icon.tsx';
import { SafeText, tooltipOf } from '../../ui/safe-text.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import type { ColumnId } from './columns.ts';
import { type Repeated, Repeats } from './repeats.tsx';
import { RowMarks } from './row-marks.tsx';
import type { ShownRow } from './row-source.ts';
import s from './table.module.css';

/** Characters of a cell that are put on the page; the drawer has the rest. */
const CELL = 160;

export function targetName(target: Target | null): string | null {
  return target?.name ?? target?.id ?? target?.type ?? null;
}

/** What a cell needs besides its entry. */
export type CellContext = {
  /** What is folded behind the row, and whether each of it is shown; null where the row stands for one entry. */
  readonly run: EntryRun | null;
  readonly repeats: Repeated | null;
  readonly zone: string;
  readonly nowMs: number;
  readonly words: readonly string[];
  readonly finding: FindingBrief | null;
  readonly marks: EntryMarks | null;
  readonly place: Place | null;
};

/** One value of an entry, as a row shows it. */
export function cellOf(column: ColumnId, row: EntryRow, context: CellContext): ReactNode {
  const { zone, words } = context;
  const many = manyOf(column, context.run);
  if (many !== null) return <span className={s.many}>{many}</span>;
  switch (column) {
    case 'severity':
      return context.finding && <SeverityMark severity={context.finding.severity} />;
    case 'time':
      return (
        <>
          <span className={s.time}>{clock(row.ts, zone)}</span>
          <span className={s.zone}>{zoneName(row.ts, zone)}</span>
        </>
      );
    case 'age':
      return age(row.ts, context.nowMs);
    case 'actor':
      return (
        <>
          <Avatar actor={row.actor} />
          <SafeText text={actorName(row.actor)} max={CELL} words={words} />
        </>
      );
    case 'action': {
      const { category, phrase } = describeAction(row.action);
      const icon = <CategoryIcon category={category} />;
      const text = <SafeText text={phrase} max={CELL} words={words} />;
      return context.marks || context.repeats ? (
        <span className={s.marked}>
          {icon}
          <span className={s.clip}>{text}</span>
          {context.repeats && <Repeats {...context.repeats} zone={zone} />}
          {context.marks && <RowMarks marks={context.marks} />}
        </span>
      ) : (
        <>
          {icon}
          {text}
        </>
      );
    }
    case 'code':
      return <SafeText text={row.action} max={CELL} words={words} />;
    case 'target': {
      const target = targetName(row.target);
      return target === null ? null : <SafeText text={target} max={CELL} words={words} />;
    }
    case 'address':
      return row.address === null ? null : <SafeText text={row.address} max={60} words={words} />;
    case 'network': {
      const { country = null, network = null } = context.place ?? {};
      return (
        <>
          {country !== null && <span className={s.country}>{country}</span>}
          {network !== null && (
            <span className={s.clip} title={network.name}>
              {network.name}
            </span>
          )}
        </>
      );
    }
    case 'team': {
      const team = row.team?.name ?? row.team?.id ?? null;
      return team === null ? null : <SafeText text={team} max={CELL} />;
    }
  }
}

/** What a cell says in full where it may be cut off. */
export function titleOf(column: ColumnId, { row, run }: Pick<ShownRow, 'row' | 'run'>): string | undefined {
  if (manyOf(column, run) !== null) return undefined;
  const text = column === 'target' ? targetName(row.target) : column === 'actor' ? actorName(row.actor) : null;
  return text === null ? undefined : tooltipOf(text);
}

/** The condition that a cell's value makes; null where the language has none for it, or where it stands for many. */
export function termOf(column: ColumnId, { row, run }: Pick<ShownRow, 'row' | 'run'>): Term | null {
  if (manyOf(column, run) !== null) return null;
  switch (column) {
    case 'actor':
      return exactly('actor', row.actor?.email ?? row.actor?.id ?? row.actor?.name ?? null);
    case 'action':
    case 'code':
      return exactly('action', row.action);
    case 'target': {
      const target = row.target?.id ?? row.target?.name ?? null;
      return row.target !== null && target === null ? null : exactly('target', target);
    }
    case 'address':
      return exactly('ip', row.address);
    case 'team':
      return exactly('team', row.team?.id ?? row.team?.name ?? null);
    default:
      return null;
  }
}

// Where entries that are folded differ, a cell says how many there are; no one of them stands for the others.
function manyOf(column: ColumnId, run: EntryRun | null): string | null {
  if (run === null) return null;
  if (column === 'actor' && run.actors > 1) return counted(run.actors, 'account', 'accounts');
  if (column === 'target' && run.targets > 1) return counted(run.targets, 'target', 'targets');
  if (column === 'team' && run.teams > 1) return counted(run.teams, 'team', 'teams');
  return null;
}
