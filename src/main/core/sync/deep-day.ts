import { knownActions } from '../../../shared/action.ts';
import { endOfDay, startOfDay } from '../../../shared/instant.ts';
import type { PageReply } from '../jetty/client.ts';
import { type QueryPlan, WHOLE_ARCHIVE } from '../search/plan.ts';
import { addAside, type Evidence } from './evidence.ts';
import type { WalkRequest, WalkTools, WindowEnd } from './walk.ts';
import { rangeOf } from './window.ts';

// A day with more pages than a server is willing to serve is taken apart: by action, and where one action alone is too
// much, by who did it. Which actions and people there are nobody says, so only the server's count can prove the sum.

type Part = { readonly action: string; readonly actorId?: string };
type PartEnd = 'read' | 'too deep' | WindowEnd;

const MANY = 100_000;
const MOST_PARTS = 20_000;

/** Reads a day whose walk was refused at some depth, part by part. */
export async function walkDeepDay(tools: WalkTools, request: WalkRequest, evidence: Evidence): Promise<WindowEnd> {
  const { writer, intake } = tools;
  const { window } = request;
  const total = evidence.totals?.everyPage && evidence.totals.min === evidence.totals.max ? evidence.totals.max : null;
  const unproven = (why: string): WindowEnd => ({ kind: 'unproven', evidence, why });
  const depth = `the server serves no page after the ${evidence.nextPage - 1}th`;
  if (total === null) return unproven(`${depth} and does not say how many entries there are`);

  const seen = () => evidence.ids.size + evidence.twiceInOne;
  const parts = partsOf(tools, window.first, null);
  const met = new Set(parts.map(keyOf));
  const guesses = [...actionsOf(writer, WHOLE_ARCHIVE), ...knownActions()].map((action): Part => ({ action }));
  while (seen() < total && met.size < MOST_PARTS) {
    const part = parts.shift() ?? guesses.find((guess) => !met.has(keyOf(guess)));
    if (part === undefined) break;
    met.add(keyOf(part));
    const end = await readPart(tools, request, evidence, part);
    const problem = intake.flush();
    if (problem !== null) return { kind: 'failed', error: problem, pages: met.size, storage: true };
    if (typeof end === 'object') return end;
    // Nothing narrower can be asked; the rest is read all the same.
    if (end === 'too deep' && part.actorId !== undefined) continue;
    // What was read may have shown actions and people that were not known before.
    for (const found of partsOf(tools, window.first, end === 'too deep' ? part.action : null)) {
      if (met.has(keyOf(found))) continue;
      met.add(keyOf(found));
      parts.push(found);
    }
  }

  const { reply } = await tools.feed.get({ ...rangeOf(request.window), page: 1, perPage: tools.perPage });
  if (!reply.ok) return { kind: 'failed', error: reply.error, pages: met.size, storage: false };
  addAside(evidence, reply.value);
  const proven = reply.value.total === total && seen() === total;
  const ledger = proven ? request.settle(evidence) : [];
  const problem = intake.add(window.first, reply.value.items, [
    ...ledger,
    { kind: 'walk', day: window.first, state: null },
  ]);
  if (problem !== null) return { kind: 'failed', error: problem, pages: met.size, storage: true };
  return proven
    ? { kind: 'proven', evidence }
    : unproven(`${depth}; of ${total} entries ${seen()} were found otherwise`);
}

async function readPart(tools: WalkTools, request: WalkRequest, evidence: Evidence, part: Part): Promise<PartEnd> {
  const { feed, intake, perPage } = tools;
  for (let page = 1; ; page++) {
    const { reply } = await feed.get({ ...rangeOf(request.window), ...part, page, perPage });
    if (!reply.ok) {
      if (reply.error.code === 'bad_input' && page > 1) return 'too deep';
      return { kind: 'failed', error: reply.error, pages: page, storage: false };
    }
    addAside(evidence, reply.value);
    const problem = intake.add(request.window.first, reply.value.items, []);
    if (problem !== null) return { kind: 'failed', error: problem, pages: page, storage: true };
    if (isLast(reply.value, page)) return 'read';
  }
}

function isLast({ items, hasNext, lastPage }: PageReply, page: number): boolean {
  return items.length === 0 || (hasNext ?? page < (lastPage ?? Number.POSITIVE_INFINITY)) === false;
}

/** The actions of a day, or who did one of them, as far as the archive has seen. */
function partsOf({ writer }: WalkTools, day: string, action: string | null): Part[] {
  const plan = { filter: { terms: [] }, fromMs: startOfDay(day, 'UTC'), toMs: endOfDay(day, 'UTC') - 1 };
  if (action === null) return actionsOf(writer, plan).map((one) => ({ action: one }));
  const people = new Set<string>();
  for (const row of writer.rows(WHOLE_ARCHIVE)) if (row.actor?.id) people.add(row.actor.id);
  return [...people].map((actorId) => ({ action, actorId }));
}

function actionsOf(writer: WalkTools['writer'], plan: QueryPlan): string[] {
  return writer.facet(plan, 'action', MANY).values.flatMap(({ value }) => value ?? []);
}

function keyOf({ action, actorId }: Part): string {
  return JSON.stringify([action, actorId ?? null]);
}
