import type { PageReply } from '../jetty/client.ts';
import type { Evidence, Nature } from './evidence.ts';
import { type DateSense, type DayWindow, dateSenseOf, isBelow } from './window.ts';

// What a page says about how the walk goes on that it was fetched for.

/** The window is to be asked otherwise: in smaller ones, or with dates taken otherwise. `pages` where it is known. */
export type OtherForm =
  | { readonly kind: 'split'; readonly pages: number | null }
  | { readonly kind: 'dates'; readonly sense: DateSense };

// A window of several days is meant to fit a page; one that fills more than these is walked day by day.
const PAGES_BEFORE_SPLIT = 3;
const MOST_PAGES = 1_000_000;

/** Whether the first pages show that this window should be asked otherwise. */
export function otherForm(window: DayWindow, reply: PageReply, page: number): OtherForm | null {
  const sense = dateSenseOf(window, reply.items);
  if (window.from !== null && sense !== 'utc') return { kind: 'dates', sense };
  const oneDay = window.first === window.last;
  if (oneDay || window.from === null) return null;
  if (reply.lastPage !== null && reply.lastPage > PAGES_BEFORE_SPLIT) return { kind: 'split', pages: reply.lastPage };
  return page >= PAGES_BEFORE_SPLIT && reply.items.length > 0 && reply.hasNext !== false
    ? { kind: 'split', pages: null }
    : null;
}

/**
 * Whether no page follows this one, of whose entries `added` were not seen before. Notes in the evidence where that is
 * not the server's word.
 */
export function endsPass(
  evidence: Evidence,
  window: DayWindow,
  reply: PageReply,
  page: number,
  added: number,
): boolean {
  if (page >= MOST_PAGES) return true;
  if (isBelow(window, evidence.order, reply.items)) {
    evidence.stoppedEarly = true;
    return true;
  }
  if (reply.hasNext === false) return true;
  if (reply.hasNext === null && reply.lastPage === null) {
    // A server that ignores the page number would go on for ever with the same entries.
    if (page > 1 && added === 0 && reply.items.length > 0) evidence.uneven = true;
    return reply.items.length === 0 || evidence.uneven;
  }
  return reply.items.length === 0 || (reply.hasNext === null && page >= (reply.lastPage ?? 0));
}

/**
 * The numbers of pages after this one that can be asked for at once, `most` of them. Several at the same time may be
 * answered in any order, which only the server's count can make up for: without it, where entries come and go, or where
 * the nature of the window is not given, a page is asked for when the one before it is here.
 */
export function pagesAhead(reply: PageReply, page: number, most: number, nature: Nature | null): number[] {
  const counted = reply.total !== null && reply.lastPage !== null;
  const still = nature !== null && !nature.moving && !nature.expiring;
  const known = counted && still ? (reply.lastPage ?? page) : page + 1;
  const last = Math.min(known, page + most);
  return Array.from({ length: Math.max(0, last - page) }, (_, i) => page + 1 + i);
}
