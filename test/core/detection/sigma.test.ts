import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, parseCondition } from '../../../src/main/core/detection/sigma/condition.ts';
import { compileItem } from '../../../src/main/core/detection/sigma/matcher.ts';
import { compileRules } from '../../../src/main/core/detection/sigma/rule-set.ts';
import { runRules } from '../../../src/main/core/detection/sigma/run-rules.ts';
import { type FieldValue, subjectOf } from '../../../src/main/core/detection/subject.ts';
import type { EntryRow } from '../../../src/shared/entry.ts';

function subject(action: string, metadata: object = {}, more: Partial<EntryRow> = {}) {
  const row: EntryRow = {
    id: `${more.key ?? 0}`,
    key: 0,
    ts: 0,
    actor: null,
    action,
    target: null,
    address: null,
    agent: null,
    team: null,
    ...more,
  };
  return subjectOf(row, () => JSON.stringify({ metadata }));
}
const fits = (key: string, values: FieldValue | FieldValue[], of: ReturnType<typeof subject>) =>
  compileItem(key, [values].flat()).matches(of);

describe('modifiers', () => {
  const of = subject(
    'team.Member_Added',
    { n: 7, tags: ['red', 'blue'], deep: { path: 'C:\\x' }, empty: null },
    {
      address: '10.1.2.3',
      actor: { id: 'u1', name: 'Ana', email: null },
      target: { type: 'user', id: 'u1', name: 'x' },
    },
  );

  test.each<[string, FieldValue | FieldValue[], boolean]>([
    ['action', 'team.member_added', true],
    ['action', 'team.*', true],
    ['action', 'team.?ember_added', true],
    ['action', 'team.\\*', false],
    ['action|cased', 'team.member_added', false],
    ['action|contains', 'MEMBER', true],
    ['action|contains|cased', 'MEMBER', false],
    ['action|startswith', 'team', true],
    ['action|endswith', 'team', false],
    ['action|contains|all', ['team', 'added'], true],
    ['action|contains|all', ['team', 'removed'], false],
    ['action|re', '^team\\.[A-Z]', true],
    ['action|re', '^TEAM', false],
    ['action|re|i', '^TEAM', true],
    ['address|cidr', '10.0.0.0/8', true],
    ['address|cidr', '2001:db8::/32', false],
    ['metadata.n|gt', 6, true],
    ['metadata.n|gte', 7, true],
    ['metadata.n|lt', 7, false],
    ['metadata.n|lte', 7, true],
    ['metadata.tags', 'blue', true],
    ['metadata.tags|contains|all', ['red', 'blue'], true],
    ['metadata.deep.path|endswith', '\\x', true],
    ['metadata.empty', null, true],
    ['metadata.absent', null, true],
    ['metadata.n|exists', true, true],
    ['metadata.absent|exists', false, true],
    ['actor.id|fieldref', 'target.id', true],
    ['actor.name|fieldref', 'target.name', false],
    ['target.is_actor', true, true],
    ['category', 'team', true],
    ['meaning', 'role_changed', false],
  ])('%s: %j is %s', (key, values, wanted) => expect(fits(key, values, of)).toBe(wanted));

  test('an expression that hangs others takes a time linear in the text', () => {
    const evil = subject(`${'a'.repeat(100_000)}!`);
    expect(fits('action|re', '^(a+)+$', evil)).toBe(false);
  });
});

describe('conditions', () => {
  test('are read as a plain reading of the same words reads them', () => {
    const words = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('a', 'b', 'c'),
        tie('node').map((one) => `not (${one})`),
        fc.tuple(tie('node'), fc.constantFrom('and', 'or'), tie('node')).map(([l, op, r]) => `(${l} ${op} ${r})`),
      ),
    })).node;
    fc.assert(
      fc.property(words, fc.record({ a: fc.boolean(), b: fc.boolean(), c: fc.boolean() }), (text, truth) => {
        const plain = new Function(
          'a',
          'b',
          'c',
          `return ${text.replaceAll('not', '!').replaceAll('and', '&&').replaceAll('or', '||')}`,
        ) as (...x: boolean[]) => boolean;
        expect(evaluate(parseCondition(text, ['a', 'b', 'c']), (name) => truth[name as 'a'])).toBe(
          plain(truth.a, truth.b, truth.c),
        );
      }),
    );
  });

  test('and binds tighter than or; 1 of and all of take patterns', () => {
    const names = ['sel_a', 'sel_b', '_hidden'];
    const holds = (text: string, ...true_: string[]) =>
      evaluate(parseCondition(text, names), (name) => true_.includes(name));
    expect(holds('sel_a or sel_b and _hidden', 'sel_a')).toBe(true);
    expect(holds('1 of sel_*', 'sel_b')).toBe(true);
    expect(holds('all of sel_*', 'sel_b')).toBe(false);
    expect(holds('all of them', 'sel_a', 'sel_b')).toBe(true);
    expect(holds('not 1 of sel_*', '_hidden')).toBe(true);
  });
});

