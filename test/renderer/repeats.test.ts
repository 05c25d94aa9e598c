import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runsOf } from '../../src/renderer/features/investigations/repeats.ts';
import { groupsOf, rowsOf } from '../../src/renderer/features/investigations/timeline-rows.ts';
import type { CaseEvent } from '../../src/shared/case-schema.ts';

const START = Date.parse('2026-10-14T20:00:00Z');

const made = fc
  .array(
    fc.record({
      action: fc.constantFrom('user.login_failed', 'user.login'),
      address: fc.constantFrom('203.0.113.77', null),
      minutes: fc.integer({ min: 0, max: 120 }),
      noted: fc.boolean(),
      state: fc.constantFrom('holds', 'altered'),
      phase: fc.constantFrom('initial_access', null),
      manual: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map((ones) => {
    let ts = START;
    return ones.map(({ action, address, minutes, noted, state, phase, manual }, i) => {
      ts += minutes * 60_000;
      const placed = {
        id: `E-${i}`,
        ts,
        phase,
        technique: null,
        notes: noted ? [{ line: i, text: 'Looked at', by: 'Marta', at: ts }] : [],
        by: 'Marta',
        at: ts,
      };
      const actor = { id: 'u', name: 'Ines', email: null };
      const row = { key: i, id: `log_${i}`, ts, actor, action, target: null, address, agent: null, team: null };
      return (
        manual
          ? { ...placed, kind: 'manual', title: action, source: 'Phone' }
          : { ...placed, kind: 'entry', row, leaf: '00'.repeat(32), state, country: null }
      ) as CaseEvent;
    });
  });

test('folded or not, every event is there once and in order, and what is behind another says what that says', () => {
  fc.assert(
    fc.property(made, fc.boolean(), (events, open) => {
      const groups = groupsOf(events, 'phase');
      const heads = groups.flatMap((group) => runsOf(group.events, 'Europe/Lisbon').map((run) => run[0]?.id ?? ''));
      const rows = rowsOf(groups, [], 'Europe/Lisbon', new Set(open ? heads : []));
      const stands = rows.flatMap((row) => (row.kind === 'event' ? [row] : []));
      expect(stands.flatMap((row) => row.stands)).toEqual(groups.flatMap((group) => group.events));
      if (open) expect(stands).toHaveLength(events.length);
      for (const { event, stands: run } of stands) {
        for (const one of run.slice(1)) {
          expect(one.notes).toEqual([]);
          expect(one).toMatchObject({ kind: 'entry', state: 'holds', phase: event.phase });
          if (one.kind === 'entry' && event.kind === 'entry') {
            expect([one.row.action, one.row.address]).toEqual([event.row.action, event.row.address]);
          }
        }
      }
    }),
  );
});

test('two alike stay two; three are one, unless another lies between or a day ends', () => {
  const at = (...instants: readonly string[]) =>
    instants.map((instant, i) => {
      const [event] = fc.sample(
        made.filter(([one]) => one?.kind === 'entry' && one.state === 'holds'),
        { seed: 1, numRuns: 1 },
      )[0]!;
      return { ...event, id: `E-${i}`, ts: Date.parse(instant), notes: [] } as CaseEvent;
    });
  const lengths = (events: readonly CaseEvent[]) => runsOf(events, 'UTC').map((run) => run.length);
  expect(lengths(at('2026-10-14T22:00Z', '2026-10-14T22:01Z'))).toEqual([1, 1]);
  expect(lengths(at('2026-10-14T22:00Z', '2026-10-14T22:01Z', '2026-10-14T22:02Z'))).toEqual([3]);
  expect(lengths(at('2026-10-14T22:00Z', '2026-10-14T22:01Z', '2026-10-14T23:59Z', '2026-10-15T00:00Z'))).toEqual([
    3, 1,
  ]);
});
