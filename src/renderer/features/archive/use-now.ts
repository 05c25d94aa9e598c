import { useEffect, useState } from 'react';
import type { Output } from '../../../shared/contract.ts';
import { useArchive } from '../../lib/app-state.ts';

const TICK_MS = 20_000;

/** The present as countdowns see it, ms UTC. In the made-up organisation time stands still. */
export function useNow(retention: Output<'coverage.retention'>): number {
  const { demo } = useArchive();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return demo ? retention.now : now;
}
