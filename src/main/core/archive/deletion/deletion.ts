import { fail, ok, type Result } from '../../../../shared/errors.ts';
import { namesHours, namesMarks } from '../../../../shared/filter/filter.ts';
import { isDay } from '../../../../shared/instant.ts';
import { holdingCases } from '../../investigation/held-entries.ts';
import type { QueryPlan } from '../../search/plan.ts';
import { createVersionRaise } from '../archive-version.ts';
import type { ArchiveView } from '../archive-view.ts';
import { dateOfDay, MS_PER_DAY } from '../columns/day-columns.ts';
import { storedIdAt } from '../columns/day-refs.ts';
import type { DayInfo } from '../columns/day-store.ts';
import { createSegmentReader, pickFrom } from '../columns/segment.ts';
import { createSegmentWriter } from '../columns/segment-writer.ts';
import { leafHash } from '../integrity/merkle.ts';
import type { JournalReader } from '../journal.ts';
import { positionOf } from '../questions/rows.ts';
import { decodeBlock, encodeBlock, rawAt } from '../raw/block.ts';
import { explain, type WriteConnection } from '../sqlite.ts';
import type { DeletionReader, DeletionRecord, LegalHold } from './holds.ts';
import { forgetUnusedTerms } from './terms.ts';
import { idDigest } from './tombstones.ts';

/** The part of the writer that deletes, and keeps from being deleted. */
export type DeletionWriter = DeletionReader & {
  /**
   * Deletes for good what lies before a UTC day and is not held. Of each entry a tombstone stays: its key, the digest of its
   * id, and its leaf hash, so that a proof over the day can still be checked. `bad_input` where the day is none.
   */
  deleteBefore(request: {
    readonly before: string;
    readonly reason: string;
    /** Milliseconds UTC. */
    readonly at: number;
  }): Result<DeletionRecord>;
  placeHold(hold: { readonly reason: string; readonly plan: QueryPlan; readonly at: number }): Result<LegalHold>;
  /** `not_found` where there is no such hold, or it was released before. */
  releaseHold(id: number, at: number): Result<void>;
};

type Doomed = { readonly key: number; readonly storedId: string; readonly block: number; readonly slot: number };

