import { Link } from '@tanstack/react-router';
import s from './section-tabs.module.css';

const SECTIONS = [
  { to: '/findings', name: 'Findings' },
  { to: '/suppressions', name: 'Suppressions' },
  { to: '/rules', name: 'Rules' },
] as const;

/** The screens that belong together under Findings; the one that is shown is the heading of the page. */
export function SectionTabs({ here }: { here: (typeof SECTIONS)[number]['to'] }) {
  return (
    <nav className={s.tabs} aria-label="Findings, suppressions and rules">
      {SECTIONS.map(({ to, name }) =>
        to === here ? (
          <h1 key={to} className={s.here} aria-current="page">
            {name}
          </h1>
        ) : (
          <Link key={to} to={to} search={{}} className={s.tab ?? ''}>
            {name}
          </Link>
        ),
      )}
    </nav>
  );
}
