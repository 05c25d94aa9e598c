import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { call, failureOf } from '../../lib/client.ts';
import { counted } from '../../lib/number.ts';
import { visible } from '../../lib/visible-text.ts';
import { complain } from '../../ui/toasts.tsx';
import type { Author } from './use-author.tsx';
import type { Writing } from './use-writing.tsx';

const CLOSE = { 'aria-label': 'Close' };

/** Lines of another log come in, and the timeline goes out, each through the system's own dialog. */
export function useCaseFiles(id: string, zone: string, ask: Author['ask'], { write }: Writing) {
  const [pending, setPending] = useState(false);

  async function during(act: () => Promise<void>): Promise<void> {
    setPending(true);
    try {
      await act();
    } catch (error) {
      if (failureOf(error).code !== 'cancelled') complain(error);
    } finally {
      setPending(false);
    }
  }
  return {
    pending,
    bringIn: () =>
      ask(
        (by) =>
          void during(async () => {
            const file = await call('cases.importForeign', { id, by, zone });
            if (file === null) return;
            const { fileName, added, rejected, line } = file;
            const words = `${visible(fileName).slice(0, 80)}: ${counted(added, 'line', 'lines')} brought in.`;
            await write(by, words, async () => ({ line }));
            const [first] = rejected;
            if (first === undefined) return;
            notifications.show({
              title: `${counted(rejected.length, 'line', 'lines')} left out`,
              message: `Line ${first.line}: ${visible(first.reason).slice(0, 200)}`,
              autoClose: false,
              closeButtonProps: CLOSE,
            });
          }),
      ),
    takeOut: (format: 'csv' | 'ndjson' | 'ocsf' | 'pdf') =>
      ask(
        (by) =>
          void during(async () => {
            const file = await call('cases.export', { id, by, format, zone });
            if (file === null) return;
            notifications.show({
              title: `Written: ${visible(file.fileName).slice(0, 120)}`,
              message: `${counted(file.events, 'event', 'events')}, SHA-256 ${file.sha256.slice(0, 16)}…`,
              autoClose: 12_000,
              closeButtonProps: CLOSE,
            });
          }),
      ),
  };
}
