import type { OfficeHours } from '../../../../shared/office.ts';
import type { Condition, CountryCondition, DictionaryCondition, DictionaryName } from '../../search/compile.ts';
import { compileFilter } from '../../search/compile.ts';
import type { QueryPlan } from '../../search/plan.ts';
import { ID_COLUMNS } from '../columns/day-columns.ts';
import type { Dictionaries, Dictionary, IdMask } from '../dictionary.ts';
import { toSearchable } from '../stored-text.ts';
import { type KeyCondition, type KeySets, listedKeys } from './key-sets.ts';

/** Entries whose id in this column is in the set. */
export type ColumnCondition = { readonly column: DictionaryName; readonly mask: IdMask };

/** Entries that hold text anywhere, or that do not: by an id in any of the columns, or in their metadata. */
export type TextCondition = {
  readonly negated: boolean;
  readonly columns: readonly ColumnCondition[];
  /** As UTF-8, alternatives. */
  readonly needles: readonly Buffer[];
};

/** A plan as comparisons of numbers; all must hold. Limits are milliseconds UTC, both inclusive. */
export type Conditions = {
  readonly fromMs: number;
  readonly toMs: number;
  /** At most one a column. */
  readonly columns: readonly ColumnCondition[];
  readonly texts: readonly TextCondition[];
  /** Entries by key; all must hold. */
  readonly keys: readonly KeyCondition[];
  /** Entries of times at which some office is at work, or (`open` false) of all others; null where either will do. */
  readonly hours: { readonly of: OfficeHours; readonly open: boolean } | null;
  /** No entry can match. */
  readonly impossible: boolean;
};

/** Decides a plan's filter on the distinct values of each dictionary, once a value and never once an entry. */
export function conditionsOf(
  plan: QueryPlan,
  dictionaries: Dictionaries,
  keySets: KeySets,
  hours: OfficeHours,
): Conditions {
  const masks = new Map<DictionaryName, IdMask>();
  const texts: TextCondition[] = [];
  let open = [true, false];
  const keys: KeyCondition[] = plan.listed === undefined ? [] : [listedKeys(plan.listed)];
  for (const condition of compileFilter(plan.filter)) {
    if (condition.kind === 'text') {
      const text = textCondition(condition, dictionaries);
      if (text !== null) texts.push(text);
      continue;
    }
    if (condition.kind === 'hours') {
      open = open.filter((one) => condition.open.includes(one) !== condition.negated);
      continue;
    }
    if (condition.kind !== 'dictionary' && condition.kind !== 'country') {
      keys.push(keySets.of(condition));
      continue;
    }
    const column = condition.kind === 'country' ? 'address' : condition.name;
    const wanted =
      condition.kind === 'country' ? inCountries(condition, dictionaries) : valuesWith(condition, dictionaries);
    const before = masks.get(column);
    for (let id = 0; id < wanted.length; id++) {
      const holds = condition.negated ? 1 - wanted[id]! : wanted[id]!;
      wanted[id] = before === undefined ? holds : holds & before[id]!;
    }
    masks.set(column, wanted);
  }
  const columns = ID_COLUMNS.flatMap((column) => {
    const mask = masks.get(column);
    // A set of all ids decides nothing.
    return mask === undefined || mask.every((one) => one === 1) ? [] : [{ column, mask }];
  });
  // The one that leaves least is looked at first, and the others only among what it left.
  const shares = new Map(
    columns.map(({ column, mask }) => [column, mask.reduce((sum, one) => sum + one, 0) / mask.length]),
  );
  columns.sort((a, b) => shares.get(a.column)! - shares.get(b.column)!);
  return {
    fromMs: plan.fromMs ?? Number.NEGATIVE_INFINITY,
    toMs: plan.toMs ?? Number.POSITIVE_INFINITY,
    columns,
    texts,
    keys,
    hours: open.length === 1 ? { of: hours, open: open[0]! } : null,
    impossible:
      open.length === 0 ||
      columns.some(({ mask }) => !mask.includes(1)) ||
      texts.some(isNever) ||
      keys.some((one) => !one.negated && one.keys.length === 0),
  };
}

function valuesWith(condition: DictionaryCondition, dictionaries: Dictionaries): IdMask {
  const dictionary = dictionaries[condition.name] as Dictionary<'actor'>;
  return dictionary.matching(condition.test as Parameters<typeof dictionary.matching>[0]);
}

function inCountries({ test }: CountryCondition, dictionaries: Dictionaries): IdMask {
  return Uint8Array.from({ length: dictionaries.address.ids }, (_none, id) =>
    test(dictionaries.countryOf(id)) ? 1 : 0,
  );
}

const SEARCHED_COLUMNS = ['actor', 'action', 'target', 'address', 'agent'] as const;

// Null where the condition holds for every entry: nothing is a part of every text.
function textCondition(
  condition: Extract<Condition, { kind: 'text' }>,
  dictionaries: Dictionaries,
): TextCondition | null {
  const needles = condition.needles.map(toSearchable);
  if (needles.includes('')) return condition.negated ? { negated: false, columns: [], needles: [] } : null;
  const columns = SEARCHED_COLUMNS.flatMap((column) => {
    const masks = needles.flatMap((needle) => dictionaries[column].containing(needle) ?? []);
    const [first, ...more] = masks;
    if (first === undefined) return [];
    for (const mask of more) for (let id = 0; id < first.length; id++) first[id]! |= mask[id]!;
    return [{ column, mask: first }];
  });
  return { negated: condition.negated, columns, needles: needles.map((needle) => Buffer.from(needle)) };
}

function isNever({ negated, columns, needles }: TextCondition): boolean {
  return !negated && columns.length === 0 && needles.length === 0;
}
