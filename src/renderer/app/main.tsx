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
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import type { Output } from '../../shared/contract.ts';
import { call, failureOf } from '../lib/client.ts';
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

const DEFAULTS: Output<'preferences.get'> = { scheme: 'auto', zone: null };

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) return;
  const preferences = await call('preferences.get', {}).catch(() => DEFAULTS);
  createRoot(root).render(
    <QueryClientProvider client={client}>
      <Providers nonce={nonce} scheme={preferences.scheme}>
        <App preferredZone={preferences.zone} />
      </Providers>
    </QueryClientProvider>,
  );
}

void start();
