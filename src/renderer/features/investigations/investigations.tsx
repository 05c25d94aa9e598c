import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { CaseScreen } from './case-screen.tsx';
import { CasesHome } from './cases-home.tsx';
import { parseInvestigationsSearch } from './search.ts';

/** Cases of the archive; one of them where the address names it. */
export function Investigations() {
  // The router leaves in what the reading of the address dropped.
  const given = useSearch({ from: '/investigations' });
  const search = useMemo(() => parseInvestigationsSearch({ ...given }), [given]);
  return search.c === undefined ? (
    <CasesHome search={search} />
  ) : (
    <CaseScreen key={search.c} id={search.c} search={search} />
  );
}
