import { type MantineColorScheme, type MantineColorSchemeManager, MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { Notifications } from '@mantine/notifications';
import { type ReactNode, useState } from 'react';
import { call } from '../lib/client.ts';
import { resolveVariables, theme } from './theme.ts';

// The scheme is a preference of the person, kept by the main process beside the others, not in the page's storage.
function schemeManager(initial: MantineColorScheme): MantineColorSchemeManager {
  let current = initial;
  return {
    get: () => current,
    set: (scheme) => {
      current = scheme;
      void call('preferences.set', { scheme }).catch(() => {});
    },
    subscribe: () => {},
    unsubscribe: () => {},
    clear: () => {},
  };
}

export function Providers(props: { nonce: string; scheme: MantineColorScheme; children: ReactNode }) {
  const [manager] = useState(() => schemeManager(props.scheme));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      colorSchemeManager={manager}
      defaultColorScheme={props.scheme}
      getStyleNonce={() => props.nonce}
    >
      <DatesProvider settings={{ locale: 'en', firstDayOfWeek: 1 }}>
        {props.children}
        <Notifications position="bottom-right" limit={3} />
      </DatesProvider>
    </MantineProvider>
  );
}
