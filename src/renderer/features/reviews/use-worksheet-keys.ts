import type { ReviewKind, ReviewVerdict } from '../../../shared/review.ts';
import { useKeys } from '../../lib/keys.ts';
import type { ChosenItems } from './use-chosen.ts';
import type { Cursor } from './use-cursor.ts';
import { KEYS_OF } from './verdicts.tsx';

/** Rows that a page key moves by. */
const PAGE = 12;

type Does = {
  readonly kind: ReviewKind;
  readonly cursor: Cursor;
  readonly chosen: ChosenItems;
  readonly ask: (verdict: ReviewVerdict, withWords: boolean) => void;
  readonly undo: () => void;
  readonly open: () => void;
  readonly wish: (wish: 'sign' | 'raise') => void;
  readonly close: () => void;
};

/** The keys of a worksheet. Letters decide; moving has the arrows and J, and K where it does not mean to keep. */
export function useWorksheetKeys({ kind, cursor, chosen, ask, undo, open, wish, close }: Does): void {
  const { position, item } = cursor;
  const step = (by: number, extend = false): void => {
    if (extend) {
      if (!chosen.ids.size) chosen.check(position, false);
      chosen.check(position + by, true);
    }
    cursor.moveTo(position + by);
  };
  const seek = (by: 1 | -1): void => {
    if (!cursor.toOpen(by)) void cursor.seekOpen(item?.n ?? -1, by);
  };
  useKeys({
    j: () => step(1),
    J: () => step(1, true),
    ArrowDown: (event) => step(1, event.shiftKey),
    ArrowUp: (event) => step(-1, event.shiftKey),
    ...(kind === 'events' ? { k: () => step(-1), K: () => step(-1, true) } : {}),
    PageDown: () => step(PAGE),
    PageUp: () => step(-PAGE),
    Home: () => cursor.moveTo(0),
    End: () => cursor.moveTo(Number.MAX_SAFE_INTEGER),
    ']': () => seek(1),
    '[': () => seek(-1),
    ' ': chosen.toggle,
    'mod+a': chosen.toggleAll,
    Enter: open,
    Escape: close,
    u: undo,
    e: () => wish('raise'),
    s: () => wish('sign'),
    ...Object.fromEntries(
      KEYS_OF[kind].flatMap(({ verdict, letter }) => [
        [letter, () => ask(verdict, false)],
        [letter.toUpperCase(), () => ask(verdict, true)],
      ]),
    ),
  });
}
