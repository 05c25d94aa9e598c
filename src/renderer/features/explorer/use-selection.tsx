import { notifications } from '@mantine/notifications';
import { type MouseEvent, useEffect, useRef, useState } from 'react';
import { EVERYTHING } from '../../../shared/filter/filter.ts';
import { MOST_LISTED } from '../../../shared/limits.ts';
import type { EntryMarks, MarkChange } from '../../../shared/marks-contract.ts';
import { useArchive } from '../../lib/app-state.ts';
import { grouped } from '../../lib/number.ts';
import { type Question, questionKey } from '../../lib/queries.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import type { Asked } from './mark-form.tsx';
import { keysOf, type RowSource, type ShownRow } from './row-source.ts';
import type { Cursor } from './use-cursor.ts';
import { type Marking, useMarking } from './use-marking.tsx';
import { type Picked, usePicked } from './use-picked.ts';

export type Selection = {
  readonly picked: Picked;
  readonly marking: Marking;
  /** What is being asked for, in the bar; null where nothing is. */
  readonly asked: Asked | null;
  readonly ask: (kind: Asked) => void;
  readonly say: (kind: Asked, text: string, by: string) => void;
  readonly cancel: () => void;
  readonly toggleCurrent: () => void;
  /** Moves the current row and selects what lies between. */
  readonly extendBy: (rows: number) => void;
  /** A click on a row's box, or on the row with Shift or Ctrl held. */
  readonly click: (position: number, shown: ShownRow, event: MouseEvent) => void;
  readonly all: () => void;
  /** What is selected, else the entry that is open, else the current row; null where there is none. */
  readonly subject: () => Subject | null;
};

type Subject = { readonly question: Question; readonly keys: readonly number[] | null };

type Around = {
  readonly source: RowSource | null;
  readonly question: Question;
  readonly cursor: Cursor;
  readonly openKey: number | null;
  readonly marks: ReadonlyMap<number, EntryMarks>;
  readonly nowMs: number;
};

/** Selecting many entries, and what is put beside them. */
export function useSelection({ source, question, cursor, openKey, marks, nowMs }: Around): Selection {
  const { readOnly } = useArchive();
  const picked = usePicked(question.zone);
  const marking = useMarking(question.zone);
  const [reviewer] = useReviewer();
  const [asked, setAsked] = useState<Asked | null>(null);
  const anchor = useRef<number | null>(null);
  // Entries picked one by one are collected over several questions; all that match are those of one.
  const asking = questionKey(question);
  const { all, clear } = picked;
  const allOf = useRef(asking);
  useEffect(() => {
    if (all && allOf.current !== asking) clear();
    allOf.current = asking;
  }, [all, asking, clear]);
  const current = (): readonly number[] | null => {
    const shown = source && cursor.at !== null ? source.shown(cursor.at) : null;
    return shown && keysOf(shown);
  };

  function subject(): Subject | null {
    if (picked.question)
      return {
        question: picked.question,
        keys: picked.question.listed?.negated === false ? picked.question.listed.keys : null,
      };
    const keys = openKey === null ? current() : [openKey];
    if (keys === null) return null;
    return { question: { filter: EVERYTHING, zone: question.zone, listed: { keys, negated: false } }, keys };
  }

  function changeOf(kind: Asked, text: string, keys: readonly number[] | null): MarkChange {
    if (kind === 'tag') return { kind, tag: text, set: true };
    if (kind === 'note') return { kind, text };
    // Pinning what is pinned already takes the pins away.
    return { kind, set: keys === null || !keys.every((key) => marks.get(key)?.pin) };
  }

  function say(kind: Asked, text: string, by: string): void {
    const about = subject();
    if (!about) return;
    void marking.mark({ entries: about.question, change: changeOf(kind, text, about.keys), by }).then((done) => {
      if (done) setAsked(null);
    });
  }

  function ask(kind: Asked): void {
    if (readOnly) {
      notifications.show({
        message: 'This archive is open for reading only, so nothing can be marked. Lock it and open it for writing.',
        closeButtonProps: { 'aria-label': 'Close' },
      });
      return;
    }
    if (subject() === null) return;
    if (kind === 'pin' && reviewer !== null) {
      say('pin', '', reviewer);
      return;
    }
    // The question stands in the bar, which is there for what is selected.
    const keys = openKey === null ? current() : [openKey];
    if (!picked.any && keys) pick(keys);
    setAsked(kind);
  }

  function tooMany(): void {
    notifications.show({
      message: `At most ${grouped(MOST_LISTED)} entries can be selected one by one. Narrow the search and select all that match.`,
      closeButtonProps: { 'aria-label': 'Close' },
    });
  }

  function pick(keys: readonly number[]): void {
    if (!picked.toggle(keys)) tooMany();
  }

  function extend(from: number, to: number): void {
    if (!source) return;
    void picked.extend(source, from, to).then(
      (done) => {
        if (!done) tooMany();
      },
      () => {},
    );
  }

  return {
    picked,
    marking,
    asked,
    ask,
    say,
    cancel: () => setAsked(null),
    subject,
    toggleCurrent() {
      const keys = current();
      anchor.current = cursor.at;
      if (keys) pick(keys);
      else if (cursor.at === null) cursor.moveTo(0);
    },
    extendBy(rows) {
      if (cursor.at === null || !source) return;
      anchor.current = picked.any ? (anchor.current ?? cursor.at) : cursor.at;
      const to = Math.min(source.layout.rows - 1, Math.max(0, cursor.at + rows));
      cursor.moveTo(to);
      extend(anchor.current, to);
    },
    click(position, shown, event) {
      if (event.shiftKey) {
        anchor.current ??= cursor.at ?? position;
        extend(anchor.current, position);
      } else {
        anchor.current = position;
        pick(keysOf(shown));
      }
      cursor.set(position);
    },
    all() {
      if (picked.all && picked.question?.listed === undefined) picked.clear();
      else picked.pickAll(question, nowMs);
    },
  };
}
