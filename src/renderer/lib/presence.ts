import { useEffect } from 'react';
import { call } from './client.ts';

/** How often, at most, the main process hears of it, milliseconds. */
const TELL_EVERY = 20_000;
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Tells the main process that somebody is there: some systems do not tell it, and then the archive would never lock. */
export function usePresence(): void {
  useEffect(() => {
    let told = Number.NEGATIVE_INFINITY;
    const tell = (): void => {
      const now = performance.now();
      if (now - told < TELL_EVERY) return;
      told = now;
      void call('window.touched', {}).catch(() => {});
    };
    for (const input of INPUTS) window.addEventListener(input, tell, { capture: true, passive: true });
    return () => {
      for (const input of INPUTS) window.removeEventListener(input, tell, { capture: true });
    };
  }, []);
}
