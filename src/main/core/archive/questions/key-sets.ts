import type { Marks } from '../../marks/marks.ts';
import type { SetCondition } from '../../search/compile.ts';
import type { KeyList } from '../../search/plan.ts';
import type { RawStore } from '../raw/raw-store.ts';

/** Entries that are in a list of keys (rising, no two alike), or that are not. */
export type KeyCondition = { readonly keys: Float64Array; readonly negated: boolean };

/** Finds the entries that conditions on what lies beside them, or on their arrival, are about. */
export type KeySets = {
  of(condition: SetCondition): KeyCondition;
  /** Forgets what is known of arrivals, because something was stored or deleted. */
  reset(): void;
};

/** `isThere` says whether an entry is still the one that was marked. */
export function createKeySets(
  marks: Marks,
  raws: Pick<RawStore, 'keysSince'>,
  isThere: (key: number, id: string) => boolean,
): KeySets {
  const arrivals = new Map<number, Float64Array>();
  const marked = (test: (entry: ReturnType<Marks['all']>[number]) => boolean): Float64Array =>
    Float64Array.from(
      marks
        .all()
        .filter((entry) => test(entry) && isThere(entry.key, entry.id))
        .map((entry) => entry.key),
    );
  return {
    of(condition) {
      const { kind, negated } = condition;
      switch (kind) {
        case 'pin':
          return { keys: marked((entry) => entry.pin !== null), negated };
        case 'note':
          return { keys: marked((entry) => entry.notes.length > 0), negated };
        case 'tag': {
          const fits = (tags: Iterable<string>): boolean => [...tags].some(condition.test);
          return condition.none
            ? { keys: marked(({ tags }) => tags.size > 0 && !fits(tags.keys())), negated: !negated }
            : { keys: marked(({ tags }) => fits(tags.keys())), negated };
        }
        case 'received': {
          const known = arrivals.get(condition.sinceMs) ?? raws.keysSince(condition.sinceMs);
          arrivals.set(condition.sinceMs, known);
          return { keys: known, negated };
        }
      }
    },
    reset: () => arrivals.clear(),
  };
}

/** A list of picked entries as a condition. */
export function listedKeys({ keys, negated }: KeyList): KeyCondition {
  return { keys: Float64Array.from(new Set(keys)).sort(), negated };
}
