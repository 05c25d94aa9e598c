import { useArchive } from './app-state.ts';
import { recallText, rememberText } from './memory.ts';
import { useFindings } from './queries.ts';

/** Who sits here, as far as it was said since the archive was opened, else who decided last in it; and how to say it. */
export function useReviewer(): readonly [name: string | null, remember: (name: string) => void] {
  const { id } = useArchive();
  const last = useFindings().data?.reviewer ?? null;
  const key = `reviewer ${id}`;
  return [recallText(key) ?? last, (name) => rememberText(key, name)];
}
