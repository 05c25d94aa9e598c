import { EventEmitter } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockWhenAway } from '../../src/main/shell/lock.ts';
import { handClock } from '../support/hand-clock.ts';

const MINUTE = 60_000;

function setUp(system: { idle: number }, minutes = 15) {
  const clock = handClock(Date.parse('2026-10-15T09:00:00Z'));
  const monitor = Object.assign(new EventEmitter(), { getSystemIdleTime: () => system.idle });
  const state = { minutes, locks: 0 };
  const watch = lockWhenAway({
    monitor,
    clock,
    minutes: () => state.minutes,
    lock: () => {
      state.locks += 1;
    },
  });
  onTestFinished(() => watch.stop());
  return { clock, monitor, state, watch };
}

describe('the archive locks', () => {
  it('when the machine sleeps or its screen is locked, also where it never does for idleness', () => {
    const { monitor, state } = setUp({ idle: 0 }, 0);
    monitor.emit('suspend');
    monitor.emit('lock-screen');
    expect(state.locks).toBe(2);
  });

  it('once when nobody touched the machine for long enough, and again after the next absence', async () => {
    const system = { idle: 899 };
    const { clock, state } = setUp(system);
    await clock.advance(MINUTE);
    expect(state.locks).toBe(0);
    system.idle = 900;
    await clock.advance(MINUTE);
    expect(state.locks).toBe(1);
    system.idle = 0;
    await clock.advance(MINUTE);
    system.idle = 2000;
    await clock.advance(MINUTE);
    expect(state.locks).toBe(2);
  });

  it('after as long as is chosen at the moment, and never for 0', async () => {
    const system = { idle: 10 * 60 };
    const { clock, state } = setUp(system, 0);
    await clock.advance(MINUTE);
    expect(state.locks).toBe(0);
    state.minutes = 5;
    await clock.advance(MINUTE);
    expect(state.locks).toBe(1);
  });

  it('by input in the window where the system does not tell', async () => {
    const { clock, state, watch } = setUp({ idle: 0 }, 5);
    await clock.advance(4 * MINUTE);
    watch.touched();
    await clock.advance(4 * MINUTE);
    expect(state.locks).toBe(0);
    await clock.advance(MINUTE);
    expect(state.locks).toBe(1);
  });

  it('not by input in the window alone where the system tells that somebody works elsewhere', async () => {
    const system = { idle: 3 };
    const { clock, state } = setUp(system, 5);
    await clock.advance(MINUTE);
    system.idle = 0;
    await clock.advance(20 * MINUTE);
    expect(state.locks).toBe(0);
  });

  it('no more once watching has stopped', async () => {
    const { clock, monitor, state, watch } = setUp({ idle: 2000 });
    watch.stop();
    await clock.advance(MINUTE);
    monitor.emit('suspend');
    expect(state.locks).toBe(0);
    expect(monitor.listenerCount('suspend') + monitor.listenerCount('lock-screen')).toBe(0);
  });
});
