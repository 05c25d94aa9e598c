import { spotlight } from '@mantine/spotlight';
import type { ArchiveSummary } from '../../shared/contract.ts';
import { call } from '../lib/client.ts';

/** Commands that keys, menu and palette share. */
export function lock(): void {
  void call('archive.lock', {}).catch(() => {});
}

/** Locks this archive and asks for the key of another; the made-up organisation needs none. */
export function turnTo(archive: ArchiveSummary): void {
  const turned = archive.demo ? call('archive.openDemo', {}) : call('archive.lock', { next: archive.id });
  void turned.catch(() => {});
}

export function openPalette(): void {
  spotlight.open();
}
