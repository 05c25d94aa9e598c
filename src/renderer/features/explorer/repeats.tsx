import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { grouped } from '../../lib/number.ts';
import { clockMinutes } from '../../lib/time.ts';
import s from './table.module.css';

/** How many entries a line of repeats holds, since when (milliseconds UTC), and whether each has a row. */
export type Repeated = { readonly length: number; readonly since: number; readonly open: boolean };

/** How often the same happened in a row; the list opens and folds it. */
export function Repeats({ length, since, open, zone }: Repeated & { readonly zone: string }) {
  const told = `${grouped(length)} entries since ${clockMinutes(since, zone)}`;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={s.repeats}
      data-fold
      aria-expanded={open}
      aria-label={told}
      title={`${told}: ${open ? 'fold them (←)' : 'show each (Enter)'}`}
    >
      × {grouped(length)}
      {open ? <IconChevronDown size={12} aria-hidden /> : <IconChevronRight size={12} aria-hidden />}
    </button>
  );
}
