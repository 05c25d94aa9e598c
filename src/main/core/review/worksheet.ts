import type { ItemView, ReviewVerdict } from '../../../shared/review.ts';
import type { ReviewItem } from '../../../shared/review-schema.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { exceptionState } from './exception-state.ts';
import type { FrozenList } from './frozen-list.ts';
import { progressOf, wholeOf } from './progress.ts';
import type { KeptReview, ReviewBook } from './review-book.ts';
import type { Runs } from './review-lines.ts';
import { isIn, itemsIn } from './runs.ts';

/**
 * A page of a worksheet, in the order of the population. Costs a look at four bytes an item, and reads the one or two parts
 * of the list that the page lies in.
 */
export function worksheet(
  reader: Pick<ArchiveReader, 'rowsByKey'>,
  book: ReviewBook,
  review: KeptReview,
  list: FrozenList,
  page: { readonly view: ItemView | ReviewVerdict; readonly offset: number; readonly limit: number },
): { readonly items: ReviewItem[]; readonly total: number } {
  const { started, decisions, chosen } = review;
  const { count } = started.population;
  const open = book
    .exceptionsOf(review.id)
    .map((one) => ({ id: one.id, ...exceptionState(book, one) }))
    .filter(({ status }) => status === 'open');
  const numbers: number[] = [];
  let total = 0;
  const take = (n: number): void => {
    if (total >= page.offset && numbers.length < page.limit) numbers.push(n);
    total++;
  };
  const isShown = shows(page.view, review, open);
  if (page.view === 'all') {
    total = count;
    for (let n = page.offset; n < Math.min(count, page.offset + page.limit); n++) numbers.push(n);
  } else if (page.view === 'open') {
    const { scope, decided } = progressOf(review);
    for (const n of itemsIn(chosen ?? wholeOf(count))) {
      if (isShown(n)) take(n);
      // How many there are is known without a look at the rest.
      if (numbers.length === page.limit) break;
    }
    total = scope - decided;
  } else for (const n of itemsIn(wholeOf(count))) if (isShown(n)) take(n);

  const frozen = numbers.map((n) => list.at(n));
  const keys = frozen.flatMap((item) => (item === null || item.key === null ? [] : [item.key]));
  const about = exceptionsOn(numbers, open);
  const rows = new Map(reader.rowsByKey(keys).map((row, i) => [keys[i], row]));
  const items = numbers.map((n, i): ReviewItem => {
    const item = frozen[i] ?? null;
    const row = item === null || item.key === null ? null : (rows.get(item.key) ?? null);
    return {
      n,
      id: item?.id ?? '',
      inSample: chosen === null || isIn(chosen, n),
      // A key whose entry was deleted may be given again.
      entry: row !== null && row.id === item?.id ? row : null,
      access: item?.access ?? null,
      decision: decisions.of(n),
      exceptions: about.get(n) ?? [],
    };
  });
  return { items, total };
}

// Exceptions are many, and a page is short: each looks for the few of its items that are shown.
function exceptionsOn(
  numbers: readonly number[],
  open: readonly { readonly id: string; readonly items: Runs }[],
): ReadonlyMap<number, string[]> {
  const found = new Map<number, string[]>();
  for (const { id, items } of open) {
    for (const [from, to] of items) {
      for (let i = firstFrom(numbers, from); i < numbers.length && numbers[i]! <= to; i++) {
        const ids = found.get(numbers[i]!);
        if (ids) ids.push(id);
        else found.set(numbers[i]!, [id]);
      }
    }
  }
  return found;
}

function firstFrom(numbers: readonly number[], from: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

function shows(
  view: ItemView | ReviewVerdict,
  { started, decisions }: KeptReview,
  open: readonly { readonly items: Runs }[],
): (n: number) => boolean {
  switch (view) {
    case 'all':
      return () => true;
    case 'open':
      return (n) => !decisions.isDecided(n);
    case 'decided':
      return (n) => decisions.isDecided(n);
    case 'exceptions': {
      const has = new Uint8Array(started.population.count);
      for (const { items } of open) for (const [from, to] of items) has.fill(1, from, to + 1);
      return (n) => has[n] === 1;
    }
    default:
      return (n) => decisions.of(n)?.verdict === view;
  }
}
