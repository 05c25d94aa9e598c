import type { PowerMonitor } from 'electron';
import type { Clock } from '../core/ports.ts';

/** The part of Electron's `powerMonitor` that says whether somebody is there. */
export type PresenceMonitor = Pick<PowerMonitor, 'getSystemIdleTime'> & {
  on(event: 'suspend' | 'lock-screen', listener: () => void): unknown;
  off(event: 'suspend' | 'lock-screen', listener: () => void): unknown;
};

export type AutoLockOptions = {
  readonly monitor: PresenceMonitor;
  readonly clock: Clock;
  /** Minutes without a key or pointer after which the archive is locked, asked anew each time; 0 is never. */
  readonly minutes: () => number;
  readonly lock: () => void;
};

export type AutoLock = {
  /** Somebody used the window. */
  touched(): void;
  stop(): void;
};

const CHECK_EVERY_MS = 15_000;

/**
 * Locks when the machine sleeps, the screen is locked, or nobody touched it for a while. Where the system does not tell how
 * long nobody did (it says 0 at every look, as under some Wayland desktops), it counts from the last input in the window.
 */
export function lockWhenAway({ monitor, clock, minutes, lock }: AutoLockOptions): AutoLock {
  let away = false;
  let lastInput = clock.now();
  // Nobody types at every single look for minutes on end: a system that tells shows another figure than 0 sooner or later.
  let systemTells = false;
  const check = (): void => {
    const limit = minutes() * 60;
    const system = monitor.getSystemIdleTime();
    systemTells ||= system > 0;
    const idle = systemTells ? system : (clock.now() - lastInput) / 1_000;
    const gone = limit > 0 && idle >= limit;
    // Once a spell of absence: locking again and again would undo an unlock made by a tool without input events.
    if (gone && !away) lock();
    away = gone;
  };
  const ended = new AbortController();
  const watch = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(CHECK_EVERY_MS, ended.signal);
      if (ended.signal.aborted) return;
      check();
    }
  };
  void watch();
  monitor.on('suspend', lock);
  monitor.on('lock-screen', lock);
  return {
    touched() {
      lastInput = clock.now();
    },
    stop() {
      ended.abort();
      monitor.off('suspend', lock);
      monitor.off('lock-screen', lock);
    },
  };
}
