import type { JournalReader } from '../archive/journal.ts';
import { CaseBook } from './case-book.ts';

/** A case that keeps entries from deletion: the keys of what is pinned in it. */
export type HoldingCase = { readonly id: string; readonly title: string; readonly keys: readonly number[] };

/** Cases that are not closed and what is pinned in them: that is not deleted, whatever the retention policy says. */
export function holdingCases(reader: JournalReader): readonly HoldingCase[] {
  return new CaseBook()
    .refresh(reader)
    .all()
    .filter(({ status, pinned }) => status !== 'closed' && pinned.size > 0)
    .map(({ id, title, pinned }) => ({ id, title, keys: [...pinned.keys()] }));
}
