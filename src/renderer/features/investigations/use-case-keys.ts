import { useKeys } from '../../lib/keys.ts';
import type { CasePart } from './search.ts';
import type { CaseWish } from './wishes.ts';

/** Events that a page key moves by. */
const PAGE = 12;

type Does = {
  readonly part: CasePart | 'timeline';
  readonly step: (by: number, extend?: boolean) => void;
  readonly turnTo: (part: CasePart | 'timeline') => void;
  readonly toggle: () => void;
  readonly fold: () => void;
  readonly look: () => void;
  readonly compare: () => void;
  readonly openEntry: () => void;
  readonly unpin: () => void;
  readonly classify: () => void;
  readonly note: () => void;
  readonly wish: (wish: CaseWish) => void;
  readonly verdict: (verdict: 'accepted' | 'rejected') => void;
  readonly acceptAll: () => void;
  readonly lane: () => void;
  readonly zoom: (times: number) => void;
  readonly pan: (direction: 1 | -1) => void;
  readonly whole: () => void;
  readonly undo: () => void;
  readonly close: () => void;
};

/** The keys of a case. */
export function useCaseKeys(does: Does): void {
  const onTimeline = (act: () => void) => () => does.part === 'timeline' && act();
  useKeys({
    j: () => does.step(1),
    J: () => does.step(1, true),
    ArrowDown: (event) => does.step(1, event.shiftKey),
    k: () => does.step(-1),
    K: () => does.step(-1, true),
    ArrowUp: (event) => does.step(-1, event.shiftKey),
    PageDown: () => does.step(PAGE),
    PageUp: () => does.step(-PAGE),
    Home: () => does.step(Number.MIN_SAFE_INTEGER),
    End: () => does.step(Number.MAX_SAFE_INTEGER),
    t: () => does.turnTo('timeline'),
    s: () => does.turnTo('suggestions'),
    y: () => does.turnTo('story'),
    h: () => does.turnTo('history'),
    x: onTimeline(does.toggle),
    ' ': onTimeline(does.toggle),
    f: onTimeline(does.fold),
    Enter: onTimeline(does.look),
    c: onTimeline(does.compare),
    o: does.openEntry,
    d: onTimeline(does.unpin),
    p: onTimeline(does.classify),
    m: does.note,
    e: () => does.wish('edit'),
    n: () => does.wish('manual'),
    C: () => does.wish('close'),
    a: () => does.verdict('accepted'),
    r: () => does.verdict('rejected'),
    A: does.acceptAll,
    l: onTimeline(does.lane),
    '+': () => does.zoom(0.5),
    '=': () => does.zoom(0.5),
    '-': () => does.zoom(2),
    '[': () => does.pan(-1),
    ']': () => does.pan(1),
    '0': does.whole,
    u: does.undo,
    'mod+z': does.undo,
    Escape: does.close,
  });
}
