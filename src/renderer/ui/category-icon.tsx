import { IconCircleDashed, IconCreditCard, IconLogin, IconRoute, IconShield, IconUsers } from '@tabler/icons-react';
import type { Category } from '../../shared/action.ts';
import s from './marks.module.css';

const ICONS = {
  authentication: IconLogin,
  tunnel: IconRoute,
  team: IconUsers,
  billing: IconCreditCard,
  security: IconShield,
  other: IconCircleDashed,
} as const;

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
  const Icon = ICONS[category];
  return (
    <span className={s.category} title={category} style={{ color: CATEGORY_COLOURS[category] }}>
      <Icon size={15} stroke={1.6} aria-hidden />
    </span>
  );
}
