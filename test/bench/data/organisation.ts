import type { RawItem } from '../../../src/main/core/archive/writer.ts';
import { parseEntry } from '../../../src/main/core/jetty/parse-entry.ts';
import { organisation } from '../../../src/main/core/simulator/organisation.ts';

/** The moment at which the year ends, milliseconds UTC. */
export const YEAR_END = Date.parse('2026-11-24T10:30:15.500Z');
const SEED = 7;

/** An entry as a plain table holds it. */
export type Entry = {
  readonly ts: number;
  readonly actor: string | null;
  readonly action: string;
  readonly target: string | null;
  readonly address: string | null;
  readonly agent: string | null;
  readonly metadata: string;
};

/** A year of the made-up organisation, oldest first: entries with something for every rule to look at. */
export function* yearOf(entries: number): Generator<RawItem> {
  for (const { raw } of organisation({ entries, days: 365, seed: SEED, now: YEAR_END }).entries())
    yield parseEntry(Buffer.from(raw));
}

export function plainOf({ entry }: RawItem): Entry | null {
  if (entry === null) return null;
  const { ts, actor, action, target, address, agent, metadata } = entry;
  return {
    ts,
    actor: actor?.id ?? null,
    action,
    target: target?.id ?? null,
    address,
    agent,
    metadata: JSON.stringify(metadata),
  };
}

/** The /24 of an address. */
export function networkText(address: string | null): string | null {
  return address?.replace(/\.\d+$/, '') ?? null;
}
