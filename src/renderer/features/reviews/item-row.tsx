// biome-ignore-all lint/a11y/useSemanticElements: rows of a grid that is no table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the current row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the keys of the screen do what a click does
import { Button } from '@mantine/core';
import { memo } from 'react';
import { type ReviewKind, type ReviewVerdict, VERDICT_WORDS } from '../../../shared/review.ts';
import type { ReviewItem } from '../../../shared/review-schema.ts';
import { SafeText, tooltipOf } from '../../ui/safe-text.tsx';
import { Key } from '../../ui/small.tsx';
import { ItemCells } from './item-cells.tsx';
import { KEYS_OF, VerdictTag } from './verdicts.tsx';
import s from './worksheet.module.css';

type Props = {
  readonly item: ReviewItem;
  readonly kind: ReviewKind;
  readonly zone: string;
  readonly index: number;
  /** Distance from the top of the list, pixels. */
  readonly y: number;
  readonly current: boolean;
  readonly checked: boolean;
  /** It is the access of the one who decides. */
  readonly own: boolean;
  readonly writable: boolean;
  readonly onMove: (position: number) => void;
  readonly onOpen: (position: number) => void;
  readonly onCheck: (position: number, extend: boolean) => void;
  readonly onVerdict: (verdict: ReviewVerdict) => void;
};

export const ItemRow = memo(function ItemRow(props: Props) {
  const { item, index, current, own, writable } = props;
  const { decision } = item;
  const offers = current && writable && decision === null && item.inSample && !own;
  return (
    <div
      role="row"
      id={`item-${item.n}`}
      className={s.row}
      aria-rowindex={index + 2}
      aria-selected={props.checked}
      data-current={current || undefined}
      data-checked={props.checked || undefined}
      data-out={!item.inSample || undefined}
      data-n={item.n}
      style={{ transform: `translateY(${props.y}px)` }}
      onClick={() => props.onMove(index)}
      onDoubleClick={() => props.onOpen(index)}
    >
      <span role="gridcell" className={s.check}>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Select item ${item.n + 1}`}
          checked={props.checked}
          disabled={!item.inSample}
          onClick={(event) => {
            event.stopPropagation();
            props.onCheck(index, event.shiftKey);
          }}
          onChange={() => {}}
        />
      </span>
      <ItemCells item={item} zone={props.zone} />
      {offers ? (
        <span role="gridcell" className={s.offers} aria-colspan={2}>
          {KEYS_OF[props.kind].map(({ verdict, letter }, i) => (
            <Button
              key={verdict}
              size="xs"
              tabIndex={-1}
              variant={i === 0 ? 'filled' : 'default'}
              rightSection={<Key>{letter.toUpperCase()}</Key>}
              onClick={(event) => {
                event.stopPropagation();
                props.onVerdict(verdict);
              }}
            >
              {VERDICT_WORDS[verdict]}
            </Button>
          ))}
        </span>
      ) : (
        <>
          <span role="gridcell">
            {decision ? (
              <VerdictTag verdict={decision.verdict} />
            ) : (
              <span className={s.open}>{item.inSample ? 'to decide' : 'not in the sample'}</span>
            )}
          </span>
          <span role="gridcell" className={s.clip} title={tooltipOf(decision?.rationale ?? '')}>
            {decision ? (
              <>
                <SafeText text={decision.rationale} max={160} />
                {decision.ticket !== '' && (
                  <i>
                    {' '}
                    <SafeText text={decision.ticket} max={60} />
                  </i>
                )}
              </>
            ) : (
              own && <i>Your own access: somebody else decides it</i>
            )}
          </span>
        </>
      )}
    </div>
  );
});
