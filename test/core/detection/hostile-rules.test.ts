import { describe, expect, test } from 'vitest';
import { compileRules } from '../../../src/main/core/detection/sigma/rule-set.ts';

const HEAD = ['title: A rule', 'name: a-rule', 'level: low', 'logsource: {product: jetty, service: audit}'];
const GOOD = ['detection:', '  selection:', '    action: user.login', '  condition: selection'];
const whole = (...lines: string[]) => [...HEAD, ...lines].join('\n');
const item = (text: string) => whole('detection:', '  selection:', `    ${text}`, '  condition: selection');
const condition = (text: string) => whole('detection:', '  a: {action: x}', '  b: {action: y}', `  condition: ${text}`);
const correlation = (...lines: string[]) =>
  [
    whole(...GOOD),
    '---',
    'title: C',
    'name: c',
    'level: low',
    'correlation:',
    ...lines.map((line) => `  ${line}`),
  ].join('\n');
const counted = (text: string) => correlation('type: event_count', 'rules: [a-rule]', 'timespan: 5m', text);

// What is wrong, and a part of the sentence that says so.
const CASES: readonly (readonly [name: string, text: string, reason: RegExp])[] = [
  ['empty', '', /rule/],
  ['only a comment', '# nothing', /rule/],
  ['text', 'hello', /map of fields/],
  ['a list', '- a\n- b', /map of fields/],
  ['a number', '42', /map of fields/],
  ['a zero byte', 'title: a\0b', /zero byte/],
  ['too large', `title: "${'x'.repeat(300_000)}"`, /larger than/],
  ['a tab for indentation', 'title: a\n\tname: b', /YAML/],
  ['an open quote', 'title: "a', /YAML/],
  ['an open bracket', 'title: [a', /YAML/],
  ['a key twice', `${whole(...GOOD)}\ntitle: again`, /YAML/],
  ['an alias', `x-a: &a [1]\nx-b: *a\n${whole(...GOOD)}`, /aliases/],
  ['a billion laughs', `x-a: &a [l, l]\nx-b: &b [*a, *a, *a]\nx-c: [*b, *b, *b]\n${whole(...GOOD)}`, /aliases/],
  ['an alias to nothing', `${whole(...GOOD)}\nx-b: *nobody`, /YAML|alias/],
  ['a tag', `x-a: !!js/function "f"\n${whole(...GOOD)}`, /tag|YAML/],
  ['a local tag', `x-a: !run "f"\n${whole(...GOOD)}`, /tag|YAML/],
  ['brackets to the depths', `x-a: ${'['.repeat(5_000)}`, /nested too deeply/],
  ['indentation to the depths', Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), /deep/],
  ['deep maps', `x-a: ${'{a: '.repeat(40)}1${'}'.repeat(40)}\n${whole(...GOOD)}`, /nested deeper/],
  ['a prototype', `__proto__: {a: 1}\n${whole(...GOOD)}`, /not allowed/],
  ['a constructor', `x-a: {constructor: 1}\n${whole(...GOOD)}`, /not allowed/],
  ['a map as a key', `? {a: 1}\n: 2\n${whole(...GOOD)}`, /plain text/],
  ['a number as a key', `7: a\n${whole(...GOOD)}`, /plain text/],
  ['no title', whole(...GOOD).replace('title: A rule\n', ''), /no title/],
  ['a title that is no text', whole(...GOOD).replace('A rule', '[1]'), /must be text/],
  ['an endless title', whole(...GOOD).replace('A rule', 'x'.repeat(300)), /longer than/],
  ['neither name nor id', whole(...GOOD).replace('name: a-rule\n', ''), /neither name nor id/],
  ['a name with a path', whole(...GOOD).replace('a-rule', '../../etc'), /a name is letters/],
  ['no level', whole(...GOOD).replace('level: low\n', ''), /no level/],
  ['an unknown level', whole(...GOOD).replace('level: low', 'level: terrible'), /“terrible”/],
  ['a level from the prototype', whole(...GOOD).replace('level: low', 'level: toString'), /toString/],
  ['an unknown status', `status: fine\n${whole(...GOOD)}`, /“fine”/],
  ['an unknown field', `detections: 1\n${whole(...GOOD)}`, /“detections” is not supported/],
  ['tags that are no texts', `tags: [1]\n${whole(...GOOD)}`, /“tags”/],
  ['a version in words', `version: two\n${whole(...GOOD)}`, /whole number/],
  ['attack without a version', `attack: {technique: T1110}\n${whole(...GOOD)}`, /version of ATT&CK/],
  ['attack as text', `attack: T1110\n${whole(...GOOD)}`, /technique, name and version/],
  ['a collection', `action: global\n${whole(...GOOD)}`, /collections/],
  ['no logsource', whole(...GOOD).replace(/logsource.*\n/, ''), /no logsource/],
  ['another product', whole(...GOOD).replace('jetty', 'okta'), /must be “jetty”/],
  ['another service', whole(...GOOD).replace('service: audit', 'service: web'), /must be “audit”/],
  [
    'a logsource category',
    whole(...GOOD).replace('service: audit', 'service: audit, category: x'),
    /“category” is not supported/,
  ],
  ['half a logsource', whole(...GOOD).replace(', service: audit', ''), /logsource must be/],
  ['no detection', HEAD.join('\n'), /no detection/],
  ['a detection that is text', whole('detection: all'), /must hold selections/],
  ['no condition', whole('detection:', '  selection: {action: x}'), /no condition/],
  ['no selection', whole('detection:', '  condition: selection'), /no selection/],
  [
    'a timeframe',
    whole('detection:', '  selection: {action: x}', '  timeframe: 5m', '  condition: selection'),
    /timeframe/,
  ],
  ['a list of conditions', whole('detection:', '  a: {action: x}', '  condition: [a, a]'), /list of conditions/],
  ['a condition that is a number', condition('7'), /text/],
  ['an empty condition', condition('""'), /empty/],
  ['an unknown selection', condition('c'), /“c”/],
  ['an open parenthesis', condition('(a or b'), /parenthesis/],
  ['a stray parenthesis', condition('a)'), /“\)”/],
  ['and at the end', condition('a and'), /ends where/],
  ['two selections side by side', condition('a b'), /“b” is not understood/],
  ['not at the end', condition('a and not'), /ends where/],
  ['or at the start', condition('or a'), /“or”/],
  ['aggregation', condition("'a | count() > 5'"), /correlation/],
  ['near', condition("'a | near b'"), /correlation/],
  ['two of them', condition('2 of them'), /“2 of”/],
  ['of nobody', condition('1 of nobody*'), /“nobody\*”/],
  ['of nothing', condition('1 of'), /needs a selection/],
  ['two stars', condition('1 of *a*'), /more than one/],
  ['parentheses to the depths', condition(`${'('.repeat(80)}a${')'.repeat(80)}`), /nested deeper/],
  ['not to the depths', condition(`${'not '.repeat(80)}a`), /nested deeper/],
  ['an endless condition', condition(Array(400).fill('a').join(' or ')), /too long/],
  ['keywords', whole('detection:', '  selection: [evil, bad]', '  condition: selection'), /keywords/],
  ['an empty selection', whole('detection:', '  selection: {}', '  condition: selection'), /a selection is/],
  ['an empty list', whole('detection:', '  selection: []', '  condition: selection'), /a selection is/],
  ['a selection that is text', whole('detection:', '  selection: x', '  condition: selection'), /a selection is/],
  ['a mixed list', whole('detection:', '  selection: [{action: x}, y]', '  condition: selection'), /keywords/],
  ['an unknown field of an entry', item('user: x'), /no field “user”/],
  ['a field of the prototype', item('toString: x'), /no field “toString”/],
  ['metadata without a name', item('metadata.: x'), /no field/],
  ['a field without a name', item('"|contains": x'), /no field/],
  ['base64', item('action|base64: x'), /“base64” is not supported/],
  ['windash', item('action|windash: x'), /“windash”/],
  ['expand', item('action|expand: "%x%"'), /“expand”/],
  ['an invented modifier', item('action|sounds-like: x'), /“sounds-like”/],
  ['a modifier twice', item('action|contains|contains: x'), /twice/],
  ['two ways to compare', item('action|contains|startswith: x'), /do not go together/],
  ['all of one', item('action|contains|all: x'), /“all” needs a list/],
  ['contains nothing', item('action|contains: null'), /needs a value/],
  ['no values', item('action: []'), /no value/],
  ['a map as a value', item('action: {a: 1}'), /a value is/],
  ['a list in a list', item('action: [[x]]'), /a value is/],
  ['an endless value', item(`action|contains: ${'x'.repeat(2_000)}`), /longer than/],
  ['exists perhaps', item('address|exists: perhaps'), /true or false/],
  ['greater than a word', item('metadata.n|gt: many'), /takes a number/],
  ['greater than infinity', item('metadata.n|gt: .inf'), /a value is|takes a number/],
  ['a network that is none', item('address|cidr: 300.0.0.0/8'), /no network/],
  ['a prefix too long', item('address|cidr: 10.0.0.0/99'), /no network/],
  ['an open group', item('action|re: "(a"'), /regular expression/],
  ['a back reference', item("action|re: '(a)\\1'"), /regular expression/],
  ['looking ahead', item("action|re: 'a(?=b)'"), /regular expression/],
  ['looking behind', item("action|re: '(?<=a)b'"), /regular expression/],
  ['endless repetition', item("action|re: 'a{1,100000}'"), /regular expression/],
  ['an endless expression', item(`action|re: '${'a'.repeat(1_500)}'`), /longer than/],
  ['an empty expression', item("action|re: ''"), /regular expression/],
  ['a flag without an expression', item('action|i: x'), /belongs to “re”/],
  ['cased numbers', item('metadata.n|gt|cased: 1'), /“cased”/],
  ['a reference to no field', item('actor.id|fieldref: nobody.id'), /no field “nobody.id”/],
  ['a reference to a number', item('actor.id|fieldref: 7'), /name of a field/],
  [
    'detection and correlation',
    `${whole(...GOOD)}\ncorrelation: {type: event_count}`,
    /either detection or correlation/,
  ],
  ['a correlation that is text', correlation().replace('correlation:', 'correlation: x'), /must be a map/],
  [
    'an unknown correlation',
    correlation('type: value_sum', 'rules: [a-rule]', 'timespan: 5m', 'condition: {gte: 2}'),
    /“value_sum”/,
  ],
  ['no rules', correlation('type: event_count', 'timespan: 5m', 'condition: {gte: 2}'), /names no rules/],
  [
    'a rule that is not there',
    correlation('type: event_count', 'rules: [nobody]', 'timespan: 5m', 'condition: {gte: 2}'),
    /“nobody”/,
  ],
  [
    'a correlation of itself',
    correlation('type: event_count', 'rules: [c]', 'timespan: 5m', 'condition: {gte: 2}'),
    /chains/,
  ],
  ['no timespan', correlation('type: event_count', 'rules: [a-rule]', 'condition: {gte: 2}'), /timespan/],
  [
    'a timespan in months',
    correlation('type: event_count', 'rules: [a-rule]', 'timespan: 5M', 'condition: {gte: 2}'),
    /timespan/,
  ],
  [
    'no time at all',
    correlation('type: event_count', 'rules: [a-rule]', 'timespan: 0s', 'condition: {gte: 2}'),
    /timespan/,
  ],
  [
    'a thousand years',
    correlation('type: event_count', 'rules: [a-rule]', 'timespan: 365000d', 'condition: {gte: 2}'),
    /timespan/,
  ],
  ['no count', correlation('type: event_count', 'rules: [a-rule]', 'timespan: 5m'), /needs a condition/],
  ['a count in words', counted('condition: {gte: many}'), /whole number/],
  ['a count of nothing', counted('condition: {gte: 0}'), /between 1 and/],
  ['a count beyond reason', counted('condition: {gte: 10000000}'), /between 1 and/],
  ['fewer than', counted('condition: {lt: 5}'), /“lt” is not supported/],
  ['exactly', counted('condition: {eq: 5}'), /“eq” is not supported/],
  ['an empty count', counted('condition: {}'), /no comparison/],
  ['a field to count events by', counted('condition: {gte: 2, field: address}'), /value_count/],
  [
    'values of no field',
    correlation('type: value_count', 'rules: [a-rule]', 'timespan: 5m', 'condition: {gte: 2}'),
    /needs a field/,
  ],
  [
    'values of an unknown field',
    correlation('type: value_count', 'rules: [a-rule]', 'timespan: 5m', 'condition: {gte: 2, field: who}'),
    /no field “who”/,
  ],
  [
    'a group of an unknown field',
    correlation('type: event_count', 'rules: [a-rule]', 'group-by: [who]', 'timespan: 5m', 'condition: {gte: 2}'),
    /“who”/,
  ],
  [
    'an unknown correlation field',
    correlation('type: event_count', 'rules: [a-rule]', 'timespan: 5m', 'window: tumbling', 'condition: {gte: 2}'),
    /“window”/,
  ],
  ['an order of one', correlation('type: temporal_ordered', 'rules: [a-rule]', 'timespan: 5m'), /at least two/],
  [
    'a count of an order',
    correlation('type: temporal', 'rules: [a-rule, b]', 'timespan: 5m', 'condition: {gte: 2}'),
    /not supported for temporal/,
  ],
  [
    'an alias for no rule',
    correlation(
      'type: event_count',
      'rules: [a-rule]',
      'timespan: 5m',
      'condition: {gte: 2}',
      'aliases: {who: {other: actor.id}}',
    ),
    /does not use/,
  ],
  [
    'an alias of no field',
    correlation(
      'type: event_count',
      'rules: [a-rule]',
      'timespan: 5m',
      'condition: {gte: 2}',
      'aliases: {who: {a-rule: nobody}}',
    ),
    /no field “nobody”/,
  ],
  [
    'an alias as text',
    correlation(
      'type: event_count',
      'rules: [a-rule]',
      'timespan: 5m',
      'condition: {gte: 2}',
      'aliases: {who: actor.id}',
    ),
    /for each rule/,
  ],
  ['two rules of one name', `${whole(...GOOD)}\n---\n${whole(...GOOD)}`, /is taken/],
  ['an endless number of rules', Array.from({ length: 300 }, () => 'a: 1').join('\n---\n'), /more than 200/],
];

describe('rule files that cannot be used', () => {
  test('are a hundred and more', () => expect(CASES.length).toBeGreaterThanOrEqual(100));

  test.each(CASES)('%s: an error with file, line and reason', (_name, text, reason) => {
    const { problems, rules } = compileRules([{ file: 'mine.yml', text }]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ file: 'mine.yml', reason: expect.stringMatching(reason) });
    expect(problems[0]?.line).toBeGreaterThanOrEqual(1);
    expect(rules.correlations).toEqual([]);
  });

  test('name the rule and the very line', () => {
    const { problems } = compileRules([{ file: 'mine.yml', text: item('action|windash: x') }]);
    expect(problems[0]).toMatchObject({ rule: 'a-rule', line: 7 });
  });

  test('do not keep others from being used', () => {
    const { problems, rules } = compileRules([
      { file: 'bad.yml', text: '][' },
      { file: 'good.yml', text: whole(...GOOD) },
    ]);
    expect(problems).toHaveLength(1);
    expect(rules.entryRules).toHaveLength(1);
  });
});
