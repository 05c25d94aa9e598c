import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';

// What may stand in a rule; docs/detection.md says what each means. The validator has the last word.

const KEYS: readonly (readonly [name: string, what: string])[] = [
  ['title', 'what the finding is called'],
  ['name', 'the rule’s id'],
  ['level', 'informational, low, medium, high or critical'],
  ['description', 'what the rule looks for'],
  ['logsource', '{product: jetty, service: audit}'],
  ['detection', 'selections and their condition'],
  ['condition', 'how the selections go together'],
  ['selection', 'what must hold'],
  ['filter', 'what must not, after “not”'],
  ['why', 'one sentence; {actor}, {target}, {time}, {address}'],
  ['falsepositives', 'when this is no attack'],
  ['runbook', 'what to do first'],
  ['controls', 'of SOC 2, ISO 27001 and the like'],
  ['attack', '{technique, name, version} of ATT&CK'],
  ['correlation', 'counts or orders what other rules match'],
  ['version', 'a number, raised with every change'],
];

const FIELDS: readonly (readonly [name: string, what: string])[] = [
  ['action', 'as Jetty writes it'],
  ['meaning', 'what the action means, however it is spelt'],
  ['category', 'authentication, tunnel, team, billing, security'],
  ['outcome', 'success or failure'],
  ['reading', 'what the entry says happened, from its values'],
  ['actor.id', ''],
  ['actor.name', ''],
  ['actor.email', ''],
  ['actor.key', 'whatever names the actor'],
  ['account', 'the account that is signed in to'],
  ['target.type', ''],
  ['target.id', ''],
  ['target.name', ''],
  ['target.key', 'whatever names the target'],
  ['target.is_actor', 'true where they are one'],
  ['address', 'the IP address'],
  ['network', 'its /24 or /64'],
  ['agent', 'the user agent'],
  ['team.id', ''],
  ['team.name', ''],
  ['change.from', 'the value before'],
  ['change.to', 'the value after'],
  ['metadata.', 'and a path'],
];

const MODIFIERS: readonly (readonly [name: string, what: string])[] = [
  ['contains', ''],
  ['startswith', ''],
  ['endswith', ''],
  ['all', 'every value of the list'],
  ['re', 'a regular expression (RE2)'],
  ['cidr', 'a network'],
  ['exists', 'true or false'],
  ['gt', 'greater'],
  ['gte', ''],
  ['lt', 'less'],
  ['lte', ''],
  ['cased', 'upper and lower case differ'],
  ['fieldref', 'the value of another field'],
];

const options = (words: readonly (readonly [string, string])[], type: string, after: string): Completion[] =>
  words.map(([label, detail]) => ({
    label,
    detail,
    type,
    apply: label.endsWith('.') || after === '' ? label : `${label}${after}`,
  }));

/** Offers keys and fields at the start of a line, and modifiers after a bar. */
export function completeRule(context: CompletionContext): CompletionResult | null {
  const modifier = context.matchBefore(/\|\w*/);
  if (modifier) return { from: modifier.from + 1, options: options(MODIFIERS, 'keyword', ''), validFor: /^\w*$/ };
  const word = context.matchBefore(/^[\s-]*[\w.]*/);
  if (!word || (word.text.trim() === '' && !context.explicit)) return null;
  const from = word.to - (/[\w.]*$/.exec(word.text)?.[0].length ?? 0);
  const indented = from > context.state.doc.lineAt(from).from;
  const offered = indented
    ? [...options(FIELDS, 'property', ': '), ...options(KEYS, 'keyword', ': ')]
    : options(KEYS, 'keyword', ': ');
  return { from, options: offered, validFor: /^[\w.]*$/ };
}
