import { createHash } from 'node:crypto';
import { type Category, describeAction } from '../../../shared/action.ts';
import type { DayCoverage, DayState } from '../../../shared/coverage.ts';
import type { EntryRow } from '../../../shared/entry.ts';
import type { QueryPlan } from '../search/plan.ts';
import { countBuckets } from './buckets.ts';
import { readDictionaries } from './dictionary.ts';
import { journalReader } from './journal.ts';
import type { ArchiveInfo, ArchiveReader, EntryRecord, FacetField, FacetValue } from './reader.ts';
import type { ReadConnection } from './sqlite.ts';
import { fromStored } from './stored-text.ts';
import { KEYS_PER_MS, msOfKey } from './time-key.ts';
import { betterVersion, CHANGED_COUNT, changedEntries, evidenceOf } from './versions.ts';
import { TS_SQL, type Where, whereOf, withoutField } from './where.ts';

type Fact = {
  key: number;
  shift: number;
  id: string;
  actor: number;
  action: number;
  target: number;
  address: number;
  agent: number;
  team: number;
};

const FACT = 'e.key, e.shift, e.id, e.actor, e.action, e.target, e.address, e.agent, e.team';
const CHUNK = 2_000;
const MS_PER_DAY = 86_400_000;

/** Answers every question of `ArchiveReader` over one connection. */
export function createReader(db: ReadConnection): ArchiveReader {
  const dictionaries = readDictionaries(db);
  const settingStatement = db.prepare('SELECT value FROM setting WHERE name = ?').pluck();
  const setting = (name: string): string | null => (settingStatement.get(name) as string | undefined) ?? null;
  const number = (sql: string, ...params: (string | number)[]): number =>
    Number(
      db
        .prepare(sql)
        .pluck()
        .get(...params) ?? 0,
    );
  const version = (): number => Number(setting('version') ?? 0);

  const where = (plan: QueryPlan): Where => {
    dictionaries.refresh();
    return whereOf(plan, dictionaries, Number(setting('max_shift') ?? 0));
  };

  const rowOf = (fact: Fact): EntryRow => ({
    key: fact.key,
    id: fromStored(fact.id),
    ts: msOfKey(fact.key) - fact.shift,
    actor: dictionaries.actor.tuple(fact.actor),
    action: dictionaries.action.tuple(fact.action),
    target: dictionaries.target.tuple(fact.target),
    address: dictionaries.address.tuple(fact.address),
    agent: dictionaries.agent.tuple(fact.agent),
    team: dictionaries.team.tuple(fact.team),
  });

  const select = (w: Where, after: number | null, direction: 'older' | 'newer', limit: number): Fact[] => {
    if (w.impossible) return [];
    const [order, compare] = direction === 'older' ? ['DESC', '<'] : ['ASC', '>'];
    const cursor = after === null ? '' : `AND e.key ${compare} ?`;
    const sql = `SELECT ${FACT} FROM entry e WHERE ${w.sql} ${cursor} ORDER BY e.key ${order} LIMIT ?`;
    return db.prepare(sql).all(...w.params, ...(after === null ? [] : [after]), limit) as Fact[];
  };

  const dayCounts = cached(version, (plan: QueryPlan) => {
    const w = where(plan);
    if (w.impossible) return [];
    return db
      .prepare(
        `SELECT e.key / ${KEYS_PER_MS * MS_PER_DAY} AS day, count(*) AS count FROM entry e WHERE ${w.sql} GROUP BY 1 ORDER BY 1 DESC`,
      )
      .all(...w.params) as { day: number; count: number }[];
  });

  const count = (plan: QueryPlan): number => dayCounts(plan).reduce((sum, day) => sum + day.count, 0);

  function* rows(plan: QueryPlan, direction: 'older' | 'newer' = 'newer'): IterableIterator<EntryRow> {
    const w = where(plan);
    for (let after: number | null = null; ; ) {
      const facts = select(w, after, direction, CHUNK);
      for (const fact of facts) yield rowOf(fact);
      after = facts.at(-1)?.key ?? null;
      if (after === null || facts.length < CHUNK) return;
    }
  }

  const ownBytes = db.prepare('SELECT bytes FROM entry_raw WHERE key = ?').pluck();
  const evidence = evidenceOf(db);
  const better = betterVersion(db);

  const facetSql: Readonly<
    Record<
      FacetField,
      { column: string; ownField: string; valueOf: (id: number) => { value: string | null; label: string } }
    >
  > = {
    action: { column: 'e.action', ownField: 'action', valueOf: (id) => plain(dictionaries.action.tuple(id) || null) },
    category: {
      column: 'e.action',
      ownField: 'category',
      valueOf: (id) => plain(describeAction(dictionaries.action.tuple(id)).category),
    },
    actor: {
      column: 'e.actor',
      ownField: 'actor',
      valueOf: (id) => {
        const actor = dictionaries.actor.tuple(id);
        return {
          value: actor?.email ?? actor?.id ?? actor?.name ?? null,
          label: actor?.name ?? actor?.email ?? actor?.id ?? '',
        };
      },
    },
    team: {
      column: 'e.team',
      ownField: 'team',
      valueOf: (id) => {
        const team = dictionaries.team.tuple(id);
        return { value: team?.id ?? team?.name ?? null, label: team?.name ?? team?.id ?? '' };
      },
    },
    target_type: {
      column: 'e.target',
      ownField: '',
      valueOf: (id) => plain(dictionaries.target.tuple(id)?.type ?? null),
    },
    ip: { column: 'e.address', ownField: 'ip', valueOf: (id) => plain(dictionaries.address.tuple(id)) },
  };

  return {
    info(): ArchiveInfo {
      const edge = (end: 'min' | 'max'): number | null => {
        const fact = db.prepare(`SELECT key, shift FROM entry WHERE key = (SELECT ${end}(key) FROM entry)`).get() as
          | Fact
          | undefined;
        return fact ? msOfKey(fact.key) - fact.shift : null;
      };
      return {
        archiveId: setting('archive_id') ?? '',
        name: setting('name') ?? '',
        createdAt: Number(setting('created_at') ?? 0),
        zone: setting('zone') ?? 'UTC',
        entries: number('SELECT count(*) FROM entry'),
        unreadable: number('SELECT count(*) FROM unreadable'),
        changedUpstream: number(CHANGED_COUNT),
        oldest: edge('min'),
        newest: edge('max'),
        version: version(),
      };
    },
    count,
    page(plan, request) {
      const facts = select(where(plan), request.after, request.direction, request.limit + 1);
      const shown = facts.slice(0, request.limit);
      return { rows: shown.map(rowOf), next: facts.length > request.limit ? (shown.at(-1)?.key ?? null) : null };
    },
    rowsAt(plan, offset, limit) {
      const found: EntryRow[] = [];
      let skip = offset;
      const w = where(plan);
      for (const { day, count: inDay } of dayCounts(plan)) {
        if (skip >= inDay) {
          skip -= inDay;
          continue;
        }
        const from = day * MS_PER_DAY * KEYS_PER_MS;
        const facts = db
          .prepare(
            `SELECT ${FACT} FROM entry e WHERE ${w.sql} AND e.key >= ? AND e.key < ? ORDER BY e.key DESC LIMIT ? OFFSET ?`,
          )
          .all(...w.params, from, from + MS_PER_DAY * KEYS_PER_MS, limit - found.length, skip) as Fact[];
        found.push(...facts.map(rowOf));
        skip = 0;
        if (found.length >= limit) break;
      }
      return found;
    },
    facet(plan, field, limit, options) {
      const spec = facetSql[field];
      const w = where(options?.ignoreOwn && spec.ownField !== '' ? withoutField(plan, spec.ownField) : plan);
      if (w.impossible) return { values: [], others: 0 };
      const groups = db
        .prepare(`SELECT ${spec.column} AS id, count(*) AS count FROM entry e WHERE ${w.sql} GROUP BY 1`)
        .all(...w.params) as {
        id: number;
        count: number;
      }[];
      const byValue = new Map<string | null, FacetValue>();
      for (const group of groups) {
        const { value, label } = spec.valueOf(group.id);
        byValue.set(value, { value, label, count: group.count + (byValue.get(value)?.count ?? 0) });
      }
      const sorted = [...byValue.values()].sort((a, b) => b.count - a.count || compareText(a.value, b.value));
      return {
        values: sorted.slice(0, limit),
        others: sorted.slice(limit).reduce((sum, value) => sum + value.count, 0),
      };
    },
    histogram(plan, by, zone) {
      const w = where(plan);
      if (w.impossible) return [];
      const slots = db
        .prepare(
          `SELECT ${TS_SQL} / ${by === 'minute' ? 60_000 : 900_000} AS slot, e.action AS action, count(*) AS count FROM entry e WHERE ${w.sql} GROUP BY 1, 2`,
        )
        .all(...w.params) as { slot: number; action: number; count: number }[];
      const size = by === 'minute' ? 60_000 : 900_000;
      const category = (action: number): Category => describeAction(dictionaries.action.tuple(action)).category;
      return countBuckets(
        slots.map((slot) => ({ ms: slot.slot * size, category: category(slot.action), count: slot.count })),
        by,
        zone,
      );
    },
    rows,
    *rawRows(plan) {
      for (const row of rows(plan, 'newer')) yield { row, raw: evidence(row.key) };
    },
    entry(key): EntryRecord | null {
      dictionaries.refresh();
      const fact = db
        .prepare(
          `SELECT ${FACT}, e.received_at, s.detail FROM entry e JOIN source s ON s.id = e.source WHERE e.key = ?`,
        )
        .get(key) as (Fact & { received_at: number; detail: string }) | undefined;
      if (!fact) return null;
      const versions = db
        .prepare(
          'SELECT v.n, v.bytes, v.received_at, s.detail FROM entry_version v JOIN source s ON s.id = v.source WHERE v.key = ? ORDER BY v.n',
        )
        .all(key) as { n: number; bytes: Uint8Array; received_at: number; detail: string }[];
      const own = { n: 0, bytes: ownBytes.get(key) as Uint8Array, received_at: fact.received_at, detail: fact.detail };
      const first = versions.find((version) => version.n === better(key)) ?? own;
      const others = [own, ...versions].filter((version) => version !== first);
      return {
        row: rowOf(fact),
        raw: first.bytes,
        sha256: createHash('sha256').update(first.bytes).digest('hex'),
        provenance: { source: first.detail, receivedAt: first.received_at },
        versions: others.map((v) => ({ raw: v.bytes, provenance: { source: v.detail, receivedAt: v.received_at } })),
      };
    },
    changedEntries: () => changedEntries(db),
    coverage(from, to): readonly DayCoverage[] {
      const days = db
        .prepare('SELECT day, state, served, checked_at, note FROM day WHERE day BETWEEN ? AND ? ORDER BY day')
        .all(from, to) as {
        day: string;
        state: DayState;
        served: number | null;
        checked_at: number;
        note: string | null;
      }[];
      if (days.length === 0) return [];
      const stored = storedByDay(db, days[0]?.day ?? from, days.at(-1)?.day ?? to);
      return days.map((d) => ({
        day: d.day,
        state: d.state,
        served: d.served,
        stored: stored.get(d.day) ?? 0,
        checkedAt: new Date(d.checked_at).toISOString(),
        note: d.note,
      }));
    },
    setting,
    journal: journalReader(db),
    close: () => db.close(),
  };
}

