import { useEffect } from 'react';
import { useArchive } from '../../lib/app-state.ts';
import { readAhead } from '../../lib/queries.ts';

/** Between two pieces, so that scrolling and typing go first, milliseconds. */
const PAUSE = 40;

/** Once the first rows are there, brings into memory what the first word that is looked for would have to wait for. */
export function useReadAhead(ready: boolean): void {
  const { id, version } = useArchive();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another archive, or what arrived since, is read again
  useEffect(() => {
    if (!ready) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const further = (more: boolean): void => {
      if (more && !over) timer = setTimeout(() => void readAhead().then(further, () => {}), PAUSE);
    };
    further(true);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [ready, id, version]);
}
