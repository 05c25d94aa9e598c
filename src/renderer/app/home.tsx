import { ArchiveScreen } from '../features/archive/archive-screen.tsx';
import { Explorer } from '../features/explorer/explorer.tsx';
import { useArchive } from '../lib/app-state.ts';

/** The Explorer, or, where there is nothing to explore yet, the way to fill the archive. */
export function Home() {
  return useArchive().entries === 0 ? <ArchiveScreen /> : <Explorer />;
}