function storedByDay(db: ReadConnection, from: string, to: string): Map<string, number> {
  const fromMs = Date.parse(from);
  const rows = db
    .prepare(
      `SELECT ${TS_SQL} / ${MS_PER_DAY} AS day, count(*) AS count FROM entry e WHERE e.key >= ? AND e.key < ? GROUP BY 1`,
    )
    .all(fromMs * KEYS_PER_MS, (Date.parse(to) + 2 * MS_PER_DAY) * KEYS_PER_MS) as { day: number; count: number }[];
  return new Map(rows.map(({ day, count }) => [new Date(day * MS_PER_DAY).toISOString().slice(0, 10), count]));
}

function plain(value: string | null): { value: string | null; label: string } {
  return { value, label: value ?? '' };
}

function compareText(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;
}

// The last few answers by plan; a new version of the archive forgets them all.
function cached<T>(version: () => number, compute: (plan: QueryPlan) => T): (plan: QueryPlan) => T {
  const answers = new Map<string, T>();
  let at = -1;
  return (plan) => {
    if (version() !== at) {
      answers.clear();
      at = version();
    }
    const key = JSON.stringify(plan);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = compute(plan);
    if (answers.size >= 16) answers.delete(answers.keys().next().value ?? '');
    answers.set(key, answer);
    return answer;
  };
}
