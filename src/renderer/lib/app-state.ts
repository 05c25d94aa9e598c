import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect } from 'react';
import type { AppState, ArchiveState } from '../../shared/contract.ts';
import { call, listen } from './client.ts';
import { DECIDED, INVESTIGATED, MARKED, REVIEWED, VIEWED } from './decided.ts';
import { forgetAll } from './memory.ts';

export const APP_STATE = ['app.state'] as const;

/** How often, at most, a growing archive makes every answer be asked for again, milliseconds. */
const REFRESH_EVERY = 1000;

export function useAppState(): AppState | undefined {
  return useQuery({ queryKey: APP_STATE, queryFn: () => call('app.state', {}) }).data;
}

/** Keeps the cache in step with what the main process announces. Mounted once. */
export function useAnnouncements(): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ends = [
      listen('app.changed', (state) => {
        // A locked archive leaves nothing readable behind, and another archive never shows this one's answers.
        const before = client.getQueryData<AppState>(APP_STATE);
        const same = before?.kind === 'open' && state.kind === 'open' && before.archive.id === state.archive.id;
        if (!same) {
          client.removeQueries({ predicate: (query) => query.queryKey[0] === 'archive' });
          forgetAll();
        }
        client.setQueryData(APP_STATE, state);
      }),
      listen('archive.changed', () => {
        timer ??= setTimeout(() => {
          timer = undefined;
          void client.invalidateQueries({ queryKey: APP_STATE });
        }, REFRESH_EVERY);
      }),
      listen('integrity.changed', () => {
        void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes('integrity') });
      }),
      ...(
        [
          ['findings.changed', DECIDED],
          ['marks.changed', MARKED],
          ['views.changed', VIEWED],
          ['reviews.changed', REVIEWED],
          ['cases.changed', INVESTIGATED],
        ] as const
      ).map(([event, [old]]) =>
        listen(event, () => {
          void client.invalidateQueries({ predicate: (query) => query.queryKey.includes(old) });
        }),
      ),
    ];
    return () => {
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [client]);
}

const ArchiveContext = createContext<ArchiveState | null>(null);
export const ArchiveProvider = ArchiveContext.Provider;

/** The open archive. Only below the shell. */
export function useArchive(): ArchiveState {
  const archive = useContext(ArchiveContext);
  if (!archive) throw new Error('no archive is open');
  return archive;
}

const ZoneContext = createContext('UTC');
export const ZoneProvider = ZoneContext.Provider;

/** The zone times are shown in and dates are read in. */
export function useZone(): string {
  return useContext(ZoneContext);
}
