import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { SavedView, Seen, ViewBody } from '../../../shared/views-contract.ts';
import type { JournalLine, JournalReader, JournalWriter } from '../archive/journal.ts';

const KINDS = { saved: 'view.saved', removed: 'view.removed' } as const;
const savedBody = z.object({
  name: z.string(),
  q: z.string(),
  columns: z.string().nullable(),
  // Lines of before repeats could be folded do not say.
  folded: z.boolean().default(false),
});

/** The views of an archive as they were kept last, by name. A line that cannot be read keeps nothing. */
export function readViews(reader: JournalReader): readonly SavedView[] {
  const views = new Map<string, SavedView>();
  for (const line of reader.journal()) {
    if (line.kind === KINDS.removed) views.delete(line.subject);
    if (line.kind !== KINDS.saved) continue;
    const body = bodyOf(line);
    const id = line.subject === '' ? viewId(line.seq) : line.subject;
    if (body) views.set(id, { id, ...body, by: line.by, at: line.at });
  }
  return [...views.values()].sort((a, b) => a.name.localeCompare(b.name, 'en') || a.at - b.at);
}

/** Keeps a view by a further line; its id. An id of null makes a new one. */
export function saveView(
  writer: JournalWriter,
  id: string | null,
  view: ViewBody,
  word: { readonly by: string; readonly at: number },
): Result<string> {
  const { name, q, columns, folded } = view;
  const body = JSON.stringify({ name, q, columns, folded });
  const written = writer.appendJournal([{ kind: KINDS.saved, subject: id ?? '', body, ...word }]);
  return written.ok ? ok(id ?? viewId(written.value[0] ?? 0)) : written;
}

/** Takes a view away by a further line. `not_found` where there is none of that id. */
export function removeView(
  writer: JournalWriter,
  id: string,
  word: { readonly by: string; readonly at: number },
): Result<void> {
  if (!readViews(writer).some((view) => view.id === id))
    return fail('not_found', 'This view is not there any more.', 'Look at the list again.');
  const written = writer.appendJournal([{ kind: KINDS.removed, subject: id, body: '{}', ...word }]);
  return written.ok ? ok(undefined) : written;
}

/** The setting that says how far somebody had looked, by view. */
export const SEEN_SETTING = 'seen';

const seenMap = z.record(z.string(), z.object({ received: z.int(), newest: z.number(), at: z.int() }));

/** Reads the setting; what cannot be read was not seen. */
export function seenFrom(text: string | null): Readonly<Record<string, Seen>> {
  try {
    const parsed = seenMap.safeParse(JSON.parse(text ?? '{}'));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}

/** The setting with the marker of one view changed; null takes it away. */
export function seenText(before: Readonly<Record<string, Seen>>, view: string, seen: Seen | null): string {
  const { [view]: _old, ...rest } = before;
  return JSON.stringify(seen === null ? rest : { ...rest, [view]: seen });
}

function viewId(seq: number): string {
  return `V-${seq}`;
}

function bodyOf(line: JournalLine): z.output<typeof savedBody> | null {
  try {
    const parsed = savedBody.safeParse(JSON.parse(line.body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
