import { Tooltip, useMantineColorScheme } from '@mantine/core';
import { IconHelp, IconMoon, IconSun, IconSunMoon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useArchive } from '../lib/app-state.ts';
import { openFindingsOptions } from '../lib/queries.ts';
import { Logo } from '../ui/logo.tsx';
import { SCREENS, SETTINGS, screenOf } from './screens.ts';
import s from './shell.module.css';

const NEXT_SCHEME = { auto: 'light', light: 'dark', dark: 'auto' } as const;
const SCHEME_ICONS = { auto: IconSunMoon, light: IconSun, dark: IconMoon } as const;
const SCHEME_NAMES = { auto: 'as the system', light: 'light', dark: 'dark' } as const;

export function Rail({ onHelp }: { onHelp: () => void }) {
  const open =
    useQuery(openFindingsOptions(useArchive())).data?.severities.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const { pathname } = useLocation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const SchemeIcon = SCHEME_ICONS[colorScheme];
  return (
    <nav className={s.rail} aria-label="Main">
      <div className={s.mark}>
        <Logo size={30} />
      </div>
      {SCREENS.map((screen, i) => {
        const badge = screen.to === '/findings' && open > 0 ? open : null;
        return (
          <Tooltip key={screen.to} label={`${screen.name} (${i + 1})`} position="right">
            <Link
              to={screen.to}
              className={s.nav ?? ''}
              activeOptions={{ exact: true, includeSearch: false }}
              data-active={screenOf(pathname) === screen.to || undefined}
              aria-label={badge === null ? screen.name : `${screen.name}, ${badge} open`}
            >
              <screen.icon size={19} stroke={1.6} aria-hidden />
              {badge !== null && (
                <span className={s.badge} aria-hidden>
                  {badge > 99 ? '99+' : badge}
                </span>
              )}
            </Link>
          </Tooltip>
        );
      })}
      <span className={s.grow} />
      <Tooltip label={`Appearance: ${SCHEME_NAMES[colorScheme]}`} position="right">
        <button
          type="button"
          className={s.nav}
          aria-label={`Appearance: ${SCHEME_NAMES[colorScheme]}. Change`}
          onClick={() => setColorScheme(NEXT_SCHEME[colorScheme])}
        >
          <SchemeIcon size={19} stroke={1.6} aria-hidden />
        </button>
      </Tooltip>
      <Tooltip label="Keys (?)" position="right">
        <button type="button" className={s.nav} aria-label="Keys" onClick={onHelp}>
          <IconHelp size={19} stroke={1.6} aria-hidden />
        </button>
      </Tooltip>
      <Tooltip label={`${SETTINGS.name} (Ctrl ,)`} position="right">
        <Link
          to={SETTINGS.to}
          className={s.nav ?? ''}
          activeOptions={{ exact: true, includeSearch: false }}
          data-active={pathname === SETTINGS.to || undefined}
          aria-label={SETTINGS.name}
        >
          <SETTINGS.icon size={19} stroke={1.6} aria-hidden />
        </Link>
      </Tooltip>
    </nav>
  );
}
