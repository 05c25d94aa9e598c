import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { describeAction } from '../../../shared/action.ts';
import { PHASE_NAMES } from '../../../shared/case.ts';
import type { ScopeEntry } from '../../../shared/case-schema.ts';
import { useZone } from '../../lib/app-state.ts';
import { counted, grouped } from '../../lib/number.ts';
import { clock, dayName, exactTime } from '../../lib/time.ts';
import { Avatar, actorName } from '../../ui/avatar.tsx';
import { CategoryIcon } from '../../ui/category-icon.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { SafeText, tooltipOf } from '../../ui/safe-text.tsx';
import { Key } from '../../ui/small.tsx';
import tag from '../../ui/state-tag.module.css';
import s from './suggestions.module.css';

type Props = {
  readonly entries: readonly ScopeEntry[];
  readonly total: number;
  readonly position: number;
  readonly writable: boolean;
  readonly onMove: (position: number) => void;
  readonly onVerdict: (entries: readonly ScopeEntry[], verdict: 'accepted' | 'rejected' | null) => void;
  readonly onAll: () => void;
};

/** Entries of the scope that are not in the timeline: each with its score and why; accepted ones are pinned. */
export function Suggestions({ entries, total, position, writable, onMove, onVerdict, onAll }: Props) {
  const zone = useZone();
  const list = useRef<HTMLUListElement>(null);
  const open = entries.filter(({ state }) => state !== 'rejected');
  const current = entries[position];
  useEffect(() => {
    list.current?.querySelector('[data-current]')?.scrollIntoView({ block: 'nearest' });
  });
  if (entries.length === 0) {
    return (
      <EmptyState title="Nothing is suggested">
        Everything the scope holds is in the timeline, or nothing belongs to it yet. A seed or one step further may find
        more.
      </EmptyState>
    );
  }
  return (
    <div className={s.suggestions}>
      <div className={s.bar}>
        <span className={s.count} data-testid="suggested" data-count={total}>
          {counted(total, 'entry', 'entries')} of the scope not in the timeline
          {total > entries.length && `, the first ${grouped(entries.length)}`}
        </span>
        <span className={s.grow} />
        {writable && open.length > 0 && (
          <Button size="xs" variant="default" onClick={onAll}>
            Accept {open.length === 1 ? 'it' : `all ${grouped(open.length)}`}&nbsp;<Key>Shift A</Key>
          </Button>
        )}
      </div>
      <ul ref={list} className={s.list} aria-label="Suggestions">
        {entries.map((entry, i) => {
          const { row } = entry;
          const info = describeAction(row.action);
          const target = row.target?.name ?? row.target?.id ?? null;
          const here = i === position;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the screen do what a click does
            <li
              key={row.key}
              className={s.one}
              data-current={here || undefined}
              data-state={entry.state}
              data-entry={row.key}
              aria-current={here || undefined}
              onClick={() => onMove(i)}
            >
              <div className={s.line}>
                <span className={s.score} title="How sure it is">
                  {Math.round(entry.score * 100)} %
                </span>
                <span className={s.time} title={exactTime(row.ts, zone)}>
                  {clock(row.ts, zone)} <i>{dayName(row.ts, zone)}</i>
                </span>
                <Avatar actor={row.actor} />
                <span className={s.actor} title={tooltipOf(actorName(row.actor))}>
                  <SafeText text={actorName(row.actor)} max={80} />
                </span>
                <CategoryIcon category={info.category} />
                <span className={s.title}>
                  {info.phrase}
                  {target !== null && (
                    <>
                      {' '}
                      <SafeText text={target} max={120} />
                    </>
                  )}
                </span>
                <span className={s.grow} />
                {entry.phase !== null && <span className={tag.tag}>{PHASE_NAMES[entry.phase]}</span>}
                {entry.state === 'rejected' && <span className={tag.tag}>left out</span>}
                {entry.state === 'accepted' && (
                  <span className={tag.tag} data-tone="ok">
                    accepted
                  </span>
                )}
                <span className={s.address}>
                  {row.address !== null && <SafeText text={row.address} max={45} />} {entry.country}
                </span>
              </div>
              <div className={s.line}>
                <p className={s.reasons}>
                  {entry.reasons.slice(0, 3).map((reason) => (
                    <span key={reason}>
                      <SafeText text={reason} max={240} sentence />{' '}
                    </span>
                  ))}
                </p>
                {writable && here && (
                  <span className={s.offers}>
                    <Button size="xs" onClick={() => onVerdict([entry], 'accepted')}>
                      Accept&nbsp;<Key>A</Key>
                    </Button>
                    <Button
                      size="xs"
                      variant="default"
                      onClick={() => onVerdict([entry], entry.state === 'rejected' ? null : 'rejected')}
                    >
                      {entry.state === 'rejected' ? 'Take back' : 'Reject'}&nbsp;<Key>R</Key>
                    </Button>
                  </span>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      <p className={s.unseen} role="status">
        {current ? `Suggestion ${position + 1} of ${entries.length}: ${describeAction(current.row.action).phrase}` : ''}
      </p>
    </div>
  );
}
