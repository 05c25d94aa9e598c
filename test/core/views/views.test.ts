import { expect, it } from 'vitest';
import { readViews, removeView, saveView, seenFrom, seenText } from '../../../src/main/core/views/views.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { newArchive } from '../../support/archive.ts';

const AT = Date.parse('2026-10-15T12:00:00Z');
const MARTA = { by: 'Marta', at: AT };

it('keeps, renames, removes and brings back a view by further lines of the journal', async () => {
  const { writer } = await newArchive();
  const id = unwrap(saveView(writer, null, { name: 'Night', q: 'hours:off', columns: null, folded: false }, MARTA));
  unwrap(saveView(writer, null, { name: 'Keys', q: 'category:security', columns: 'time,action', folded: true }, MARTA));
  expect(readViews(writer).map((view) => view.name)).toEqual(['Keys', 'Night']);
  const later = { by: 'Priya', at: AT + 1 };
  unwrap(saveView(writer, id, { name: 'After hours', q: 'hours:off', columns: null, folded: false }, later));
  expect(readViews(writer)[0]).toEqual({
    id,
    name: 'After hours',
    q: 'hours:off',
    columns: null,
    folded: false,
    ...later,
  });
  unwrap(removeView(writer, id, later));
  expect(readViews(writer).map((view) => view.name)).toEqual(['Keys']);
  expect(removeView(writer, id, later)).toMatchObject({ ok: false, error: { code: 'not_found' } });
  unwrap(saveView(writer, id, { name: 'After hours', q: 'hours:off', columns: null, folded: false }, later));
  expect(readViews(writer).map((view) => view.id)).toContain(id);
  expect(writer.journal()).toHaveLength(5);
});

it('a line that cannot be read keeps nothing, and hides nothing', async () => {
  const { writer } = await newArchive();
  unwrap(saveView(writer, null, { name: 'Night', q: '', columns: null, folded: false }, MARTA));
  unwrap(writer.appendJournal([{ kind: 'view.saved', subject: '', body: '{"name":7}', ...MARTA }]));
  unwrap(writer.appendJournal([{ kind: 'view.saved', subject: '', body: 'not JSON', ...MARTA }]));
  expect(readViews(writer).map((view) => view.name)).toEqual(['Night']);
});

it('markers of what was seen are kept apart for each view; what cannot be read was not seen', () => {
  const seen = { received: AT, newest: AT - 1, at: AT + 1 };
  const all = seenFrom(seenText(seenFrom(null), 'all', seen));
  const both = seenFrom(seenText(all, 'V-1', { ...seen, at: AT + 2 }));
  expect(both).toEqual({ all: seen, 'V-1': { ...seen, at: AT + 2 } });
  expect(seenFrom(seenText(both, 'all', null))).toEqual({ 'V-1': { ...seen, at: AT + 2 } });
  expect(seenFrom('{"all":3}')).toEqual({});
  expect(seenFrom('{')).toEqual({});
});
