import { describe, expect, it } from 'vitest';
import { type AtRisk, oldestAtRisk } from '../../../src/main/core/sync/at-risk.ts';
import { retentionFacts } from '../../../src/main/core/sync/retention-facts.ts';
import type { DayCoverage, DayState } from '../../../src/shared/coverage.ts';
import { addDays, daysFromTo } from '../../../src/shared/instant.ts';
import { newArchive } from '../../support/archive.ts';

const NOW = Date.parse('2026-10-15T20:00:00Z');
const TODAY = '2026-10-15';
/** The day in which the edge of 90 days lies at that moment. */
const EDGE = '2026-07-17';

function ledger(from: string, states: Readonly<Record<string, DayState>> = {}): DayCoverage[] {
  return daysFromTo(from, TODAY).map((day) => {
    const state = states[day] ?? (day === TODAY ? 'partial' : 'complete');
    const known = state !== 'pending' && state !== 'lost';
    return {
      day,
      state,
      served: known ? 5 : null,
      stored: known ? 5 : 0,
      checkedAt: `${addDays(day, 1)}T03:00:00Z`,
      note: null,
    };
  });
}

function reader(days: readonly DayCoverage[], settings: Readonly<Record<string, string>>) {
  return { coverage: () => days, setting: (name: string) => settings[name] ?? null };
}

const COASTAL = { plan: 'coastal', source_host: 'eu.usejetty.online', sync_reached: '2025-09-06' };

describe('what retention means', () => {
  it('counts the days before the edge as being here only, without those that are lost', () => {
    const days = ledger('2025-09-06', { '2026-02-14': 'lost', '2026-02-15': 'lost', '2025-09-07': 'imported' });
    const facts = retentionFacts(reader(days, COASTAL), NOW);
    expect(facts).toMatchObject({ first: '2025-09-06', last: TODAY, keeps: 90, byPlan: true, edge: EDGE });
    expect(facts.onlyHere).toBe(days.filter((one) => one.day < EDGE).length - 2);
    expect(facts.edgeState).toBe('complete');
    // The last instant of that day is 90 days old at midnight, four hours from now.
    expect(facts.edgeGone - NOW).toBe(4 * 3_600_000);
    expect(facts.atRisk).toBeNull();
  });

  it('infers from how old days were when they were served, where nobody said which plan it is', () => {
    const { plan: _plan, ...unsaid } = COASTAL;
    expect(retentionFacts(reader([], unsaid), NOW)).toMatchObject({ keeps: 30, byPlan: false });
    const late = ledger('2026-09-01').map((one) => ({ ...one, checkedAt: '2026-10-15T19:00:00Z' }));
    expect(retentionFacts(reader(late, unsaid), NOW)).toMatchObject({ keeps: 90, byPlan: false });
  });

  it('has nothing at risk in an archive that is connected to nothing', () => {
    expect(
      retentionFacts(reader(ledger('2026-09-01', { '2026-09-20': 'pending' }), { plan: 'coastal' }), NOW).atRisk,
    ).toBeNull();
  });

  it('reads a real, empty archive', async () => {
    const { writer } = await newArchive();
    expect(retentionFacts(writer, NOW)).toMatchObject({ first: null, onlyHere: 0, atRisk: null });
  });
});

describe('the day that is lost next', () => {
  const ask = (days: readonly DayCoverage[], reached: string | null = '2025-09-06'): AtRisk | null =>
    oldestAtRisk({ ledger: days, keeps: 90, plan: 'coastal', reached, now: NOW });

  it('is the oldest unfetched one that is still there, with when its first and its last entry go', () => {
    const days = ledger('2025-09-06', { '2026-05-01': 'pending', '2026-07-20': 'pending', '2026-08-02': 'partial' });
    expect(ask(days)).toEqual({
      day: '2026-07-20',
      state: 'pending',
      begins: Date.parse('2026-10-18T00:00:00Z'),
      gone: Date.parse('2026-10-19T00:00:00Z'),
      days: 2,
    });
  });

  it('is not today, which is never whole', () => {
    expect(ask(ledger('2025-09-06'))).toBeNull();
  });

  it('may be a day the ledger has no line for, but none before the log begins', () => {
    const gap = ledger('2026-07-30').filter((one) => one.day !== '2026-09-03');
    expect(ask(gap, '2026-07-30')).toMatchObject({ day: '2026-09-03', state: 'pending', days: 1 });
    expect(ask(gap, null)).toMatchObject({ day: EDGE });
  });

  it('is not a day that was read while the edge lay in it: what was gone then does not come back', () => {
    const cut = ledger('2026-07-17', { '2026-07-17': 'partial' }).map((one) =>
      one.day === '2026-07-17' ? { ...one, checkedAt: '2026-10-15T19:00:00Z' } : one,
    );
    expect(ask(cut, '2026-07-17')).toBeNull();
    const broken = cut.map((one) => (one.day === '2026-07-17' ? { ...one, served: null } : one));
    expect(ask(broken, '2026-07-17')).toMatchObject({ day: '2026-07-17', begins: Date.parse('2026-10-15T00:00:00Z') });
  });
});
