import type { SeenAgain } from '../core/investigation/watch.ts';
import { grouped, printable } from './answer.ts';

/** What cases watch and was seen again, a line each; empty where nothing was. */
export function seenWords(seen: readonly SeenAgain[]): string {
  return seen
    .map(({ id, title, label, entries, reopened }) => {
      const opened = reopened ? ' The case was opened again.' : '';
      return `${id} “${printable(title)}”: ${printable(label)} was seen again, in ${grouped(entries)} new ${entries === 1 ? 'entry' : 'entries'}.${opened}\n`;
    })
    .join('');
}
