import { spotlight } from '@mantine/spotlight';
import { call } from '../lib/client.ts';

/** Commands that keys, menu and palette share. */
export function lock(): void {
  void call('archive.lock', {}).catch(() => {});
}

export function openPalette(): void {
  spotlight.open();
}
