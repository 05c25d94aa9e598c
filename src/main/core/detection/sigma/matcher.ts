import ipaddr from 'ipaddr.js';
import { RE2JS } from 're2js';
import { type Field, type FieldValue, fieldNamed, type Subject } from '../subject.ts';

/** Whether a subject's field fits. */
export type Matcher = (subject: Subject) => boolean;

const COMPARE = [
  'contains',
  'startswith',
  'endswith',
  're',
  'cidr',
  'exists',
  'gt',
  'gte',
  'lt',
  'lte',
  'fieldref',
] as const;
const ADJUST = ['all', 'cased', 'i', 'm', 's'] as const;
const LONGEST_PATTERN = 1_000;

type Test = (value: FieldValue, subject: Subject) => boolean;

/** One `field|modifier: values` of a selection, compiled. Throws an `Error` with the reason. */
export function compileItem(
  key: string,
  values: readonly FieldValue[],
): { readonly field: Field; readonly matches: Matcher } {
  const [name = '', ...modifiers] = key.split('|');
  const field = fieldNamed(name);
  if (field === null) throw new Error(`there is no field “${name}”`);
  for (const modifier of modifiers) {
    if (![...COMPARE, ...ADJUST].some((known) => known === modifier))
      throw new Error(`the modifier “${modifier}” is not supported`);
  }
  if (new Set(modifiers).size !== modifiers.length) throw new Error(`a modifier of “${key}” is named twice`);
  const compare = COMPARE.filter((one) => modifiers.includes(one));
  const [how] = compare;
  // Sigma lets `fieldref` stand with a way to compare; everything else contradicts itself.
  if (
    compare.length > 1 &&
    !(
      compare.length === 2 &&
      compare.includes('fieldref') &&
      ['contains', 'startswith', 'endswith'].includes(compare[0] ?? '')
    )
  )
    throw new Error(`the modifiers ${compare.join(' and ')} do not go together`);
  if (values.length === 0) throw new Error(`“${key}” has no value`);
  const flags = modifiers.filter((one) => one === 'i' || one === 'm' || one === 's');
  if (flags.length > 0 && how !== 're') throw new Error(`the modifier “${flags[0]}” belongs to “re”`);
  const cased = modifiers.includes('cased');
  if (cased && how !== undefined && !['contains', 'startswith', 'endswith', 'fieldref'].includes(how))
    throw new Error(`“cased” does not go with “${how}”`);
  if (how === 'exists') {
    const [wanted] = values;
    if (values.length !== 1 || typeof wanted !== 'boolean') throw new Error('“exists” takes true or false');
    const exists: Matcher = (subject) => field.get(subject).some((value) => value !== null) === wanted;
    return { field, matches: exists };
  }
  const tests = values.map((value) => testOf(value, compare, cased, flags));
  const depth = compare.includes('fieldref')
    ? deepest([field, ...values.map((value) => fieldNamed(String(value)) as Field)])
    : field.depth;
  const all = modifiers.includes('all');
  if (all && values.length < 2) throw new Error('“all” needs a list of values');
  const fits = (test: Test, subject: Subject): boolean => {
    const held = field.get(subject);
    return held.length === 0 ? test(null, subject) : held.some((value) => test(value, subject));
  };
  const matches: Matcher = all
    ? (subject) => tests.every((test) => fits(test, subject))
    : (subject) => tests.some((test) => fits(test, subject));
  return { field: { ...field, depth }, matches };
}

function deepest(fields: readonly Field[]): Field['depth'] {
  return fields.some((one) => one.depth === 'metadata')
    ? 'metadata'
    : fields.some((one) => one.depth === 'row')
      ? 'row'
      : 'action';
}

