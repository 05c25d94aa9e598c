import { fail, ok, type Result } from '../../../shared/errors.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import type { LegalHold } from '../../core/archive/deletion/holds.ts';
import { placeLegalHold, releaseLegalHold } from '../../core/keeping/hold.ts';
import { systemUser } from '../../system-user.ts';
import { type Answer, columns, grouped, printable } from '../answer.ts';
import { type CommonOptions, clockOf, zoneOf } from '../common-options.ts';
import { type FilterOptions, filterFrom } from '../filter-options.ts';
import { openForReading, openForWriting } from '../open-archive.ts';
import type { Terminal } from '../terminal.ts';

export type AddHoldOptions = CommonOptions & FilterOptions & { readonly reason: string; readonly by?: string };

/** `logbook hold add`: keeps the matching entries from being deleted until the hold is released. */
export async function addHold(query: string, options: AddHoldOptions, terminal: Terminal): Promise<Result<Answer>> {
  const filter = filterFrom(query, options);
  if (!filter.ok) return filter;
  const clock = clockOf(options);
  if (!clock.ok) return clock;
  if (options.reason.trim() === '') return fail('bad_input', 'A hold needs a reason.', 'Add --reason WHY.');
  const opened = await openForWriting(options, terminal, clock.value);
  if (!opened.ok) return opened;
  const writer = opened.value;
  try {
    const at = clock.value.now();
    const zone = zoneOf(options, writer.info().zone);
    if (!zone.ok) return zone;
    const placed = placeLegalHold(writer, {
      filter: filter.value,
      zone: zone.value,
      reason: options.reason,
      by: options.by ?? systemUser(),
      at,
    });
    if (!placed.ok) return placed;
    const covers = writer.count(placed.value.plan);
    return ok({
      json: { ...jsonOf(placed.value), entries: covers },
      text: `Hold ${placed.value.id} is in force and covers ${grouped(covers)} entries now.`,
    });
  } finally {
    writer.close();
  }
}

/** `logbook hold list`. */
export async function listHolds(options: CommonOptions, terminal: Terminal): Promise<Result<Answer>> {
  const opened = await openForReading(options, terminal);
  if (!opened.ok) return opened;
  try {
    const holds = opened.value.reader.holds();
    return ok({
      json: { holds: holds.map(jsonOf) },
      text:
        holds.length === 0
          ? 'There are no holds.'
          : columns(
              holds.map((hold) => [
                String(hold.id),
                hold.releasedAt === null ? 'in force' : `released ${dateOf(hold.releasedAt)}`,
                printable(printQuery(hold.plan.filter) || 'everything'),
                printable(hold.reason),
              ]),
            ),
    });
  } finally {
    opened.value.release();
  }
}

/** `logbook hold release ID`. */
export async function releaseHold(
  id: string,
  options: CommonOptions & { readonly by?: string },
  terminal: Terminal,
): Promise<Result<Answer>> {
  const clock = clockOf(options);
  if (!clock.ok) return clock;
  if (!/^\d{1,9}$/.test(id)) return fail('bad_input', `“${id}” is no hold.`, 'logbook hold list shows their numbers.');
  const opened = await openForWriting(options, terminal, clock.value);
  if (!opened.ok) return opened;
  try {
    const released = releaseLegalHold(opened.value, Number(id), {
      by: options.by ?? systemUser(),
      at: clock.value.now(),
    });
    return released.ok ? ok({ json: { released: Number(id) }, text: `Hold ${id} is released.` }) : released;
  } finally {
    opened.value.close();
  }
}

function jsonOf({ id, reason, plan, createdAt, releasedAt }: LegalHold): Record<string, unknown> {
  const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return {
    id,
    reason,
    query: printQuery(plan.filter),
    from: instant(plan.fromMs),
    to: instant(plan.toMs),
    created: instant(createdAt),
    released: instant(releasedAt),
  };
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
