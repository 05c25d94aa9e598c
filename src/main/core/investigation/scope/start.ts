import type { Ground } from './ground.ts';
import type { Range, Start } from './known.ts';
import { isWithinNetwork } from './networks.ts';
import { type ScopeQuestion, thingKey } from './question.ts';

const ALWAYS: Range = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** The seeds and the decisions of a question as ids of the ground; values that nobody has are left out. */
export function startOf(ground: Ground, { seeds, anchors, decisions }: ScopeQuestion): Start {
  const accounts = new Map<number, Range[]>();
  const addresses = new Set<number>();
  const insisted = new Set<number>();
  const agents = new Set<number>();
  const made = new Set<number>();
  const spans: Range[] = [];
  const rejected = {
    keys: new Set([...decisions.entries].flatMap(([key, verdict]) => (verdict === 'rejected' ? [key] : []))),
    accounts: new Set<number>(),
    addresses: new Set<number>(),
    networks: new Set<number>(),
    agents: new Set<number>(),
    things: new Set<number>(),
  };
  const account = (value: string, range: Range): void => {
    const found = ground.accountNamed(value);
    if (found !== 0) accounts.set(found, [...(accounts.get(found) ?? []), range]);
  };
  for (const { kind, value, from, to } of seeds) {
    const range = { from: from ?? ALWAYS.from, to: to ?? ALWAYS.to };
    if (kind === 'span') spans.push(range);
    else if (kind === 'person' || kind === 'token') account(value, range);
    else if (kind === 'address') for (const id of idsOf(ground.addresses, value)) addresses.add(id);
    else for (const id of idsOf(ground.agents, value)) agents.add(id);
  }
  // By the name under which it was decided: kind and value.
  for (const [key, verdict] of decisions.things) {
    const at = key.indexOf(' ');
    const [kind, value] = [key.slice(0, at), key.slice(at + 1)];
    const accepted = verdict === 'accepted';
    if (kind === 'person' || kind === 'token') {
      if (accepted) account(value, ALWAYS);
      else rejected.accounts.add(ground.accountNamed(value));
    }
    const addressIds =
      kind === 'address'
        ? idsOf(ground.addresses, value)
        : kind === 'network'
          ? ground.addresses.flatMap((one, id) => (one !== null && isWithinNetwork(one, value) ? [id] : []))
          : [];
    for (const id of addressIds) {
      if (accepted) insisted.add(id);
      else rejected.addresses.add(id);
      if (!accepted && kind === 'network') rejected.networks.add(ground.networkOf[id]!);
    }
    if (kind === 'device') for (const id of idsOf(ground.agents, value)) (accepted ? agents : rejected.agents).add(id);
    if (kind === 'token' || kind === 'tunnel' || kind === 'team' || kind === 'data')
      for (const thing of ground.thingsNamed(value)) (accepted ? made : rejected.things).add(thing);
  }
  for (const id of rejected.addresses) addresses.delete(id);
  for (const id of rejected.accounts) accounts.delete(id);
  const accepted = [...decisions.entries].flatMap(([key, verdict]) => (verdict === 'accepted' ? [key] : []));
  return {
    anchors: new Set([...anchors, ...accepted].filter((key) => !rejected.keys.has(key))),
    certain: new Set(accepted),
    accounts,
    addresses,
    insisted,
    agents,
    made,
    spans,
    rejected,
  };
}

/** Whether a decision was made about a thing, and which. */
export function verdictOn(
  decisions: ScopeQuestion['decisions'],
  kind: Parameters<typeof thingKey>[0],
  value: string,
): 'accepted' | 'rejected' | null {
  return decisions.things.get(thingKey(kind, value)) ?? null;
}

function idsOf(values: readonly (string | null)[], value: string): number[] {
  return values.flatMap((one, id) => (one === value ? [id] : []));
}
