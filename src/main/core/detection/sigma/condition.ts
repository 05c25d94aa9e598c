/** A condition over named selections. */
export type Condition =
  | { readonly kind: 'selection'; readonly name: string }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] };

const DEEPEST = 50;

/**
 * Parses a Sigma condition (`selection and not 1 of filter_*`) as the Sigma specification 2.0 describes it, save for
 * aggregation after a pipe, which Sigma itself has given up for correlations. Throws an `Error` with the reason.
 */
export function parseCondition(text: string, names: readonly string[]): Condition {
  if (text.includes('|')) throw new Error('aggregation after “|” is not supported: write a correlation rule');
  const tokens = text.match(/\(|\)|[^\s()]+/g) ?? [];
  if (tokens.length > 500) throw new Error('the condition is too long');
  let at = 0;
  let depth = 0;
  const peek = () => tokens[at]?.toLowerCase();

  const several = (kind: 'and' | 'or', next: () => Condition): Condition => {
    const parts = [next()];
    while (peek() === kind) {
      at++;
      parts.push(next());
    }
    return parts.length === 1 ? (parts[0] as Condition) : { kind, of: parts };
  };
  const or = (): Condition => several('or', and);
  const and = (): Condition => several('and', not);
  const not = (): Condition => {
    if (++depth > DEEPEST) throw new Error(`the condition is nested deeper than ${DEEPEST} levels`);
    try {
      if (peek() !== 'not') return primary();
      at++;
      return { kind: 'not', of: not() };
    } finally {
      depth--;
    }
  };
  const primary = (): Condition => {
    const token = tokens[at++];
    if (token === undefined) throw new Error('the condition ends where a selection is expected');
    if (token === '(') {
      const inner = or();
      if (tokens[at++] !== ')') throw new Error('a parenthesis is not closed');
      return inner;
    }
    const folded = token.toLowerCase();
    if ((folded === 'all' || /^\d+$/.test(folded)) && peek() === 'of') {
      if (folded !== 'all' && folded !== '1')
        throw new Error(`“${token} of” is not supported: only “1 of” and “all of”`);
      at++;
      return quantified(folded === 'all' ? 'and' : 'or', tokens[at++], names);
    }
    if (token === ')' || ['and', 'or', 'of'].includes(folded))
      throw new Error(`“${token}” stands where a selection is expected`);
    if (!names.includes(token)) throw new Error(`there is no selection called “${token}”`);
    return { kind: 'selection', name: token };
  };

  if (tokens.length === 0) throw new Error('the condition is empty');
  const whole = or();
  if (at < tokens.length) throw new Error(`“${tokens[at]}” is not understood here`);
  return whole;
}

function quantified(kind: 'and' | 'or', pattern: string | undefined, names: readonly string[]): Condition {
  if (pattern === undefined) throw new Error('“of” needs a selection’s name after it');
  const parts = pattern.split('*');
  const fits = (name: string) =>
    pattern.toLowerCase() === 'them' ||
    (parts.length === 1
      ? name === pattern
      : name.startsWith(parts[0] ?? '') &&
        name.endsWith(parts.at(-1) ?? '') &&
        name.length >= pattern.length - (parts.length - 1));
  if (parts.length > 2) throw new Error(`“${pattern}” has more than one “*”`);
  // As Sigma says: names that begin with an underscore are left out of “them”.
  const chosen = names.filter((name) => fits(name) && !(pattern.toLowerCase() === 'them' && name.startsWith('_')));
  if (chosen.length === 0) throw new Error(`no selection is called “${pattern}”`);
  return { kind, of: chosen.map((name) => ({ kind: 'selection', name })) };
}

/** Three-valued: null is “not known yet”. */
export type Verdict = boolean | null;

/** Evaluates a condition where some selections may not be decidable yet. */
export function evaluate(condition: Condition, selection: (name: string) => Verdict): Verdict {
  if (condition.kind === 'selection') return selection(condition.name);
  if (condition.kind === 'not') {
    const inner = evaluate(condition.of, selection);
    return inner === null ? null : !inner;
  }
  const decisive = condition.kind === 'or';
  let unknown = false;
  for (const part of condition.of) {
    const verdict = evaluate(part, selection);
    if (verdict === decisive) return decisive;
    unknown ||= verdict === null;
  }
  return unknown ? null : !decisive;
}
