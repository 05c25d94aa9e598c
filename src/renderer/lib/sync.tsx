import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { EventPayload, Output } from '../../shared/contract.ts';
import { APP_STATE } from './app-state.ts';
import { call, failureOf, listen } from './client.ts';

export type Progress = EventPayload<'sync.progress'>;

type Sync = {
  readonly running: boolean;
  readonly progress: Progress | null;
  readonly result: Output<'sync.start'> | null;
  readonly error: unknown;
  readonly start: () => Promise<void>;
  readonly cancel: () => void;
};

const SyncContext = createContext<Sync | null>(null);

/** One fetch at a time, seen from every screen. */
export function SyncProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [running, setRunning] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [result, setResult] = useState<Output<'sync.start'> | null>(null);
  const [error, setError] = useState<unknown>(null);

  useEffect(() => listen('sync.progress', setProgress), []);

  const start = useCallback(async () => {
    setRunning(true);
    setError(null);
    setResult(null);
    setProgress(null);
    try {
      setResult(await call('sync.start', {}));
    } catch (caught) {
      if (failureOf(caught).code !== 'cancelled') setError(caught);
    } finally {
      setRunning(false);
      void client.invalidateQueries({ queryKey: APP_STATE });
    }
  }, [client]);

  const cancel = useCallback(() => void call('sync.cancel', {}).catch(() => {}), []);
  const value = useMemo(
    () => ({ running, progress, result, error, start, cancel }),
    [running, progress, result, error, start, cancel],
  );
  return <SyncContext value={value}>{children}</SyncContext>;
}

export function useSync(): Sync {
  const sync = useContext(SyncContext);
  if (!sync) throw new Error('no sync provider');
  return sync;
}
