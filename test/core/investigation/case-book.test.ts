import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_PLACES } from '../../../src/main/core/geo/places.ts';
import { actOnCase, type CaseAct, listed } from '../../../src/main/core/investigation/case-acts.ts';
import { CaseBook } from '../../../src/main/core/investigation/case-book.ts';
import type { CaseState } from '../../../src/main/core/investigation/case-state.ts';
import { openCase } from '../../../src/main/core/investigation/open-case.ts';
import { caseDetail, caseTimeline } from '../../../src/main/core/investigation/read-cases.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { batchOf, newArchive } from '../../support/archive.ts';

const START = Date.parse('2026-03-02T10:00:00Z');
const entries = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: `log_${i}`,
    timestamp: new Date(START + i * 1_000).toISOString(),
    action: 'user.login',
    actor: { id: 'u1', name: 'Ines', email: 'ines@example.com' },
    context: { ip_address: '198.51.100.4' },
  }));
const BLANK = {
  title: 'Odd sign-ins',
  severity: 'high',
  lead: null,
  aware: null,
  findings: [],
  seeds: [],
  guesses: new Map(),
} as const;

async function withCase(count: number) {
  const { dir, key, writer } = await newArchive();
  unwrap(writer.ingest(batchOf(entries(count))));
  const book = new CaseBook();
  const id = unwrap(openCase(writer, book, BLANK, { by: 'Marta', at: START }));
  let at = START;
  const act = (what: Omit<CaseAct, 'id' | 'by'> & { by?: string }) =>
    actOnCase(writer, book, { id, by: 'Marta', ...what } as CaseAct, ++at);
  return { dir, key, writer, book, id, act, state: () => book.of(id)! };
}

// A plain model: what every step said, by its line, and which of them were taken back.
type Said = { line: number; apply(model: Model): unknown };
type Model = {
  pinned: Set<number>;
  notes: string[];
  phase: Map<number, string | null>;
  title: string;
  watched: Set<string>;
  story: string;
};
const seen = (state: CaseState): Model => ({
  pinned: new Set(state.pinned.keys()),
  notes: state.notes.map(({ text }) => text),
  phase: new Map([...state.pinned].map(([key, event]) => [key, state.events.get(event)!.phase])),
  title: state.title,
  watched: new Set(state.watched.map(({ value }) => value)),
  story: state.story.text,
});

const step = fc.oneof(
  fc.record({
    kind: fc.constant('pin' as const),
    from: fc.nat(25),
    count: fc.integer({ min: 1, max: 6 }),
    phase: fc.constantFrom('impact' as const, null),
  }),
  fc.record({ kind: fc.constant('note' as const), text: fc.string({ minLength: 1 }) }),
  fc.record({ kind: fc.constant('title' as const), text: fc.string({ minLength: 1 }) }),
  fc.record({ kind: fc.constant('watch' as const), value: fc.constantFrom('198.51.100.4', 'ines@example.com') }),
  fc.record({ kind: fc.constant('story' as const), text: fc.string() }),
  fc.record({ kind: fc.constant('undo' as const), which: fc.nat(40) }),
);

