import type { Head } from '../../../shared/integrity.ts';

// An archive that was made of an evidence bundle has no seals of its own: its head is that of the archive it comes from.

const SETTING = 'carried_head';

/** The setting to be written. */
export function carriedHeadText(head: Head): { readonly name: string; readonly value: string } {
  return { name: SETTING, value: JSON.stringify(head) };
}

/** The head an archive carries; null where it has one of its own, or none. */
export function carriedHead(setting: (name: string) => string | null): Head | null {
  const text = setting(SETTING);
  return text === null ? null : (JSON.parse(text) as Head);
}
