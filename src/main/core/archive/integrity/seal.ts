import { hash } from 'node:crypto';
import { DAY_STATES, type DayState } from '../../../../shared/coverage.ts';
import { isDay } from '../../../../shared/instant.ts';

// docs/integrity.md describes this format so that others can check it; what is changed here is changed there, and gets
// another name.

const FORMAT = 'logbook-seal/1';

/**
 * `day`: the first seal of a UTC day. `amend`: a later one of the same day. `unreadable`: what nobody could read, a tree of
 * its own. `journal`: only the reviewers' log went on.
 */
export const SEAL_KINDS = ['day', 'amend', 'unreadable', 'journal'] as const;
export type SealKind = (typeof SEAL_KINDS)[number];

/** Leaves as a tree: how many, and the root in hexadecimal. */
export type Tree = { readonly count: number; readonly root: string };

/** What a seal says. Hashes are hexadecimal SHA-256. */
export type SealContent = {
  readonly archive: string;
  /** Counts from 1. */
  readonly sequence: number;
  readonly kind: SealKind;
  /** `YYYY-MM-DD`; null where it is about no day. */
  readonly day: string | null;
  /** Everything there is of the day, entries and their later versions, in the order of keys. */
  readonly tree: Tree;
  /** What was added since the seal before of the same day, and what was lawfully deleted. */
  readonly added: Tree;
  readonly removed: Tree;
  /** Of the list beside the seal: the keys of what was added and removed, and the beginnings of their hashes. */
  readonly list: string;
  readonly coverage: { readonly state: DayState; readonly served: number | null } | null;
  /** The newest deletion that is accounted for; 0 where there was none. */
  readonly deletion: number;
  /** The newest line of the reviewers' log and its hash. */
  readonly journal: { readonly line: number; readonly hash: string };
  readonly previous: string;
  /** Fingerprint of the public key it is signed with. */
  readonly key: string;
  /** Milliseconds UTC. */
  readonly at: number;
};

/** What stands before the first of a chain. */
export const NO_HASH = '0'.repeat(64);

/** The text that is hashed and signed: JSON without white space, its keys in this order. */
export function sealText(seal: SealContent): string {
  const tree = ({ count, root }: Tree) => ({ count, root });
  return JSON.stringify({
    format: FORMAT,
    archive: seal.archive,
    sequence: seal.sequence,
    kind: seal.kind,
    day: seal.day,
    tree: tree(seal.tree),
    added: tree(seal.added),
    removed: tree(seal.removed),
    list: seal.list,
    coverage: seal.coverage === null ? null : { state: seal.coverage.state, served: seal.coverage.served },
    deletion: seal.deletion,
    journal: { line: seal.journal.line, hash: seal.journal.hash },
    previous: seal.previous,
    key: seal.key,
    at: seal.at,
  });
}

/** The seal a text says; null where it is not exactly such a text. */
export function readSealText(text: string): SealContent | null {
  try {
    const { format, ...seal } = JSON.parse(text) as SealContent & { format: unknown };
    return format === FORMAT && isSeal(seal) && sealText(seal) === text ? seal : null;
  } catch {
    return null;
  }
}

/** Hash of a seal's text: what the next one names as `previous`, and the head of the chain where there is none. */
export function sealHash(text: string): string {
  return hash('sha256', text, 'hex');
}

/** Hash of the list beside a seal, as it is kept. */
export function listHash(list: Uint8Array): string {
  return hash('sha256', list, 'hex');
}

function isSeal(seal: SealContent): boolean {
  const isCount = (n: unknown): boolean => typeof n === 'number' && Number.isSafeInteger(n) && n >= 0;
  const isHash = (hash: unknown): boolean => typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash);
  const isTree = (tree: Tree): boolean => isCount(tree.count) && isHash(tree.root);
  const { day, coverage } = seal;
  return (
    typeof seal.archive === 'string' &&
    SEAL_KINDS.includes(seal.kind) &&
    [seal.sequence, seal.deletion, seal.journal.line, seal.at].every(isCount) &&
    [seal.tree, seal.added, seal.removed].every(isTree) &&
    [seal.list, seal.journal.hash, seal.previous, seal.key].every(isHash) &&
    (day === null || isDay(day)) &&
    (coverage === null ||
      (DAY_STATES.includes(coverage.state) && (coverage.served === null || isCount(coverage.served))))
  );
}
