// biome-ignore-all lint/a11y/useSemanticElements: a list of millions of positioned rows cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the current row
import { memo } from 'react';
import { describeAction } from '../../../shared/action.ts';
import type { EntryRow, Target } from '../../../shared/entry.ts';
import type { Finding } from '../../../shared/finding.ts';
import { age, clock, zoneName } from '../../lib/time.ts';
import { Avatar, actorName } from '../../ui/avatar.tsx';
import { CategoryIcon } from '../../ui/category-icon.tsx';
import { SafeText, tooltipOf } from '../../ui/safe-text.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import s from './table.module.css';

/** Characters of a cell that are put on the page; the drawer has the rest. */
const CELL = 160;

export function targetName(target: Target | null): string | null {
  return target?.name ?? target?.id ?? target?.type ?? null;
}

type Props = {
  readonly row: EntryRow;
  readonly y: number;
  readonly index: number;
  readonly zone: string;
  readonly nowMs: number;
  readonly selected: boolean;
  readonly words: readonly string[];
  readonly finding: Finding | null;
  readonly onOpen: () => void;
};

export const Row = memo(
  function Row({ row, y, index, zone, nowMs, selected, words, finding, onOpen }: Props) {
    const info = describeAction(row.action);
    const target = targetName(row.target);
    const actor = actorName(row.actor);
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on the grid opens the current row
      <div
        role="row"
        id={`row-${row.key}`}
        className={s.row}
        aria-rowindex={index}
        aria-selected={selected}
        data-key={row.key}
        style={{ transform: `translateY(${y}px)` }}
        onClick={onOpen}
      >
        <span role="gridcell">{finding && <SeverityMark severity={finding.severity} />}</span>
        <span role="gridcell">
          <span className={s.time}>{clock(row.ts, zone)}</span>
          <span className={s.zone}>{zoneName(row.ts, zone)}</span>
        </span>
        <span role="gridcell" className={s.age}>
          {age(row.ts, nowMs)}
        </span>
        <span role="gridcell" className={s.who}>
          <Avatar actor={row.actor} />
          <span className={s.clip} title={tooltipOf(actor)}>
            <SafeText text={actor} max={CELL} words={words} />
          </span>
        </span>
        <span role="gridcell" className={s.action}>
          <CategoryIcon category={info.category} />
          <span className={s.phrase}>
            <SafeText text={info.phrase} max={CELL} words={words} />
          </span>
        </span>
        <span role="gridcell" className={s.code}>
          <SafeText text={row.action} max={CELL} words={words} />
        </span>
        <span role="gridcell" className={s.target} title={target === null ? undefined : tooltipOf(target)}>
          {target !== null && <SafeText text={target} max={CELL} words={words} />}
        </span>
        <span role="gridcell" className={s.address}>
          {row.address !== null && <SafeText text={row.address} max={60} words={words} />}
        </span>
      </div>
    );
  },
  // `onOpen` closes over the row alone, so a new function of an unchanged row is no change.
  (a, b) =>
    a.row === b.row &&
    a.y === b.y &&
    a.index === b.index &&
    a.zone === b.zone &&
    a.nowMs === b.nowMs &&
    a.selected === b.selected &&
    a.words === b.words &&
    a.finding === b.finding,
);

export function SkeletonRow({ y, index }: { y: number; index: number }) {
  return (
    <div
      role="row"
      className={s.row}
      aria-rowindex={index}
      style={{ transform: `translateY(${y}px)` }}
      data-skeleton
      tabIndex={-1}
    >
      <span role="gridcell" />
      {[70, 28, 96, 180, 110, 72, 90].map((width) => (
        <span role="gridcell" key={width}>
          <i className={s.skeleton} style={{ width }} />
        </span>
      ))}
    </div>
  );
}
