import { useEffect, useState } from 'react';

/** What answers faster than this is shown without a sign of waiting, milliseconds. */
const PATIENCE = 120;

/** Whether something has been going on for so long that it should be shown. */
export function useDelayed(waiting: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [waiting]);
  return waiting && late;
}