describe('the case book', () => {
  it('says what a plain model says, whatever is written and taken back, and says it again when read anew', async () => {
    const { writer, act, state, id } = await withCase(30);
    const rows = [...writer.rows(WHOLE_ARCHIVE, 'newer')];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const before = seen(state());
        const said: Said[] = [];
        const gone = new Set<number>();
        for (const one of steps) {
          if (one.kind === 'undo') {
            const target = said[one.which % Math.max(said.length, 1)];
            if (target === undefined) continue;
            const done = act({ do: 'undo', line: target.line } as never);
            expect(done.ok).toBe(!gone.has(target.line));
            gone.add(target.line);
            continue;
          }
          const line = apply(
            one,
            act,
            rows.map(({ key }) => key),
          );
          if (line !== null) said.push(line);
        }
        // Lines that stand, in order, over what was there before.
        const model: Model = structuredClone(before);
        for (const one of said) if (!gone.has(one.line)) one.apply(model);
        const now = seen(state());
        expect(now.notes).toEqual(model.notes);
        expect(now.title).toBe(model.title);
        expect(now.story).toBe(model.story);
        expect(now.watched).toEqual(model.watched);
        expect(now.pinned).toEqual(model.pinned);
        expect(now.phase).toEqual(model.phase);
        expect(seen(new CaseBook().refresh(writer).of(id)!)).toEqual(now);
      }),
      { numRuns: 60 },
    );
  });

  it('pins five thousand entries in lines of a thousand, reads them in order, and takes them back in one go', async () => {
    const { writer, act, state, book, id } = await withCase(5_000);
    const done = unwrap(act({ do: 'pin', plan: WHOLE_ARCHIVE, phase: null, technique: null } as never));
    expect(writer.journal().filter(({ kind }) => kind === 'case.pinned')).toHaveLength(5);
    const timeline = caseTimeline(writer, state(), NO_PLACES);
    expect(timeline.map((event) => event.kind === 'entry' && event.row.id)).toEqual(
      entries(5_000).map((one) => one.id),
    );
    expect(timeline.every((event) => event.kind === 'entry' && event.state === 'holds')).toBe(true);
    expect(unwrap(act({ do: 'pin', plan: WHOLE_ARCHIVE, phase: null, technique: null } as never)).line).toBeNull();
    unwrap(act({ do: 'undo', line: done.line } as never));
    expect(unwrap(caseDetail(writer, book, id, START, null))).toMatchObject({ events: 0, first: null });
  });

  it('tells what is missing before a case can be closed, and lets nothing change in a closed one', async () => {
    const { writer, act, book, id } = await withCase(3);
    const missing = () => unwrap(caseDetail(writer, book, id, START + 80 * 3_600_000, null)).missing;
    expect(missing()).toHaveLength(2);
    unwrap(act({ do: 'update', fields: { summary: 'A stolen password.', aware: START } } as never));
    expect(missing()).toEqual([expect.stringContaining('GDPR')]);
    expect(act({ do: 'meetClock', clock: 'nil', note: 'x' } as never)).toMatchObject({ error: { code: 'not_found' } });
    unwrap(act({ do: 'meetClock', clock: 'gdpr-33', note: 'No personal data.' } as never));
    expect(missing()).toEqual([]);
    const moved = unwrap(act({ do: 'setStatus', status: 'closed', reason: '' } as never));
    expect(act({ do: 'note', event: null, text: 'late' } as never)).toMatchObject({ error: { code: 'forbidden' } });
    expect(act({ do: 'setStatus', status: 'open', reason: ' ' } as never)).toMatchObject({
      error: { code: 'bad_input' },
    });
    unwrap(act({ do: 'setStatus', status: 'open', reason: 'More came.' } as never));
    expect(act({ do: 'undo', line: moved.line } as never)).toMatchObject({ error: { code: 'bad_input' } });
    expect(act({ do: 'saveStory', text: 'See [E-999].' } as never)).toMatchObject({ error: { code: 'bad_input' } });
    expect(act({ do: 'pin', plan: listed([12]), phase: null, technique: null } as never)).toMatchObject({
      value: { line: null },
    });
  });
});

type Step = Exclude<typeof step extends fc.Arbitrary<infer S> ? S : never, { kind: 'undo' }>;

function apply(one: Step, act: (what: never) => ReturnType<typeof actOnCase>, keys: readonly number[]): Said | null {
  const done = (what: object) => act(what as never);
  switch (one.kind) {
    case 'pin': {
      const chosen = keys.slice(one.from, one.from + one.count);
      const acted = unwrap(done({ do: 'pin', plan: listed(chosen), phase: one.phase, technique: null }));
      if (acted.line === null) return null;
      const changed = [...acted.keys];
      return {
        line: acted.line,
        apply(model) {
          for (const key of changed) {
            if (!model.pinned.has(key)) model.phase.set(key, one.phase);
            model.pinned.add(key);
          }
        },
      };
    }
    case 'note':
      return {
        line: unwrap(done({ do: 'note', event: null, text: one.text })).line!,
        apply: (model) => void model.notes.push(one.text),
      };
    case 'title':
      return {
        line: unwrap(done({ do: 'update', fields: { title: one.text } })).line!,
        apply: (model) => Object.assign(model, { title: one.text }),
      };
    case 'watch': {
      const acted = done({ do: 'watch', kind: 'address', value: one.value, on: true });
      return acted.ok ? { line: acted.value.line!, apply: (model) => void model.watched.add(one.value) } : null;
    }
    case 'story':
      return {
        line: unwrap(done({ do: 'saveStory', text: one.text })).line!,
        apply: (model) => Object.assign(model, { story: one.text }),
      };
  }
}
