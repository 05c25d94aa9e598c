import { fail, ok, type Result } from '../../shared/errors.ts';
import { printQuery } from '../../shared/filter/print.ts';
import type { ArchiveReader } from '../core/archive/reader.ts';
import type { ArchiveWriter } from '../core/archive/writer.ts';
import { placeLegalHold, releaseLegalHold } from '../core/keeping/hold.ts';
import { applyKeeping, readKeeping, setKeep } from '../core/keeping/policy.ts';
import type { KeepingReaderCalls, KeepingWriterCalls } from './keeping-calls.ts';
import type { ServiceTable } from './service-table.ts';

/** What is due to be deleted, and what holds keep. */
export function keepingServices(reader: ArchiveReader): ServiceTable<KeepingReaderCalls> {
  return {
    keeping({ now }) {
      const { holds, cases, deletions, ...rest } = readKeeping(reader, now);
      return ok({
        ...rest,
        holds: holds.map(({ id, reason, plan, createdAt, releasedAt }) => ({
          id,
          reason,
          query: printQuery({ terms: plan.filter.terms }),
          from: plan.fromMs,
          to: plan.toMs,
          createdAt,
          releasedAt,
          entries: reader.count(plan),
        })),
        cases: cases.map(({ id, title, keys }) => ({ id, title, entries: keys.length })),
        deletions: [...deletions],
      });
    },
  };
}

/** Changes of it. What is deleted is what somebody was shown, or nothing. */
export function keepingWriterServices(writer: ArchiveWriter): ServiceTable<KeepingWriterCalls> {
  return {
    setKeep: ({ keepDays, by, now }) => nothing(setKeep(writer, keepDays, { by, at: now })),
    applyKeeping({ now, by, before, entries }) {
      const due = readKeeping(writer, now);
      if (due.before !== before || due.due - due.held !== entries)
        return fail('bad_input', 'What is due has changed since it was shown.', 'Look at it again, then decide.');
      return applyKeeping(writer, { by, at: now });
    },
    placeHold({ filter, zone, reason, by, now }) {
      const placed = placeLegalHold(writer, { filter, zone, reason, by, at: now });
      return placed.ok ? ok({ id: placed.value.id, entries: writer.count(placed.value.plan) }) : placed;
    },
    releaseHold: ({ id, by, now }) => nothing(releaseLegalHold(writer, id, { by, at: now })),
  };
}

function nothing(done: Result<void>): Result<null> {
  return done.ok ? ok(null) : done;
}
