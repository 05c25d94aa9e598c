import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockWhenAway } from '../../src/main/shell/lock.ts';

let idle = 0;
let locks = 0;
let stop: () => void;
const monitor = Object.assign(new EventEmitter(), { getSystemIdleTime: () => idle });

beforeEach(() => {
  vi.useFakeTimers();
  idle = 0;
  locks = 0;
  stop = lockWhenAway({
    monitor,
    idleSeconds: 900,
    lock: () => {
      locks += 1;
    },
  });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('the archive locks', () => {
  it('when the machine sleeps or its screen is locked', () => {
    monitor.emit('suspend');
    monitor.emit('lock-screen');
    expect(locks).toBe(2);
  });

  it('once when nobody touched the machine for long enough, and again after the next absence', () => {
    idle = 899;
    vi.advanceTimersByTime(60_000);
    expect(locks).toBe(0);
    idle = 900;
    vi.advanceTimersByTime(60_000);
    expect(locks).toBe(1);
    idle = 0;
    vi.advanceTimersByTime(60_000);
    idle = 2000;
    vi.advanceTimersByTime(60_000);
    expect(locks).toBe(2);
  });

  it('no more once watching has stopped', () => {
    stop();
    idle = 2000;
    vi.advanceTimersByTime(60_000);
    monitor.emit('suspend');
    expect(locks).toBe(0);
    expect(monitor.listenerCount('suspend') + monitor.listenerCount('lock-screen')).toBe(0);
  });
});
