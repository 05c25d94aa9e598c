import { ITEM_VIEWS, REVIEW_VERDICTS } from '../../../shared/review.ts';
import type { ItemsView } from '../../lib/reviews.ts';

/** The parts of the screen beside worksheets. */
export const TABS = ['exceptions', 'plans', 'people'] as const;
export type Tab = (typeof TABS)[number];

/** What of the screen is in the address. */
export type ReviewsSearch = {
  /** The review whose worksheet is shown. */
  readonly r?: string;
  readonly view?: Exclude<ItemsView, 'all'>;
  /** An exception that is looked at. */
  readonly x?: string;
  readonly tab?: Tab;
  /** The form for a new review is open; of a plan where one is named. */
  readonly start?: string;
};

const VIEWS: readonly string[] = [...ITEM_VIEWS, ...REVIEW_VERDICTS].filter((one) => one !== 'all');

/** Reads the address; values that make no sense are dropped, one by one. */
export function parseReviewsSearch({ r, view, x, tab, start }: Record<string, unknown>): ReviewsSearch {
  return {
    ...(typeof r === 'string' && /^R-\d{1,12}$/.test(r) ? { r } : {}),
    ...(typeof view === 'string' && VIEWS.includes(view) ? { view: view as Exclude<ItemsView, 'all'> } : {}),
    ...(typeof x === 'string' && /^X-\d{1,12}$/.test(x) ? { x } : {}),
    ...(TABS.some((one) => one === tab) ? { tab: tab as Tab } : {}),
    ...(typeof start === 'string' && /^[a-z0-9-]{1,60}$/.test(start) ? { start } : {}),
  };
}
