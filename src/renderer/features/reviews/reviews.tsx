import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { ReviewsHome } from './reviews-home.tsx';
import { parseReviewsSearch } from './search.ts';
import { Worksheet } from './worksheet.tsx';

/** Recurring reviews and what came of them; the worksheet of one where the address names it. */
export function Reviews() {
  // The router leaves in what the reading of the address dropped.
  const given = useSearch({ from: '/reviews' });
  const search = useMemo(() => parseReviewsSearch({ ...given }), [given]);
  return search.r === undefined ? (
    <ReviewsHome search={search} />
  ) : (
    <Worksheet key={search.r} id={search.r} view={search.view ?? 'all'} exception={search.x ?? null} />
  );
}
