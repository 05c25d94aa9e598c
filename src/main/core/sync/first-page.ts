import type { PageReply } from '../jetty/client.ts';
import type { Nature } from './evidence.ts';
import { pagesAhead } from './page-course.ts';
import type { PageExpected, PageFeed, PageWanted } from './page-feed.ts';
import { type DayWindow, rangeOf } from './window.ts';

/** The first page of a window that will be walked, and with it those that it turns out to have besides. */
export function firstPageOf(
  window: DayWindow,
  perPage: number,
  feed: Pick<PageFeed, 'depth'>,
  nature: () => Nature,
): PageExpected {
  const wanted = { ...rangeOf(window), perPage };
  const then = (reply: PageReply): PageWanted[] => {
    // Of several days there is a page; if there are more, they may be asked for one by one.
    if (window.first !== window.last || reply.items.length === 0 || reply.hasNext === false) return [];
    return pagesAhead(reply, 1, feed.depth(), nature()).map((page) => ({ ...wanted, page }));
  };
  return { ...wanted, page: 1, then };
}
