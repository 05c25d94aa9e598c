import { ok } from '../../shared/errors.ts';
import type { ArchiveReader } from '../core/archive/reader.ts';
import type { ArchiveWriter } from '../core/archive/writer.ts';
import { markEntries } from '../core/marks/mark-entries.ts';
import { readViews, removeView, SEEN_SETTING, saveView, seenFrom, seenText } from '../core/views/views.ts';
import type { BesideReaderCalls, BesideWriterCalls } from './beside-calls.ts';
import type { ServiceTable } from './service-table.ts';

/** What a reading thread knows of marks, views and what was seen. */
export function besideServices(reader: ArchiveReader): ServiceTable<BesideReaderCalls> {
  return {
    marks() {
      const { entries, reviewer } = reader.marks();
      return ok({
        reviewer,
        entries: entries.map(({ key, tags, pin, notes }) => ({ key, tags: [...tags.values()], pin, notes })),
      });
    },
    views: () => ok({ views: readViews(reader), seen: seenFrom(reader.setting(SEEN_SETTING)) }),
  };
}

/** What the writing thread adds. Each call is short: it is answered beside a sync that runs. */
export function besideWriting(writer: ArchiveWriter): ServiceTable<BesideWriterCalls> {
  return {
    markEntries: ({ plan, change, word }) => markEntries(writer, plan, change, word),
    saveView: ({ id, view, word }) => saveView(writer, id, view, word),
    removeView({ id, word }) {
      const removed = removeView(writer, id, word);
      return removed.ok ? ok(null) : removed;
    },
    look({ view, seen, at }) {
      const before = seenFrom(writer.setting(SEEN_SETTING));
      const now = { received: writer.lastReceivedAt() ?? at, newest: writer.info().newest ?? 0, at };
      const set = writer.setSetting(SEEN_SETTING, seenText(before, view, seen === undefined ? now : seen));
      return set.ok ? ok(before[view] ?? null) : set;
    },
  };
}
