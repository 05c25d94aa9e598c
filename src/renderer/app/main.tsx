import { nonce } from './boot.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource/ibm-plex-mono/400.css';
import '@fontsource/ibm-plex-mono/500.css';
import '@fontsource/ibm-plex-mono/600.css';
import './scripts.css';
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/spotlight/styles.css';
import '@mantine/notifications/styles.css';
import './tokens.css';
import './base.css';
import './contrast.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { DEFAULT_PREFERENCES } from '../../shared/preferences.ts';
import { call, failureOf } from '../lib/client.ts';
import { PreferencesProvider } from '../lib/preferences.tsx';
import { App } from './app.tsx';
import { Providers } from './providers.tsx';

// Everything is asked of the main process, never of a network: being "offline" or losing focus means nothing here.
const client = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && failureOf(error).retryable,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 120_000,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) return;
  const preferences = await call('preferences.get', {}).catch(() => DEFAULT_PREFERENCES);
  createRoot(root).render(
    <QueryClientProvider client={client}>
      <Providers nonce={nonce} scheme={preferences.scheme}>
        <PreferencesProvider initial={preferences}>
          <App />
        </PreferencesProvider>
      </Providers>
    </QueryClientProvider>,
  );
}

void start();
