import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Welcome } from '../features/welcome/welcome.tsx';
import { ArchiveProvider, useAnnouncements, useAppState } from '../lib/app-state.ts';
import { ImportProvider } from '../lib/imports.tsx';
import { usePresence } from '../lib/presence.ts';
import { SyncProvider } from '../lib/sync.tsx';
import { router } from './router.tsx';
import { WindowBar } from './window-controls.tsx';

/** Either the door or the house: nothing of an archive is rendered while it is locked. */
export function App() {
  useAnnouncements();
  usePresence();
  const state = useAppState();
  // The recovery code is shown once, after the archive is already open: the door stays until it is confirmed.
  const [held, setHeld] = useState(false);
  const lastArchive = useRef<string | null>(null);
  const archive = state?.kind === 'open' ? state.archive : null;

  useEffect(() => {
    if (!archive || archive.id === lastArchive.current) return;
    // Another archive's query or entry in the address means nothing here.
    if (lastArchive.current !== null) void router.navigate({ to: '/', search: {}, replace: true });
    lastArchive.current = archive.id;
  }, [archive]);

  if (!state) return null;
  if (!archive || held) {
    return (
      <Welcome
        recent={state.kind === 'locked' ? state.recent : []}
        next={state.kind === 'locked' ? state.next : null}
        onHold={setHeld}
        bar={<WindowBar title="Logbook" />}
      />
    );
  }
  return (
    <ArchiveProvider key={archive.id} value={archive}>
      <SyncProvider>
        <ImportProvider>
          <RouterProvider router={router} />
        </ImportProvider>
      </SyncProvider>
    </ArchiveProvider>
  );
}