function testOf(value: FieldValue, compare: readonly string[], cased: boolean, flags: readonly string[]): Test {
  const how = compare.find((one) => one !== 'fieldref');
  if (compare.includes('fieldref')) {
    if (typeof value !== 'string') throw new Error('“fieldref” takes the name of a field');
    const other = fieldNamed(value);
    if (other === null) throw new Error(`there is no field “${value}”`);
    return (held, subject) =>
      held !== null &&
      other.get(subject).some((theirs) => theirs !== null && textTest(String(theirs), how, cased, false)(held));
  }
  switch (how) {
    case 're':
      return patternTest(value, flags);
    case 'cidr':
      return networkTest(value);
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return numberTest(value, how);
    default:
      if (value === null) {
        if (how !== undefined) throw new Error(`“${how}” needs a value`);
        return (held) => held === null || held === '';
      }
      return textTest(String(value), how, cased, true);
  }
}

// Sigma's plain strings: `*` any run, `?` one character, a backslash before either makes it literal; case does not count.
function textTest(
  wanted: string,
  how: string | undefined,
  cased: boolean,
  wildcards: boolean,
): (held: FieldValue) => boolean {
  const fold = (text: string) => (cased ? text : text.toLowerCase());
  const hasWildcard = wildcards && /(?<!\\)[*?]/.test(wanted);
  if (wanted.length > LONGEST_PATTERN) throw new Error(`a value is longer than ${LONGEST_PATTERN} characters`);
  if (!hasWildcard) {
    const plain = fold(wildcards ? wanted.replace(/\\([*?\\])/g, '$1') : wanted);
    if (how === 'contains') return (held) => held !== null && fold(String(held)).includes(plain);
    if (how === 'startswith') return (held) => held !== null && fold(String(held)).startsWith(plain);
    if (how === 'endswith') return (held) => held !== null && fold(String(held)).endsWith(plain);
    return (held) => held !== null && fold(String(held)) === plain;
  }
  let pattern = '';
  for (let i = 0; i < wanted.length; i++) {
    const char = wanted[i] as string;
    if (char === '\\' && /[*?\\]/.test(wanted[i + 1] ?? '')) pattern += RE2JS.quote(wanted[++i] as string);
    else pattern += char === '*' ? '.*' : char === '?' ? '.' : RE2JS.quote(char);
  }
  const open = how === 'contains' || how === 'endswith' ? '.*' : '';
  const close = how === 'contains' || how === 'startswith' ? '.*' : '';
  const compiled = RE2JS.compile(`${open}${pattern}${close}`, RE2JS.DOTALL | (cased ? 0 : RE2JS.CASE_INSENSITIVE));
  return (held) => held !== null && compiled.matches(String(held));
}

// Linear in the text whatever the expression: an entry's text is written by strangers, and so may a rule be.
function patternTest(value: FieldValue, flags: readonly string[]): Test {
  if (typeof value !== 'string' || value === '') throw new Error('“re” takes a regular expression');
  if (value.length > LONGEST_PATTERN)
    throw new Error(`a regular expression is longer than ${LONGEST_PATTERN} characters`);
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(
      value,
      (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) |
        (flags.includes('m') ? RE2JS.MULTILINE : 0) |
        (flags.includes('s') ? RE2JS.DOTALL : 0),
    );
  } catch (error) {
    throw new Error(`the regular expression is not supported: ${(error as Error).message}`);
  }
  return (held) => held !== null && compiled.matcher(String(held)).find();
}

function networkTest(value: FieldValue): Test {
  let range: ReturnType<typeof ipaddr.parseCIDR>;
  try {
    range = ipaddr.parseCIDR(String(value));
  } catch {
    throw new Error(`“${value}” is no network such as 192.0.2.0/24`);
  }
  return (held) => {
    if (typeof held !== 'string' || !ipaddr.isValid(held)) return false;
    const address = ipaddr.process(held);
    return address.kind() === range[0].kind() && address.match(range);
  };
}

function numberTest(value: FieldValue, how: 'gt' | 'gte' | 'lt' | 'lte'): Test {
  const limit = typeof value === 'number' ? value : Number.NaN;
  if (!Number.isFinite(limit)) throw new Error(`“${how}” takes a number`);
  return (held) => {
    if (held === null || held === '' || typeof held === 'boolean') return false;
    const number = Number(held);
    if (Number.isNaN(number)) return false;
    return how === 'gt'
      ? number > limit
      : how === 'gte'
        ? number >= limit
        : how === 'lt'
          ? number < limit
          : number <= limit;
  };
}
