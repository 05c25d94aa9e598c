import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useArchive } from './app-state.ts';
import { marksOptions } from './marks.ts';
import { recallText, rememberText } from './memory.ts';
import { openFindingsOptions } from './queries.ts';
import { viewsOptions } from './views.ts';

/** Who sits here, as far as it was said since the archive was opened, else who wrote into it last; and how to say it. */
export function useReviewer(): readonly [name: string | null, remember: (name: string) => void] {
  const archive = useArchive();
  const decided = useQuery(openFindingsOptions(archive)).data?.reviewer ?? null;
  const marked = useQuery(marksOptions(archive)).data?.reviewer ?? null;
  const views = useQuery(viewsOptions(archive)).data?.views ?? [];
  const kept = views.reduce<(typeof views)[number] | null>(
    (last, one) => (last && last.at > one.at ? last : one),
    null,
  );
  const key = `reviewer ${archive.id}`;
  const remember = useCallback((name: string) => rememberText(key, name), [key]);
  return [recallText(key) ?? decided ?? marked ?? kept?.by ?? null, remember];
}
