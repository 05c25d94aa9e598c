import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** Whether repeats are behind one row, which is in the address; and the other way round. */
export function useFold(): readonly [folded: boolean, turn: () => void] {
  const { fold: folded = false } = useSearch({ from: '/' });
  const navigate = useNavigate();
  const turn = useCallback(() => {
    void navigate({
      to: '/',
      search: ({ fold: _old, ...rest }) => (folded ? rest : { ...rest, fold: true }),
    });
  }, [folded, navigate]);
  return [folded, turn];
}
