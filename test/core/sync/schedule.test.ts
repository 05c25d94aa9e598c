import { describe, expect, it } from 'vitest';
import { announceOnce, nextSync, RETRY_MS, type SyncPast } from '../../../src/main/core/sync/schedule.ts';
import { NO_SCHEDULE, type Schedule } from '../../../src/shared/schedule.ts';

const HOUR = 3_600_000;
const OPENED = Date.parse('2026-10-15T09:00:00Z');
const past = (more: Partial<SyncPast> = {}): SyncPast => ({
  opened: OPENED,
  lastEnd: OPENED - 20 * HOUR,
  lastFailed: false,
  woke: null,
  interrupted: null,
  ...more,
});
const when = (schedule: Partial<Schedule>): Schedule => ({ ...NO_SCHEDULE, ...schedule });

describe('when the next sync is due', () => {
  it('never, where nobody asked for it', () => {
    expect(nextSync(NO_SCHEDULE, past())).toBeNull();
    expect(nextSync(NO_SCHEDULE, past({ interrupted: OPENED, woke: OPENED, lastFailed: true }))).toBeNull();
  });

  it('on opening, once, and not right after another sync', () => {
    const onOpen = when({ onOpen: true });
    expect(nextSync(onOpen, past())).toBe(OPENED);
    expect(nextSync(onOpen, past({ lastEnd: null }))).toBe(OPENED);
    expect(nextSync(onOpen, past({ lastEnd: OPENED + 1 }))).toBeNull();
    expect(nextSync(onOpen, past({ lastEnd: OPENED - 60_000 }))).toBeNull();
  });

  it('every so many hours from the end of the last, whoever asked for that; at once where that is over', () => {
    const every = when({ everyHours: 6 });
    expect(nextSync(every, past({ lastEnd: OPENED - 2 * HOUR }))).toBe(OPENED + 4 * HOUR);
    expect(nextSync(every, past())).toBe(OPENED - 14 * HOUR);
    expect(nextSync(every, past({ lastEnd: null }))).toBe(OPENED);
  });

  it('sooner after a failure that may have passed', () => {
    const failed = past({ lastEnd: OPENED, lastFailed: true });
    expect(nextSync(when({ everyHours: 6 }), failed)).toBe(OPENED + RETRY_MS);
    expect(nextSync(when({ onOpen: true }), failed)).toBeNull();
  });

  it('after waking: at once where the archive is open, on opening where it was locked', () => {
    const onWake = when({ onWake: true });
    expect(nextSync(onWake, past({ woke: OPENED + 2 * HOUR }))).toBe(OPENED + 2 * HOUR);
    expect(nextSync(onWake, past({ woke: OPENED - HOUR }))).toBe(OPENED);
    expect(nextSync(onWake, past({ woke: OPENED - HOUR, lastEnd: OPENED - HOUR - 60_000 }))).toBeNull();
  });

  it('on opening, where locking broke one off', () => {
    expect(nextSync(when({ everyHours: 24 }), past({ lastEnd: OPENED - HOUR, interrupted: OPENED - HOUR }))).toBe(
      OPENED,
    );
  });

  it('the earliest of all of them', () => {
    const all = when({ onOpen: true, everyHours: 1, onWake: true });
    expect(nextSync(all, past({ lastEnd: OPENED + 60_000, woke: OPENED + 30 * 60_000 }))).toBe(OPENED + 30 * 60_000);
  });
});

describe('announcing', () => {
  it('says one thing once a day, for each archive and cause', () => {
    const first = announceOnce({}, 'a', 'at_risk', '2026-10-15') ?? {};
    expect(announceOnce(first, 'a', 'at_risk', '2026-10-15')).toBeNull();
    const second = announceOnce(first, 'a', 'failed', '2026-10-15') ?? {};
    const third = announceOnce(second, 'b', 'at_risk', '2026-10-15') ?? {};
    expect(Object.keys(third)).toHaveLength(3);
    expect(announceOnce(third, 'b', 'at_risk', '2026-10-16')).toEqual({ 'b at_risk': '2026-10-16' });
  });
});
