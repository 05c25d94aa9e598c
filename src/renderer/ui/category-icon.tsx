import type { Category } from '../../shared/action.ts';
import s from './marks.module.css';

// Tabler's login, route, users, credit-card, shield and circle-dashed, each joined to one path: where a list shows another
// entry in a row, one attribute changes instead of a drawing being made.
const OUTLINES: Readonly<Record<Category, string>> = {
  authentication:
    'M15 8v-2a2 2 0 0 0 -2 -2h-7a2 2 0 0 0 -2 2v12a2 2 0 0 0 2 2h7a2 2 0 0 0 2 -2v-2M21 12h-13l3 -3M11 15l-3 -3',
  tunnel:
    'M3 19a2 2 0 1 0 4 0a2 2 0 0 0 -4 0M19 7a2 2 0 1 0 0 -4a2 2 0 0 0 0 4M11 19h5.5a3.5 3.5 0 0 0 0 -7h-8a3.5 3.5 0 0 1 0 -7h4.5',
  team: 'M5 7a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M3 21v-2a4 4 0 0 1 4 -4h4a4 4 0 0 1 4 4v2M16 3.13a4 4 0 0 1 0 7.75M21 21v-2a4 4 0 0 0 -3 -3.85',
  billing:
    'M3 8a3 3 0 0 1 3 -3h12a3 3 0 0 1 3 3v8a3 3 0 0 1 -3 3h-12a3 3 0 0 1 -3 -3l0 -8M3 10l18 0M7 15l.01 0M11 15l2 0',
  security: 'M12 3a12 12 0 0 0 8.5 3a12 12 0 0 1 -8.5 15a12 12 0 0 1 -8.5 -15a12 12 0 0 0 8.5 -3',
  other:
    'M8.56 3.69a9 9 0 0 0 -2.92 1.95M3.69 8.56a9 9 0 0 0 -.69 3.44M3.69 15.44a9 9 0 0 0 1.95 2.92M8.56 20.31a9 9 0 0 0 3.44 .69M15.44 20.31a9 9 0 0 0 2.92 -1.95M20.31 15.44a9 9 0 0 0 .69 -3.44M20.31 8.56a9 9 0 0 0 -1.95 -2.92M15.44 3.69a9 9 0 0 0 -3.44 -.69',
};

/** CSS colour of a category, for charts. */
export const CATEGORY_COLOURS: Readonly<Record<Category, string>> = {
  authentication: 'var(--cat-auth)',
  tunnel: 'var(--cat-tunnel)',
  team: 'var(--cat-team)',
  billing: 'var(--cat-billing)',
  security: 'var(--cat-security)',
  other: 'var(--cat-other)',
};

/** Decoration beside the category's name or an action's phrase; its name is in the tooltip. */
export function CategoryIcon({ category }: { category: Category }) {
  return (
    <span className={s.category} title={category} style={{ color: CATEGORY_COLOURS[category] }}>
      <svg viewBox="0 0 24 24" width={15} height={15} aria-hidden="true">
        <path d={OUTLINES[category]} />
      </svg>
    </span>
  );
}
