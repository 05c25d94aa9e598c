import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useArchive } from '../lib/app-state.ts';
import { type CaseChoice, type CaseSubject, fileInto } from '../lib/case-subject.ts';
import { useCurrentCase } from '../lib/cases.ts';
import { call } from '../lib/client.ts';
import { counted } from '../lib/number.ts';
import { useReviewer } from '../lib/reviewer.ts';
import { CaseDialog } from './case-dialog.tsx';
import s from './case-pin.module.css';
import { complain } from './toasts.tsx';

const TOAST = 'case pinned';
const CLOSE = { 'aria-label': 'Close' };

export type CasePin = {
  /** Pins into the case that is worked on; asks which one where there is none, or nobody said who they are. */
  readonly pin: (subject: CaseSubject) => void;
  /** Asks which case, or for a new one. */
  readonly choose: (subject: CaseSubject) => void;
  /** Has to stand somewhere on the screen. */
  readonly dialog: ReactNode;
};

/** Puts entries and findings into an investigation, from wherever they are seen. */
export function useCasePin(): CasePin {
  const { readOnly } = useArchive();
  const { open, current, choose } = useCurrentCase();
  const [reviewer, remember] = useReviewer();
  const [asked, setAsked] = useState<CaseSubject | null>(null);
  const [pending, setPending] = useState(false);
  const navigate = useNavigate();

  async function file(subject: CaseSubject, choice: CaseChoice): Promise<void> {
    setPending(true);
    try {
      const { id, line, pinned } = await fileInto(subject, choice);
      remember(choice.by);
      choose(id);
      setAsked(null);
      notifications.hide(TOAST);
      const undo = (): void => {
        if (line === null) return;
        notifications.hide(TOAST);
        call('cases.undo', { id, by: choice.by, line }).then(
          () => notifications.show({ message: 'Taken back.', closeButtonProps: CLOSE }),
          complain,
        );
      };
      notifications.show({
        id: TOAST,
        title: choice.id === null ? `Case ${id} opened` : `In case ${id}`,
        message: (
          <>
            {pinned === null
              ? counted(subject.findings.length, 'finding', 'findings')
              : pinned === 0
                ? 'The entries were there already.'
                : `${counted(pinned, 'entry', 'entries')} pinned.`}{' '}
            <button
              type="button"
              className={s.link}
              onClick={() => void navigate({ to: '/investigations', search: { c: id } })}
            >
              Open the case
            </button>{' '}
            {line !== null && (
              <button type="button" className={s.link} onClick={undo}>
                Undo
              </button>
            )}
          </>
        ),
        autoClose: 12_000,
        closeButtonProps: CLOSE,
      });
    } catch (error) {
      complain(error);
    } finally {
      setPending(false);
    }
  }

  function ask(subject: CaseSubject): void {
    if (!readOnly) setAsked(subject);
    else {
      notifications.show({
        message: 'This archive is open for reading only, so nothing can be pinned. Lock it and open it for writing.',
        closeButtonProps: CLOSE,
      });
    }
  }

  return {
    pin(subject) {
      if (readOnly || current === null || reviewer === null) ask(subject);
      else {
        const { title, severity } = subject;
        void file(subject, { id: current.id, title, severity, phase: null, by: reviewer });
      }
    },
    choose: ask,
    dialog: asked !== null && (
      <CaseDialog
        subject={asked}
        cases={open}
        current={current?.id ?? null}
        reviewer={reviewer}
        pending={pending}
        onSay={(choice) => void file(asked, choice)}
        onClose={() => setAsked(null)}
      />
    ),
  };
}
