import { type ReactNode, useState } from 'react';
import { useReviewer } from '../../lib/reviewer.ts';
import { FormModal } from './form-modal.tsx';
import s from './forms.module.css';

export type Author = {
  /** Does it in somebody's name, which is asked for where nobody is known yet. */
  readonly ask: (does: (by: string) => void) => void;
  readonly dialog: ReactNode;
};

/** Who signs what is done with one key. */
export function useAuthor(): Author {
  const [reviewer] = useReviewer();
  const [waiting, setWaiting] = useState<{ readonly does: (by: string) => void } | null>(null);
  return {
    ask: (does) => (reviewer === null ? setWaiting({ does }) : does(reviewer)),
    dialog: waiting && (
      <FormModal
        title="Who does this?"
        submit="Go on"
        missing={null}
        pending={false}
        onSubmit={(by) => {
          setWaiting(null);
          waiting.does(by);
        }}
        onClose={() => setWaiting(null)}
      >
        <p className={s.lead}>Everything in a case is signed with a name and a time.</p>
      </FormModal>
    ),
  };
}
