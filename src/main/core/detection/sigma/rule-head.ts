import { isMap, type YAMLMap } from 'yaml';
import type { RuleInfo, Severity, Technique } from '../../../../shared/finding.ts';
import type { Common } from './compiled-rule.ts';
import type { RuleDocument } from './rule-file.ts';
import { nodeAt, textAt, textsAt } from './rule-nodes.ts';

const LEVELS: Readonly<Record<string, Severity>> = {
  informational: 'info',
  low: 'low',
  medium: 'medium',
  high: 'high',
  critical: 'critical',
};
const NAME = /^[a-z0-9][a-z0-9_.-]{0,99}$/i;

/** What a rule says of itself: name, level, technique, controls. */
export function commonOf(document: RuleDocument): Common {
  const { root, stop } = document;
  const title = textAt(document, root, 'title', 256) ?? stop(root, 'the rule has no title');
  const uuid = textAt(document, root, 'id', 100);
  const id = textAt(document, root, 'name', 100) ?? uuid ?? stop(root, 'the rule has neither name nor id');
  if (!NAME.test(id))
    stop(nodeAt(root, root.has('name') ? 'name' : 'id'), 'a name is letters, digits, “-”, “_” and “.”');
  const level = textAt(document, root, 'level', 20) ?? stop(root, 'the rule has no level');
  const severity = Object.hasOwn(LEVELS, level)
    ? (LEVELS[level] as Severity)
    : stop(nodeAt(root, 'level'), `the level “${level}” is not one of ${Object.keys(LEVELS).join(', ')}`);
  if (
    root.has('status') &&
    !['stable', 'test', 'experimental', 'deprecated', 'unsupported'].includes(String(root.get('status')))
  )
    stop(nodeAt(root, 'status'), `the status “${String(root.get('status'))}” is not a Sigma status`);
  textsAt(document, root, 'tags');
  const version = root.has('version') ? root.get('version') : 1;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    stop(nodeAt(root, 'version'), '“version” must be a whole number');
  const runbook = textAt(document, root, 'runbook');
  const info: RuleInfo = {
    id,
    title,
    description: textAt(document, root, 'description', 4_000) ?? title,
    severity,
    technique: techniqueOf(document),
    controls: textsAt(document, root, 'controls'),
    enabled: !['deprecated', 'unsupported'].includes(String(root.get('status'))),
    version: version as number,
    falsePositives: textsAt(document, root, 'falsepositives'),
    ...(runbook === null ? {} : { runbook }),
  };
  return {
    info,
    document,
    uuid,
    why: textAt(document, root, 'why'),
    hidden: root.get('hidden') === true,
    novelty: root.get('novelty') === true,
    node: root,
  };
}

function techniqueOf(document: RuleDocument): Technique | null {
  const { root, stop } = document;
  if (!root.has('attack')) {
    const tag = textsAt(document, root, 'tags').find((one) => /^attack\.t\d{4}/i.test(one));
    return tag === undefined
      ? null
      : {
          id: tag.slice('attack.'.length).toUpperCase(),
          name: tag.slice('attack.'.length).toUpperCase(),
          attackVersion: 'unnamed',
        };
  }
  const attack = nodeAt(root, 'attack');
  if (!isMap(attack)) return stop(attack, '“attack” has technique, name and version');
  const [id, name, attackVersion] = ['technique', 'name', 'version'].map((part) =>
    textAt(document, attack as YAMLMap, part, 120),
  );
  if (!id || !name || !attackVersion || !/^T\d{4}(\.\d{3})?$/.test(id))
    return stop(attack, '“attack” needs a technique such as T1110.001, its name and the version of ATT&CK in quotes');
  return { id, name, attackVersion };
}
