import { Button } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { type ReviewVerdict, VERDICT_WORDS } from '../../../shared/review.ts';
import type { ReviewDetail } from '../../../shared/review-schema.ts';
import { counted, grouped } from '../../lib/number.ts';
import type { Acting, ItemsView } from '../../lib/reviews.ts';
import pill from '../../ui/pill.module.css';
import { SafeText } from '../../ui/safe-text.tsx';
import { Key } from '../../ui/small.tsx';
import { KEYS_OF } from './verdicts.tsx';
import s from './worksheet.module.css';

type Props = {
  readonly review: ReviewDetail;
  readonly view: ItemsView;
  readonly acting: Acting;
  readonly writable: boolean;
  /** How many are selected for one decision. */
  readonly many: number;
  readonly onView: (view: ItemsView) => void;
  readonly onWho: () => void;
  readonly onDrop: () => void;
  readonly onVerdict: (verdict: ReviewVerdict) => void;
};

/** Which items are shown, who decides, and the keys for it; decisions on many while many are selected. */
export function WorksheetBar(props: Props) {
  const { review, view, acting, writable, many } = props;
  const views: readonly (readonly [ItemsView, string, number])[] = [
    ['all', 'All', review.population],
    ['open', 'To decide', review.scope - review.decided],
    ['decided', 'Decided', review.decided],
    ['exceptions', 'Exceptions', review.exceptions.open],
  ];
  return (
    <div className={s.tools}>
      <fieldset className={s.views} aria-label="Which items">
        {views.map(([one, label, count]) => (
          <button
            key={one}
            type="button"
            className={pill.pill}
            aria-pressed={one === view}
            onClick={() => props.onView(one)}
          >
            {label} {grouped(count)}
          </button>
        ))}
      </fieldset>
      <span className={s.grow} />
      {writable && many > 0 && (
        <span className={s.keys}>
          <b>{counted(many, 'item', 'items')}:</b>
          {KEYS_OF[review.kind].map(({ verdict, letter }) => (
            <Button
              key={verdict}
              size="xs"
              variant="default"
              rightSection={<Key>{letter.toUpperCase()}</Key>}
              onClick={() => props.onVerdict(verdict)}
            >
              {VERDICT_WORDS[verdict]}
            </Button>
          ))}
          <Button size="xs" variant="subtle" onClick={props.onDrop}>
            None
          </Button>
        </span>
      )}
      {writable && many === 0 && (
        <span className={s.keys} data-hints>
          Decide
          {KEYS_OF[review.kind].map(({ verdict, letter }) => (
            <span key={verdict}>
              <Key>{letter.toUpperCase()}</Key> {VERDICT_WORDS[verdict].toLowerCase()}
            </span>
          ))}
          <span>
            <Key>Space</Key> select
          </span>
        </span>
      )}
      {writable && (
        <Button
          size="xs"
          variant="default"
          className={s.who ?? ''}
          leftSection={<IconUserCheck size={13} stroke={1.6} aria-hidden />}
          onClick={props.onWho}
        >
          {acting.self === null ? 'Who decides?' : <SafeText text={acting.self.name} max={40} />}
        </Button>
      )}
    </div>
  );
}
