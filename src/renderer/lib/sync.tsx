import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { EventPayload, Output, SyncState } from '../../shared/contract.ts';
import { FailureError } from '../../shared/errors.ts';
import { APP_STATE } from './app-state.ts';
import { call, failureOf, listen } from './client.ts';

export type Progress = EventPayload<'sync.progress'>;

type Sync = {
  readonly running: boolean;
  /** Whether the running sync, or the last, began by the archive's schedule. */
  readonly scheduled: boolean;
  readonly progress: Progress | null;
  readonly result: Output<'sync.start'> | null;
  readonly error: unknown;
  /** How a person stopped the last one before its end. */
  readonly stopped: 'pause' | 'cancel' | null;
  /** `reconcile` also reads settled days again and raises what Jetty no longer serves. */
  readonly start: (reconcile?: boolean) => Promise<void>;
  readonly stop: (how: 'pause' | 'cancel') => void;
};

const SyncContext = createContext<Sync | null>(null);
const IDLE: SyncState = { running: false, by: null, result: null, error: null };

/** One sync at a time, whoever asked for it, seen from every screen. */
export function SyncProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState(IDLE);
  const [refused, setRefused] = useState<unknown>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [stopped, setStopped] = useState<'pause' | 'cancel' | null>(null);

  useEffect(() => {
    void call('sync.state', {}).then(setState, () => {});
    const ends = [
      listen('sync.progress', setProgress),
      listen('sync.changed', (next) => {
        setState(next);
        setRefused(null);
        if (next.running) {
          setProgress(null);
          setStopped(null);
        }
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, []);

  const start = useCallback(
    async (reconcile = false) => {
      setRefused(null);
      try {
        await call('sync.start', { reconcile });
      } catch (caught) {
        if (failureOf(caught).code !== 'cancelled') setRefused(caught);
      } finally {
        void client.invalidateQueries({ queryKey: APP_STATE });
      }
    },
    [client],
  );

  const stop = useCallback((how: 'pause' | 'cancel') => {
    setStopped(how);
    void call('sync.cancel', {}).catch(() => {});
  }, []);

  const value = useMemo((): Sync => {
    const failed = state.error !== null && state.error.code !== 'cancelled' ? new FailureError(state.error) : null;
    return {
      running: state.running,
      scheduled: state.by === 'schedule',
      progress,
      result: state.result,
      error: failed ?? refused,
      stopped: state.error?.code === 'cancelled' ? (stopped ?? 'cancel') : null,
      start,
      stop,
    };
  }, [state, refused, progress, stopped, start, stop]);
  return <SyncContext value={value}>{children}</SyncContext>;
}

export function useSync(): Sync {
  const sync = useContext(SyncContext);
  if (!sync) throw new Error('no sync provider');
  return sync;
}
