import { createHash } from 'node:crypto';
import type { EntryRow } from '../../../shared/entry.ts';
import { type Finding, rank, type Severity, type Signal } from '../../../shared/finding.ts';
import type { Hit } from './rule.ts';
import { actorKey } from './subject.ts';

/** What one person does within this long of the last sign of trouble belongs to the same happening. */
const SAME_ACTOR_MS = 6 * 3_600_000;
/** From an address that few people use, a day. */
const SAME_ADDRESS_MS = 24 * 3_600_000;
/** An address with more people than this behind it is an office or a provider: sharing it ties nothing together. */
const CROWD = 2;

/** A finding with what the rules noticed of it; `rows` in order of time. */
export type Happening = {
  readonly finding: Finding;
  readonly hits: readonly Hit[];
  readonly rows: readonly EntryRow[];
};

type Incident = { hits: Hit[]; entries: Map<number, EntryRow>; last: number; keys: Set<string> };

/**
 * One happening is one finding: hits that share an entry, a person within hours or a rarely used address within a day
 * are told together. `people` counts who acted from an address, as far as the log goes.
 */
export function happeningsOf(hits: readonly Hit[], people: (address: string) => number): readonly Happening[] {
  const ordered = hits.filter((hit) => hit.entries.length > 0).sort((a, b) => firstTs(a) - firstTs(b));
  const byKey = new Map<string, Incident>();
  const byEntry = new Map<number, Incident>();
  const incidents = new Set<Incident>();
  for (const hit of ordered) {
    const start = firstTs(hit);
    const keys = keysOf(hit, people);
    const joined = new Set<Incident>();
    for (const row of hit.entries) {
      const found = byEntry.get(row.key);
      if (found) joined.add(found);
    }
    for (const [key, reach] of keys) {
      const found = byKey.get(key);
      if (found && start - found.last <= reach) joined.add(found);
    }
    const [first, ...others] = joined;
    const incident: Incident = first ?? { hits: [], entries: new Map(), last: start, keys: new Set() };
    for (const other of others) {
      incident.hits.push(...other.hits);
      for (const [key, row] of other.entries) {
        incident.entries.set(key, row);
        byEntry.set(key, incident);
      }
      incident.last = Math.max(incident.last, other.last);
      for (const key of other.keys) {
        incident.keys.add(key);
        byKey.set(key, incident);
      }
      incidents.delete(other);
    }
    incidents.add(incident);
    incident.hits.push(hit);
    for (const row of hit.entries) {
      incident.entries.set(row.key, row);
      byEntry.set(row.key, incident);
      incident.last = Math.max(incident.last, row.ts);
    }
    for (const [key] of keys) {
      incident.keys.add(key);
      byKey.set(key, incident);
    }
  }
  return [...incidents].map(({ hits: noticed, entries }) => {
    const rows = [...entries.values()].sort((a, b) => a.key - b.key);
    return { finding: told(noticed, rows), hits: noticed, rows };
  });
}

/** Gravest first, then newest first. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) => rank(a.severity) - rank(b.severity) || b.first - a.first || (a.id < b.id ? -1 : 1),
  );
}

function firstTs(hit: Hit): number {
  return hit.entries[0]?.ts ?? 0;
}

// What ties a hit to others beside a shared entry, and for how long.
function keysOf(hit: Hit, people: (address: string) => number): [string, number][] {
  const keys: [string, number][] = [];
  const addresses = new Set<string>();
  const actors = new Set<string>();
  for (const row of hit.entries) {
    const actor = actorKey(row);
    if (actor !== null) actors.add(actor);
    if (row.address !== null) addresses.add(row.address);
  }
  // A sweep over many accounts ties the sweep together, not the accounts' owners.
  if (actors.size <= CROWD && hit.actor !== null)
    for (const actor of actors) keys.push([`actor ${actor}`, SAME_ACTOR_MS]);
  for (const address of addresses) if (people(address) <= CROWD) keys.push([`address ${address}`, SAME_ADDRESS_MS]);
  return keys;
}

/** One finding for hits that belong together, over the entries of all of them in order of time. */
export function told(hits: readonly Hit[], rows: readonly EntryRow[]): Finding {
  const [first] = rows as readonly [EntryRow];
  const byWeight = [...hits].sort(
    (a, b) =>
      rank(a.severity) - rank(b.severity) ||
      Number(a.novelty) - Number(b.novelty) ||
      b.entries.length - a.entries.length ||
      firstTs(a) - firstTs(b),
  );
  const [main] = byWeight as [Hit];
  const severity = combined(byWeight);
  const signals = signalsOf(byWeight);
  const also = signals.filter((signal) => signal.rule !== main.rule.id);
  return {
    id: `F-${createHash('sha256').update(`incident\n${first.id}`).digest('hex').slice(0, 12)}`,
    rule: main.rule.id,
    title: main.rule.title,
    severity,
    technique: main.rule.technique,
    controls: [...new Set(byWeight.flatMap((hit) => hit.rule.controls))],
    actor: main.actor,
    address: main.address,
    entryIds: rows.map((row) => row.id),
    entryKeys: rows.map((row) => row.key),
    first: first.ts,
    last: (rows.at(-1) ?? first).ts,
    why:
      also.length === 0
        ? main.why
        : `${main.why} Beside it: ${also
            .slice(0, 4)
            .map((signal) => lowered(signal.title))
            .join(', ')}${also.length > 4 ? ` and ${also.length - 4} more` : ''}.`,
    signals,
    against: [...new Set(byWeight.flatMap((hit) => hit.against ?? []))].slice(0, 6),
  };
}

function lowered(title: string): string {
  return /^[A-Z][a-z ]/.test(title) ? title[0]?.toLowerCase() + title.slice(1) : title;
}

function signalsOf(hits: readonly Hit[]): Signal[] {
  const seen = new Set<string>();
  return hits.flatMap((hit) => {
    if (seen.has(hit.rule.id)) return [];
    seen.add(hit.rule.id);
    const { rule, severity, why, novelty, figures } = hit;
    return [{ rule: rule.id, title: rule.title, severity, why, novelty, figures }];
  });
}

// Two weak signs of different kinds make one that is worth a look; two that are, a grave one. Novelty alone never does.
function combined(hits: readonly Hit[]): Severity {
  const worst = hits[0]?.severity ?? 'info';
  const telling = hits.filter((hit) => !hit.novelty);
  const rules = new Set(telling.filter((hit) => rank(hit.severity) <= rank('low')).map((hit) => hit.rule.id));
  const novel = hits.some((hit) => hit.novelty);
  const medium = new Set(telling.filter((hit) => rank(hit.severity) <= rank('medium')).map((hit) => hit.rule.id));
  if (worst === 'medium' && (medium.size >= 3 || (medium.size >= 2 && novel))) return 'high';
  if (worst === 'low' && rules.size > 0 && novel) return 'medium';
  return worst;
}
