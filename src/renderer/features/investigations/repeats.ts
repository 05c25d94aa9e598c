import type { CaseEvent } from '../../../shared/case-schema.ts';
import { dayOf } from '../../../shared/instant.ts';

/** So many events alike in a row are shown as one; fewer take no more room than the words for it. */
const FOLDED_FROM = 3;

/**
 * Cuts events, oldest first, into runs of those that say the same one after the other: the same was done by the same one,
 * from the same address, to the same thing, on the same day. An event with a note, or one that the archive does not hold
 * as it was pinned, is never behind another.
 */
export function runsOf(events: readonly CaseEvent[], zone: string): readonly (readonly CaseEvent[])[] {
  const runs: CaseEvent[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    const head = run?.[0];
    if (run && head && repeats(head, event, zone)) run.push(event);
    else runs.push([event]);
  }
  return runs.flatMap((run) => (run.length < FOLDED_FROM ? run.map((one) => [one]) : [run]));
}

function repeats(head: CaseEvent, event: CaseEvent, zone: string): boolean {
  if (head.kind !== 'entry' || event.kind !== 'entry') return false;
  if (event.notes.length > 0 || event.state !== 'holds' || head.state !== 'holds') return false;
  if (head.technique !== event.technique || head.phase !== event.phase) return false;
  if (dayOf(head.ts, zone) !== dayOf(event.ts, zone) || dayOf(head.ts, 'UTC') !== dayOf(event.ts, 'UTC')) return false;
  return saying(head) === saying(event);
}

function saying({ row }: CaseEvent & { kind: 'entry' }): string {
  const { actor, target } = row;
  return JSON.stringify([row.action, row.address, actor?.id, actor?.email, actor?.name, target?.type, target?.id]);
}
