import ipaddr from 'ipaddr.js';
import { describeAction } from '../../../src/shared/action.ts';
import type { Filter, Term } from '../../../src/shared/filter/filter.ts';

// The oracle: the filter's meaning spelt out over the JSON as sent, with nothing of the archive's own machinery.

type Wire = Record<string, unknown>;

/** What lies beside an entry: what reviewers put there, where it was had from, and when it arrived (milliseconds UTC). */
export type Beside = {
  readonly source: string;
  readonly tags: readonly string[];
  readonly pinned: boolean;
  readonly noted: boolean;
  readonly receivedMs: number;
  /** Whether some office was at work when it happened. */
  readonly atWork: boolean;
};

const NOTHING: Beside = { source: '', tags: [], pinned: false, noted: false, receivedMs: 0, atWork: false };

export function matches(wire: Wire, filter: Filter, beside: Beside = NOTHING): boolean {
  const by = new Map<string, Term[]>();
  for (const term of filter.terms) {
    const group = term.negated || term.field === 'word' ? `${by.size}` : `any ${term.field}`;
    by.set(group, [...(by.get(group) ?? []), term]);
  }
  return [...by.values()].every((terms) => terms.some((term) => holds(wire, term, beside) !== term.negated));
}

function holds(wire: Wire, { field, value }: Term, beside: Beside): boolean {
  const actor = part(wire.actor, ['id', 'name', 'email']);
  const target = part(wire.target, ['type', 'id', 'name']);
  const context = part(wire.context, ['ip_address', 'user_agent', 'team_id', 'team_name']);
  const action = scalar(wire.action) ?? '';
  switch (field) {
    case 'action':
      return like(value, action);
    case 'category':
      return describeAction(action).category === value;
    case 'actor':
      return named(value, actor.id, [actor.name, actor.email]);
    case 'team':
      return named(value, context.team_id, [context.team_name]);
    case 'target':
      return value === '' ? !target.type && !target.id && !target.name : named(value, target.id, [target.name]);
    case 'hours':
      return beside.atWork === (value === 'office');
    case 'target_type':
      return value === '' ? target.type === null : target.type !== null && like(value, target.type);
    case 'country':
      return countryOf(context.ip_address) === (value || null);
    case 'agent':
      return value === ''
        ? context.user_agent === null
        : context.user_agent !== null && like(folded(value), folded(context.user_agent));
    case 'source':
      return value !== '' && like(folded(value), folded(beside.source));
    case 'ip':
      return value === ''
        ? context.ip_address === null
        : context.ip_address !== null && inNetwork(context.ip_address, value);
    case 'tag':
      return value === '' ? beside.tags.length === 0 : beside.tags.some((tag) => like(folded(value), folded(tag)));
    case 'is':
      return beside.pinned;
    case 'has':
      return beside.noted;
    case 'received':
      return beside.receivedMs >= Date.parse(value);
    default: {
      const texts = [
        actor.name,
        actor.email,
        action,
        target.name,
        context.ip_address,
        context.user_agent,
        ...leaves(wire.metadata),
      ];
      return texts.some((text) => text !== null && occurs(folded(value), folded(text)));
    }
  }
}

const COUNTRIES: Readonly<Record<string, string>> = {
  '8.8.8.8': 'US',
  '133.11.0.1': 'JP',
  '::ffff:133.11.0.1': 'JP',
  '2001:67c:2e8:22::1': 'NL',
  '10.0.0.1': 'private',
  'fd00::1': 'private',
};

/** Where the addresses of `hostile.ts` are, said by hand. */
export function countryOf(address: string | null): string | null {
  return address === null ? null : (COUNTRIES[address] ?? 'unknown');
}

// By characters: half of one is not in it.
function occurs(needle: string, text: string): boolean {
  return new RegExp(needle.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'u').test(text);
}

function named(value: string, id: string | null | undefined, names: readonly (string | null | undefined)[]): boolean {
  if (value === '') return !id && names.every((name) => !name);
  return (id != null && like(value, id)) || names.some((name) => name != null && like(folded(value), folded(name)));
}

function like(pattern: string, text: string): boolean {
  const source = pattern
    .split(/(?<!\\)\*/)
    .map((piece) => piece.replaceAll('\\*', '*').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^]*');
  return new RegExp(`^${source}$`).test(text);
}

function inNetwork(address: string, value: string): boolean {
  if (!value.includes('/'))
    return (
      address === value || (ipaddr.isValid(address) && ipaddr.isValid(value) && plainest(address) === plainest(value))
    );
  if (!ipaddr.isValid(address)) return false;
  const [base, bits] = ipaddr.parseCIDR(value);
  const a = ipaddr.process(address);
  return a.kind() === base.kind() && a.match([base, bits] as never);
}

function plainest(address: string): string {
  return ipaddr.process(address).toString();
}

export function part<K extends string>(value: unknown, keys: readonly K[]): Record<K, string | null> {
  const source = typeof value === 'object' && value !== null ? (value as Wire) : {};
  return Object.fromEntries(keys.map((key) => [key, scalar(source[key])])) as Record<K, string | null>;
}

export function scalar(value: unknown): string | null {
  return typeof value === 'string' ? value || null : typeof value === 'number' ? String(value) : null;
}

function leaves(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(leaves);
  if (typeof value === 'object') return Object.keys(value).flatMap((key) => [key, ...leaves((value as Wire)[key])]);
  return [String(value)];
}

// Spelt out another way than the product's: letter by letter.
export function folded(text: string): string {
  const bare = [...text.normalize('NFKD')]
    .filter((c) => !/[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u0670]/u.test(c))
    .join('');
  return [...bare.toUpperCase()]
    .map((c) => c.toLowerCase())
    .join('')
    .replaceAll('ς', 'σ')
    .normalize('NFC');
}
