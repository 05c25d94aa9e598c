import { useCallback, useEffect, useState } from 'react';
import type { ReportDraft, ReportOrder } from '../../../shared/report-contract.ts';
import { call } from '../../lib/client.ts';

export type Drafting = {
  readonly draft: ReportDraft | null;
  readonly busy: boolean;
  readonly error: unknown;
  /** Ends it; it is made again when something else is chosen, or on demand. */
  readonly cancel: () => void;
  readonly again: () => void;
};

/** Long enough to choose two dates; short enough to wait for. */
const REST_MS = 500;

/** Makes the report that is asked for, whenever it has been the same for a moment; null asks for none. */
export function useDraft(order: ReportOrder | null, version: number): Drafting {
  const [state, setState] = useState<Pick<Drafting, 'draft' | 'busy' | 'error'>>({
    draft: null,
    busy: false,
    error: null,
  });
  const [turn, setTurn] = useState(0);
  const key = order === null ? null : JSON.stringify(order);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version and the turn ask for the same report anew
  useEffect(() => {
    setState({ draft: null, busy: key !== null, error: null });
    if (key === null) return;
    let left = false;
    // Whether a thread works for this: another screen's export must not be ended with it.
    let working = false;
    const timer = setTimeout(() => {
      working = true;
      call('report.draft', JSON.parse(key) as ReportOrder)
        .finally(() => {
          working = false;
        })
        .then(
          (draft) => !left && setState({ draft, busy: false, error: null }),
          (error) => !left && setState({ draft: null, busy: false, error }),
        );
    }, REST_MS);
    return () => {
      left = true;
      clearTimeout(timer);
      if (working) void call('task.cancel', {}).catch(() => {});
    };
  }, [key, version, turn]);
  const cancel = useCallback(() => void call('task.cancel', {}).catch(() => {}), []);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  return { ...state, error: state.error, cancel, again };
}