describe('correlations', () => {
  const base = (name: string, action: string) =>
    `title: ${name}\nname: ${name}\nlevel: low\nlogsource: {product: jetty, service: audit}\ndetection:\n  s: {action: ${action}}\n  condition: s`;
  const run = (
    correlation: string,
    events: readonly [minute: number, action: string, who?: string, target?: string][],
  ) => {
    const text = [
      base('a', 'x.a'),
      base('b', 'x.b'),
      base('c', 'x.c'),
      `title: C\nname: corr\nlevel: high\ncorrelation: ${correlation}`,
    ].join('\n---\n');
    const { rules, problems } = compileRules([{ file: 'f.yml', text }]);
    expect(problems).toEqual([]);
    const started = runRules(rules, 'UTC', (id) => id === 'corr');
    events.forEach(([minute, action, who = 'u', target = 't'], key) => {
      const seen = subject(
        action,
        {},
        {
          key,
          ts: minute * 60_000,
          actor: { id: who, name: who, email: null },
          target: { type: null, id: target, name: target },
        },
      );
      for (const judge of started.judges(action)) judge.see(seen);
    });
    return started.hits().map((hit) => hit.entries.map((row) => row.key));
  };

  test('a window slides: no burst is missed for where it begins', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 25 }), (minutes) => {
        const sorted = [...minutes].sort((x, y) => x - y);
        const hits = run(
          '{type: event_count, rules: [a], group-by: [actor.id], timespan: 10m, condition: {gte: 4}}',
          sorted.map((minute) => [minute, 'x.a']),
        );
        const inBurst = sorted.some((minute, i) => i >= 3 && minute - (sorted[i - 3] as number) <= 10);
        expect(hits.length > 0).toBe(inBurst);
        const told = new Set(hits.flat());
        sorted.forEach((minute, i) => {
          if (i >= 3 && minute - (sorted[i - 3] as number) <= 10)
            for (const k of [i - 3, i - 2, i - 1, i]) expect(told.has(k)).toBe(true);
        });
      }),
    );
  });

  test('groups are apart; distinct values are counted, not entries', () => {
    const byTarget =
      '{type: value_count, rules: [a], group-by: [actor.id], timespan: 10m, condition: {field: target.id, gte: 3}}';
    expect(
      run(byTarget, [
        [0, 'x.a', 'u', '1'],
        [1, 'x.a', 'u', '1'],
        [2, 'x.a', 'u', '2'],
      ]),
    ).toEqual([]);
    expect(
      run(byTarget, [
        [0, 'x.a', 'u', '1'],
        [1, 'x.a', 'v', '2'],
        [2, 'x.a', 'u', '3'],
      ]),
    ).toEqual([]);
    expect(
      run(byTarget, [
        [0, 'x.a', 'u', '1'],
        [1, 'x.a', 'u', '2'],
        [10, 'x.a', 'u', '3'],
      ]),
    ).toEqual([[0, 1, 2]]);
  });

  test('temporal takes any order, temporal_ordered only its own', () => {
    const of = (type: string) => `{type: ${type}, rules: [a, b, c], group-by: [actor.id], timespan: 10m}`;
    const turned: [number, string][] = [
      [0, 'x.c'],
      [1, 'x.b'],
      [2, 'x.a'],
    ];
    expect(run(of('temporal'), turned)).toEqual([[0, 1, 2]]);
    expect(run(of('temporal_ordered'), turned)).toEqual([]);
    expect(
      run(of('temporal_ordered'), [
        [0, 'x.a'],
        [1, 'x.b'],
        [10, 'x.c'],
      ]),
    ).toEqual([[0, 1, 2]]);
    expect(
      run(of('temporal_ordered'), [
        [0, 'x.a'],
        [1, 'x.b'],
        [10.1, 'x.c'],
      ]),
    ).toEqual([]);
  });

  test('an alias joins the actor of one rule with the target of another', () => {
    const alias =
      '{type: temporal_ordered, rules: [a, b], group-by: [person], timespan: 10m, aliases: {person: {a: target.id, b: actor.id}}}';
    expect(
      run(alias, [
        [0, 'x.a', 'boss', 'rui'],
        [1, 'x.b', 'rui'],
      ]),
    ).toEqual([[0, 1]]);
    expect(
      run(alias, [
        [0, 'x.a', 'boss', 'rui'],
        [1, 'x.b', 'boss'],
      ]),
    ).toEqual([]);
  });
});
