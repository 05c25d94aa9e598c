import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useArchive, ZoneProvider } from '../lib/app-state.ts';
import { listen } from '../lib/client.ts';
import { focusSearch, openViews, useKeys } from '../lib/keys.ts';
import { usePreferences, zoneOf } from '../lib/preferences.tsx';
import { BundleBanner } from './bundle-banner.tsx';
import { lock, openPalette } from './commands.ts';
import { Help } from './help.tsx';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import { SCREENS, SETTINGS } from './screens.ts';
import s from './shell.module.css';
import { TopBar } from './top-bar.tsx';

/** How long `g` waits for its letter, milliseconds. */
const PREFIX_WAIT = 1500;

/** Rail, top bar, palette and the keys that work everywhere. */
export function Shell({ children }: { children: ReactNode }) {
  const archive = useArchive();
  const { preferences } = usePreferences();
  const { tz } = useSearch({ strict: false });
  const zone = tz ?? zoneOf(preferences.zone, archive.zone);
  const navigate = useNavigate();
  const [help, setHelp] = useState(false);
  const prefix = useRef(0);

  const search = useCallback(() => {
    void navigate({ to: '/' }).then(() => requestAnimationFrame(focusSearch));
  }, [navigate]);

  useEffect(
    () =>
      listen('menu.command', ({ command }) => {
        if (command === 'lock') lock();
        if (command === 'search') search();
        if (command === 'palette') openPalette();
        if (command === 'settings') void navigate({ to: SETTINGS.to });
        if (command === 'report') void navigate({ to: '/reports' });
      }),
    [navigate, search],
  );

  // The same letter can be a command of a screen; after `g` it only ever means a place to go.
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (prefix.current === 0) return;
      const inTime = performance.now() - prefix.current < PREFIX_WAIT;
      prefix.current = 0;
      const screen = [...SCREENS, SETTINGS].find((one) => one.letter === event.key);
      if (!inTime || (!screen && event.key !== 'v')) return;
      event.preventDefault();
      event.stopPropagation();
      if (screen) void navigate({ to: screen.to });
      else if (!openViews()) void navigate({ to: '/' }).then(() => requestAnimationFrame(openViews));
    }
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [navigate]);

  useKeys({
    '/': () => (document.getElementById('search-field') ? focusSearch() : search()),
    '?': () => setHelp(true),
    g: () => {
      prefix.current = performance.now();
    },
    'mod+l': lock,
    'mod+k': openPalette,
    'mod+,': () => void navigate({ to: SETTINGS.to }),
    ...Object.fromEntries(SCREENS.map((one, i) => [String(i + 1), () => void navigate({ to: one.to })])),
  });

  return (
    <ZoneProvider value={zone}>
      <div className={s.shell}>
        <Rail onHelp={() => setHelp(true)} />
        <div className={s.main}>
          <TopBar zone={zone} />
          <div>
            <BundleBanner />
          </div>
          <main className={s.screen}>{children}</main>
        </div>
        <Palette onHelp={() => setHelp(true)} />
        <Help opened={help} onClose={() => setHelp(false)} />
      </div>
    </ZoneProvider>
  );
}
