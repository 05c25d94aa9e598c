import { type JettyPlan, PLANS } from '../../../shared/coverage.ts';
import { ok, type Result } from '../../../shared/errors.ts';
import { addDays } from '../../../shared/instant.ts';
import type { ArchiveWriter, IngestCount } from '../archive/writer.ts';
import type { JettyClient, PageReply } from '../jetty/client.ts';
import type { Clock } from '../ports.ts';
import { edgeDays } from './planner.ts';
import { utcDay } from './window.ts';

/** The oldest entry a server still has: its instant (ms UTC), `empty`, or unknown where pages cannot be counted. */
export type OldestServed = number | 'empty' | 'unknown';

/** What a look at the log without dates shows; `total` entries and the size of a page, where the server says so. */
export type Probe = { readonly served: OldestServed; readonly total: number | null; readonly pageSize: number };

/** The oldest day that can still be had. Where it is not certain, entries may begin at any later day. */
export type Edge = { readonly day: string; readonly certain: boolean };

export type ProbeTools = {
  readonly client: JettyClient;
  readonly writer: ArchiveWriter;
  readonly clock: Clock;
  readonly perPage: number;
  readonly signal?: AbortSignal;
  readonly onWait?: (ms: number, why: string) => void;
  readonly onStored: (fetched: number, count: IngestCount) => void;
};

/**
 * Learns the retention edge with two requests: the log without dates says how many pages there are, and the last of them
 * holds the oldest entry. What it sees is stored like everything that arrives.
 */
export async function probeOldest(tools: ProbeTools): Promise<Result<Probe>> {
  const first = await ask(tools, 1);
  if (!first.ok) return first;
  const { lastPage, hasNext, items, total } = first.value;
  const seen = (served: OldestServed) => ok({ served, total, pageSize: items.length });
  if (items.length === 0) return seen('empty');
  if (hasNext === false) return seen(oldest([first.value]));
  if (lastPage === null || lastPage < 2) return seen('unknown');
  const last = await ask(tools, lastPage);
  // Some servers count further than they serve.
  if (!last.ok && last.error.code === 'bad_input') return seen('unknown');
  if (!last.ok) return last;
  return seen(oldest([first.value, last.value]));
}

/** The retention edge by the plan, by what is served, or by the longest retention there is. */
export function retentionEdge(
  now: number,
  plan: JettyPlan | null,
  served: OldestServed | null,
  firstRun: boolean,
): Edge {
  const today = utcDay(now);
  const planned = plan === null ? null : edgeDays(now, plan)[0]!;
  if (typeof served === 'number') {
    const oldestDay = utcDay(served);
    // Without entries a day cannot be told from an expired one, except within the shortest retention there is.
    const floor = planned ?? (firstRun ? today : addDays(today, -PLANS.harbor));
    return { day: [oldestDay, floor].sort()[0]!, certain: true };
  }
  if (planned !== null) return { day: planned, certain: true };
  if (served === 'empty') return { day: firstRun ? today : addDays(today, -PLANS.harbor), certain: true };
  return { day: addDays(today, -PLANS.fleet), certain: false };
}

async function ask(tools: ProbeTools, page: number): Promise<Result<PageReply>> {
  const { client, writer, clock, perPage, signal, onWait } = tools;
  const reply = await client.fetchPage({ page, perPage, ...(signal && { signal }), ...(onWait && { onWait }) });
  if (!reply.ok) return reply;
  const { items } = reply.value;
  const source = { kind: 'api', detail: client.host } as const;
  const stored = writer.ingest({ items, source, receivedAt: clock.now() });
  if (!stored.ok) return stored;
  tools.onStored(items.length, stored.value);
  return reply;
}

function oldest(pages: readonly PageReply[]): OldestServed {
  const instants = pages.flatMap((page) => page.items.flatMap((item) => (item.entry === null ? [] : [item.entry.ts])));
  return instants.length === 0 ? 'unknown' : instants.reduce((a, b) => Math.min(a, b));
}
