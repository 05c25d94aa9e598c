import { createHash } from 'node:crypto';
import type { Finding, RuleInfo } from '../../../shared/finding.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { QueryPlan } from '../search/plan.ts';
import { vanishedUpstream } from '../sync/vanished.ts';

// A log that changes after it was written is no log. These two look at the log itself and not at what it tells of.

const CONTROLS = ['SOC 2 CC7.2', 'ISO 27001 A.8.15', 'PCI DSS 10.3.4', 'HIPAA 164.312(b)'];
const TECHNIQUE = { id: 'T1070', name: 'Indicator Removal', attackVersion: '17.1' };

const CHANGED: RuleInfo = {
  id: 'upstream-changed',
  title: 'Entry changed upstream',
  description: 'The server gave an entry that is stored another content under the same id. Both contents are kept.',
  severity: 'high',
  technique: TECHNIQUE,
  controls: CONTROLS,
  enabled: true,
  version: 1,
  falsePositives: ['The product renamed a field or mended entries of the past'],
  runbook: 'Compare the versions of the entry, and ask Jetty why it changed.',
};

const VANISHED: RuleInfo = {
  id: 'upstream-vanished',
  title: 'Entry vanished upstream',
  description: 'A reconciling sync was not served an entry that is stored and still in retention. It stays stored.',
  severity: 'high',
  technique: TECHNIQUE,
  controls: CONTROLS,
  enabled: true,
  version: 1,
  falsePositives: ['The plan was changed and the log is kept for a shorter time'],
  runbook: 'Look at what the entries tell of, and ask Jetty who can delete from the log.',
};

/** What the rules about the log itself say of themselves. */
export const UPSTREAM_RULES: readonly RuleInfo[] = [CHANGED, VANISHED];

type Noticed = { readonly id: string; readonly key: number; readonly ts: number; readonly noticedAt: number };

/** What became of stored entries upstream: one finding for all of a kind that was noticed in one UTC day. */
export function upstreamFindings(
  reader: ArchiveReader,
  plan: QueryPlan,
  wanted: (rule: string) => boolean,
): readonly Finding[] {
  const changed = wanted(CHANGED.id) ? within(reader, plan, reader.changedEntries()) : [];
  const vanished = wanted(VANISHED.id) ? within(reader, plan, vanishedUpstream(reader)) : [];
  return [
    ...byDay(changed).map((group) => findingOf(CHANGED, group, 'came with another content under the same id')),
    ...byDay(vanished).map((group) =>
      findingOf(VANISHED, group, `${group.length === 1 ? 'was' : 'were'} no longer served, though still in retention`),
    ),
  ];
}

// Few entries change; those that did are looked up in the selection and not the other way round.
function within<N extends Noticed>(reader: ArchiveReader, plan: QueryPlan, noticed: readonly N[]): N[] {
  const { fromMs, toMs, filter } = plan;
  const inTime = noticed.filter(({ ts }) => (fromMs === null || ts >= fromMs) && (toMs === null || ts <= toMs));
  const [first, last] = [inTime[0], inTime.at(-1)];
  if (filter.terms.length === 0 || first === undefined || last === undefined) return inTime;
  const selected = new Set<number>();
  for (const row of reader.rows({ ...plan, fromMs: first.ts, toMs: last.ts })) selected.add(row.key);
  return inTime.filter(({ key }) => selected.has(key));
}

function byDay(noticed: readonly Noticed[]): Noticed[][] {
  const days = Map.groupBy(noticed, (one) => utcDay(one.noticedAt));
  return [...days.values()];
}

function utcDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function findingOf(rule: RuleInfo, group: readonly Noticed[], what: string): Finding {
  const noticedAt = Math.min(...group.map((one) => one.noticedAt));
  // By the day and not by the entries: what is noticed later on that day joins the finding a person may have judged.
  const digest = createHash('sha256').update(`${rule.id}\n${utcDay(noticedAt)}`);
  const which = group.length === 1 ? `Entry ${group[0]?.id}` : `${group.length} entries`;
  const when = new Date(noticedAt).toISOString().slice(0, 16).replace('T', ' ');
  return {
    id: `F-${digest.digest('hex').slice(0, 12)}`,
    rule: rule.id,
    title: rule.title,
    severity: rule.severity,
    technique: rule.technique,
    controls: rule.controls,
    actor: null,
    address: null,
    entryIds: group.map((one) => one.id),
    entryKeys: group.map((one) => one.key),
    first: group[0]?.ts ?? noticedAt,
    last: group.at(-1)?.ts ?? noticedAt,
    why: `${which} ${what}, noticed ${when} UTC. What was stored first is unchanged.`,
  };
}
