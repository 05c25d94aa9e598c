import type { ArchiveReader } from '../archive/reader.ts';
import { accessItems } from './access-items.ts';
import { type FrozenItem, FrozenList } from './frozen-list.ts';
import { frozenQuestion } from './frozen-question.ts';
import type { KeptReview, ReviewBook } from './review-book.ts';

/** The populations a review and its addenda hold together; what was given up holds nothing. */
function populationsOf(book: ReviewBook, review: KeptReview): readonly KeptReview[] {
  const addenda = [...book.reviews.values()].filter(
    (one) => one.started.addendumTo === review.id && one.abandoned === null,
  );
  return [review, ...addenda];
}

/** What answers the frozen question now and is in neither the population nor an addendum, in order. */
export function* lateItems(reader: ArchiveReader, book: ReviewBook, review: KeptReview): IterableIterator<FrozenItem> {
  const { kind } = review.started;
  const question = frozenQuestion(review.started.population);
  const known = new Set<number | string>();
  for (const one of populationsOf(book, review))
    for (const item of new FrozenList(reader, one.started.population).all()) known.add(item.key ?? item.id);
  if (kind === 'access') {
    const now = accessItems(reader, question.filter, question.fromMs, question.toMs);
    if (now.ok) for (const item of now.value) if (!known.has(item.id)) yield item;
    return;
  }
  for (const { key, id } of reader.rows(question)) if (!known.has(key)) yield { key, id, access: null };
}

/** How many they are. Where as many answer as were frozen and nothing was ever deleted, nobody need look at each. */
export function countLate(reader: ArchiveReader, book: ReviewBook, review: KeptReview): number {
  const { kind, population } = review.started;
  if (kind === 'events' && reader.deletions().length === 0) {
    const frozen = populationsOf(book, review).reduce((sum, one) => sum + one.started.population.count, 0);
    if (reader.count(frozenQuestion(population)) === frozen) return 0;
  }
  let late = 0;
  for (const _item of lateItems(reader, book, review)) late++;
  return late;
}
