import type { PowerMonitor } from 'electron';

/** The part of Electron's `powerMonitor` that says whether somebody is there. */
export type PresenceMonitor = Pick<PowerMonitor, 'getSystemIdleTime'> & {
  on(event: 'suspend' | 'lock-screen', listener: () => void): unknown;
  off(event: 'suspend' | 'lock-screen', listener: () => void): unknown;
};

export type AutoLockOptions = {
  readonly monitor: PresenceMonitor;
  /** Seconds without a key or pointer, anywhere in the system, after which the archive is locked. */
  readonly idleSeconds: number;
  readonly lock: () => void;
};

const CHECK_EVERY_MS = 15_000;

/** Locks when the machine sleeps, the screen is locked, or nobody touched it for a while. Returns what stops it. */
export function lockWhenAway({ monitor, idleSeconds, lock }: AutoLockOptions): () => void {
  let away = false;
  const check = () => {
    const idle = monitor.getSystemIdleTime() >= idleSeconds;
    // Once a spell of absence: locking again and again would undo an unlock made by a tool without input events.
    if (idle && !away) lock();
    away = idle;
  };
  const timer = setInterval(check, CHECK_EVERY_MS);
  timer.unref();
  monitor.on('suspend', lock);
  monitor.on('lock-screen', lock);
  return () => {
    clearInterval(timer);
    monitor.off('suspend', lock);
    monitor.off('lock-screen', lock);
  };
}
