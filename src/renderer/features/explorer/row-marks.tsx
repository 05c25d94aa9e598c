import { IconNote, IconPinFilled } from '@tabler/icons-react';
import type { EntryMarks } from '../../../shared/marks-contract.ts';
import { counted } from '../../lib/number.ts';
import { visible } from '../../lib/visible-text.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './row-marks.module.css';

/** Tags shown in a row; the drawer has the rest. */
const FEW = 2;

/** What reviewers put beside an entry, small, at the end of its action. */
export function RowMarks({ marks: { pin, notes, tags } }: { marks: EntryMarks }) {
  const more = tags.slice(FEW);
  return (
    <span className={s.marks}>
      {pin && (
        <span role="img" aria-label="pinned" title="Pinned" className={s.mark}>
          <IconPinFilled size={12} aria-hidden />
        </span>
      )}
      {notes.length > 0 && (
        <span
          role="img"
          aria-label={counted(notes.length, 'note', 'notes')}
          title={visible(notes.at(-1)?.text ?? '').slice(0, 300)}
          className={s.mark}
        >
          <IconNote size={13} stroke={1.7} aria-hidden />
        </span>
      )}
      {tags.slice(0, FEW).map(({ tag }) => (
        <span key={tag} className={s.rowTag}>
          <SafeText text={tag} max={24} />
        </span>
      ))}
      {more.length > 0 && (
        <span className={s.rowTag} title={more.map(({ tag }) => visible(tag)).join(', ')}>
          +{more.length}
        </span>
      )}
    </span>
  );
}
