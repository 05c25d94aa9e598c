import type { Json } from '../../../shared/entry.ts';

export type DraftActor = { readonly id: string; readonly name: string; readonly email: string | null };

export type DraftTarget = { readonly type: string; readonly id: string | null; readonly name: string | null };

export type DraftContext = {
  readonly ip_address: string | null;
  readonly user_agent: string | null;
  readonly team_id: string | null;
  readonly team_name: string | null;
};

/** An entry before it has an id. `ts` is milliseconds UTC; a draft with whole seconds may get a fraction later. */
export type Draft = {
  readonly ts: number;
  readonly action: string;
  readonly actor: DraftActor | null;
  readonly target: DraftTarget | null;
  readonly context: DraftContext | null;
  readonly metadata: { readonly [key: string]: Json };
};

/** One finished entry. `raw` is the one and only serialisation; everything served is made of these bytes. */
export type DayEntry = {
  readonly id: string;
  /** Milliseconds UTC. */
  readonly ts: number;
  readonly action: string;
  readonly actorId: string | null;
  readonly raw: Uint8Array;
};

/** How exactly the server writes the instant: almost always whole seconds, now and then 3 or 6 digits. */
export type Precision = 0 | 3 | 6;

/** Turns a draft into an entry. Empty metadata becomes `[]`, as PHP writes an empty array. */
export function finish(draft: Draft, id: string, precision: Precision): DayEntry {
  const { ts, actor, action, target, context, metadata } = draft;
  const empty = Object.keys(metadata).length === 0;
  const text = JSON.stringify({
    id,
    timestamp: timestampOf(ts, precision),
    actor,
    action,
    target,
    context,
    metadata: empty ? [] : metadata,
  });
  return { id, ts, action, actorId: actor?.id ?? null, raw: Buffer.from(text) };
}

function timestampOf(ts: number, precision: Precision): string {
  const iso = new Date(ts).toISOString();
  if (precision === 0) return `${iso.slice(0, 19)}Z`;
  return precision === 3 ? iso : `${iso.slice(0, 23)}000Z`;
}

/** The total order of the log, oldest first: by instant, then by id. */
export function byAge(a: { ts: number; id: string }, b: { ts: number; id: string }): number {
  return a.ts - b.ts || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
