import type { Input, Output } from '../../src/shared/contract.ts';
import type { Result } from '../../src/shared/errors.ts';
import type { Term } from '../../src/shared/filter/filter.ts';
import type { EntryMarks } from '../../src/shared/marks-contract.ts';
import type { SavedView, Seen } from '../../src/shared/views-contract.ts';
import type { FakeOptions } from './fake-bridge.ts';

/**
 * What the main process answers about marks and saved views, in memory, on top of the fake bridge. Put into a page as text,
 * so it reaches for nothing outside itself.
 */
export function installFakeBeside(options: FakeOptions): void {
  const { now } = options;
  type Bridge = Record<string, (input: never) => Promise<Result<unknown>>>;
  const page = window as unknown as {
    logbook: Bridge;
    fake: {
      calls: { name: string; input: unknown }[];
      emit: (event: string, payload: unknown) => void;
      keysOf: (query: Input<'entries.count'>) => number[];
      beside: (key: number, receivedAt: number, term: Term) => boolean;
    };
  };
  const marks = new Map<number, { -readonly [K in keyof EntryMarks]: EntryMarks[K] }>();
  const removed = new Map<number, EntryMarks['notes'][number]>();
  let views: SavedView[] = [];
  const HOUR = 3_600_000;
  const seen: Record<string, Seen> =
    options.seenHours === null
      ? {}
      : { all: { received: now - options.seenHours * HOUR, newest: now - options.seenHours * HOUR, at: now - HOUR } };
  let seq = 0;

  page.fake.beside = (key, receivedAt, { field, value }) => {
    const one = marks.get(key);
    if (field === 'is') return Boolean(one?.pin);
    if (field === 'has') return (one?.notes.length ?? 0) > 0;
    if (field === 'received') return receivedAt >= Date.parse(value);
    if (value === '') return (one?.tags.length ?? 0) === 0;
    return one?.tags.some(({ tag }) => tag.toLowerCase() === value.toLowerCase()) ?? false;
  };

  function writing(): void {
    if (options.readOnly)
      throw {
        code: 'read_only',
        message: 'This archive is open for reading only.',
        hint: 'Lock it and open it for writing.',
        retryable: false,
      };
    seq++;
  }

  const methods: Record<string, (input: never) => unknown> = {
    marksList: (): Output<'marks.list'> => ({
      entries: [...marks.values()].filter((one) => one.tags.length > 0 || one.pin || one.notes.length > 0),
      reviewer: [...marks.values()][0]?.tags[0]?.by ?? null,
    }),
    marksChange: ({ entries, change, by }: Input<'marks.change'>): Output<'marks.change'> => {
      writing();
      const at = now;
      const changed: number[] = [];
      for (const key of page.fake.keysOf(entries)) {
        const one = marks.get(key) ?? { key, tags: [], pin: null, notes: [] };
        const before = JSON.stringify(one);
        if (change.kind === 'tag') {
          const same = (tag: string) => tag.toLowerCase() === change.tag.toLowerCase();
          const there = one.tags.some(({ tag }) => same(tag));
          if (change.set && !there) one.tags = [...one.tags, { tag: change.tag, by, at }];
          if (!change.set) one.tags = one.tags.filter(({ tag }) => !same(tag));
        } else if (change.kind === 'pin') one.pin = change.set ? { by, at } : null;
        else if (change.kind === 'note') one.notes = [...one.notes, { note: seq, text: change.text, by, at }];
        else if (change.set) one.notes = [...one.notes, ...change.notes.flatMap((note) => removed.get(note) ?? [])];
        else {
          for (const note of one.notes) removed.set(note.note, note);
          one.notes = one.notes.filter(({ note }) => !change.notes.includes(note));
        }
        marks.set(key, one);
        if (JSON.stringify(one) !== before) changed.push(key);
      }
      page.fake.emit('MarksChanged', {});
      return { keys: changed, lines: changed.length > 0 ? [seq] : [] };
    },
    viewsList: (): Output<'views.list'> => ({ views: [...views], seen }),
    viewsSave: ({ id, ...view }: Input<'views.save'>): Output<'views.save'> => {
      writing();
      const kept = id ?? `V-${seq}`;
      views = [...views.filter((one) => one.id !== kept), { id: kept, at: now, ...view }];
      page.fake.emit('ViewsChanged', {});
      return { id: kept };
    },
    viewsRemove: ({ id }: Input<'views.remove'>) => {
      writing();
      views = views.filter((one) => one.id !== id);
      page.fake.emit('ViewsChanged', {});
      return {};
    },
    viewsLook: ({ view, seen: put }: Input<'views.look'>): Output<'views.look'> => {
      writing();
      const before = seen[view] ?? null;
      if (put === undefined) seen[view] = { received: now, newest: now, at: now };
      else if (put === null) delete seen[view];
      else seen[view] = put;
      page.fake.emit('ViewsChanged', {});
      return { before };
    },
  };
  for (const [name, method] of Object.entries(methods)) {
    page.logbook[name] = async (input: never): Promise<Result<unknown>> => {
      page.fake.calls.push({ name, input: structuredClone(input) });
      try {
        return { ok: true, value: structuredClone(await method(input)) };
      } catch (error) {
        return { ok: false, error: error as never };
      }
    };
  }
}