export function createDeletion(
  db: WriteConnection,
  view: ArchiveView,
  reader: DeletionReader & JournalReader,
): DeletionWriter {
  const segments = createSegmentReader(db);
  const segmentWriter = createSegmentWriter(db);
  const permit = db.prepare('INSERT INTO deletion_permit VALUES (1)');
  const endPermit = db.prepare('DELETE FROM deletion_permit');
  const record = db.prepare('INSERT INTO deletion (at, before, reason, entries, held) VALUES (?, ?, ?, ?, ?)');
  const bury = db.prepare('INSERT INTO tombstone VALUES (?, ?, ?, ?)');
  const buryVersion = db.prepare('INSERT INTO version_tombstone VALUES (?, ?, ?, ?)');
  const bytesOf = db.prepare('SELECT bytes FROM block WHERE id = ?').pluck();
  const rewriteBlock = db.prepare('UPDATE block SET bytes = ? WHERE id = ?');
  const dropBlock = db.prepare('DELETE FROM block WHERE id = ?');
  const dropVersions = db.prepare('DELETE FROM entry_version WHERE key = ?');
  const noteDay = db.prepare(`UPDATE day SET note = trim(coalesce(note, '') || ' ' || ?) WHERE day = ?`);
  const raiseVersion = createVersionRaise(db);
  const insertHold = db.prepare('INSERT INTO hold (reason, filter, from_ms, to_ms, created_at) VALUES (?, ?, ?, ?, ?)');
  const endHold = db.prepare('UPDATE hold SET released_at = ? WHERE id = ? AND released_at IS NULL');

  // Which entries of each day a hold or a case that is not closed covers, as positions in the day's columns.
  const heldPositions = (): ((info: DayInfo) => Set<number>) => {
    const pinned = new Set(holdingCases(reader).flatMap(({ keys }) => keys));
    const holds = reader.holds().filter((hold) => hold.releasedAt === null);
    const selections = holds.map((hold) => view.select(hold.plan));
    return (info) => {
      const held = new Set<number>();
      for (const selection of selections) {
        const index = selection.days.indexOf(info);
        if (index < 0) continue;
        const match = selection.at(index);
        for (let i = 0; i < match.count; i++) held.add(positionOf(match, i));
      }
      if (pinned.size > 0)
        for (const [position, key] of view.store.columns(info).keys.entries()) if (pinned.has(key)) held.add(position);
      return held;
    };
  };

  const deleteRaw = (doomed: readonly Doomed[], deletion: number): void => {
    for (const [id, own] of Map.groupBy(doomed, (one) => one.block)) {
      const block = decodeBlock(bytesOf.get(id) as Uint8Array);
      const gone = new Set(own.map((one) => one.slot));
      const raws = Array.from(block.keys, (_key, slot) => (gone.has(slot) ? null : rawAt(block, slot)));
      for (const { key, storedId, slot } of own) {
        bury.run(key, deletion, idDigest(storedId), leafHash(rawAt(block, slot)));
        for (const { n, bytes } of view.versions.of(key)) buryVersion.run(key, n, deletion, leafHash(bytes));
        dropVersions.run(key);
      }
      if (raws.every((raw) => raw === null || raw.length === 0)) dropBlock.run(id);
      else rewriteBlock.run(encodeBlock(block.keys, raws), id);
    }
  };

  const work = db.transaction((before: string, reason: string, at: number): number => {
    const lastDay = Date.parse(before) / MS_PER_DAY;
    const held = heldPositions();
    const days = view.store.days().filter((info) => info.day < lastDay);
    const plans = days.map((info) => {
      const kept = held(info);
      return { info, kept, count: info.entries - kept.size };
    });
    const entries = plans.reduce((sum, one) => sum + one.count, 0);
    const heldBack = plans.reduce((sum, one) => sum + one.kept.size, 0);
    const deletion = Number(record.run(at, before, reason, entries, heldBack).lastInsertRowid);
    permit.run();
    for (const { info, kept, count } of plans) {
      if (count === 0) continue;
      const whole = segments.whole(info.day, info.seqs);
      const doomed: Doomed[] = [];
      for (let i = 0; i < whole.columns.length; i++) {
        if (kept.has(i)) continue;
        doomed.push({
          key: whole.columns.keys[i]!,
          storedId: storedIdAt(whole.refs, i),
          block: whole.refs.block[i]!,
          slot: whole.refs.slot[i]!,
        });
      }
      deleteRaw(doomed, deletion);
      segmentWriter.replace(info.day, kept.size === 0 ? null : pickFrom(whole, Uint32Array.from(kept).sort()));
      const on = new Date(at).toISOString().slice(0, 10);
      noteDay.run(`${count} deleted on ${on} by the retention policy.`, dateOfDay(info.day));
    }
    forgetUnusedTerms(db);
    endPermit.run();
    raiseVersion();
    return deletion;
  });

  return {
    holds: reader.holds,
    deletions: reader.deletions,
    deleteBefore({ before, reason, at }) {
      if (!isDay(before)) return fail('bad_input', `“${before}” is no date.`, 'Write it as YYYY-MM-DD.');
      try {
        view.ask(() => undefined);
        const id = work.immediate(before, reason, at);
        // What was deleted still stands in the journal until that is folded into the file.
        db.pragma('wal_checkpoint(TRUNCATE)');
        return ok(reader.deletions().find((one) => one.id === id)!);
      } catch (error) {
        return explain(error, 'delete old entries');
      }
    },
    placeHold({ reason, plan, at }) {
      if (namesMarks(plan.filter))
        return fail(
          'bad_input',
          'A hold covers what entries say, not what was put beside them: a tag that is taken away would end it unseen.',
          'Name the entries by what they say.',
        );
      if (namesHours(plan.filter))
        return fail(
          'bad_input',
          'A hold cannot rest on office hours, which can be set otherwise.',
          'Name dates instead.',
        );
      // A newer list moves addresses to other countries, and with them what the hold would cover.
      if (plan.filter.terms.some(({ field }) => field === 'country')) {
        return fail('bad_input', 'A hold cannot rest on countries.', 'Name the addresses or networks instead (ip:).');
      }
      try {
        const id = insertHold.run(reason, JSON.stringify(plan.filter), plan.fromMs, plan.toMs, at).lastInsertRowid;
        return ok(reader.holds().find((hold) => hold.id === Number(id))!);
      } catch (error) {
        return explain(error, 'place the hold');
      }
    },
    releaseHold(id, at) {
      try {
        return endHold.run(at, id).changes === 1
          ? ok(undefined)
          : fail('not_found', `There is no hold ${id} in force.`, 'logbook hold list shows them.');
      } catch (error) {
        return explain(error, 'release the hold');
      }
    },
  };
}
