import { isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, type YAMLMap } from 'yaml';

/** A rule file that cannot be used: where and why. `line` counts from 1. */
export type RuleProblem = {
  readonly file: string;
  readonly rule: string | null;
  readonly line: number;
  readonly reason: string;
};

/** Carries a problem out of the depths of a rule. */
export class RuleProblemError extends Error {
  readonly problem: RuleProblem;

  constructor(problem: RuleProblem) {
    super(problem.reason);
    this.name = 'RuleProblemError';
    this.problem = problem;
  }
}

/** One YAML document of a rule file with what is needed to say where something stands in it. */
export type RuleDocument = {
  readonly file: string;
  readonly root: YAMLMap;
  /** The document's own text. */
  readonly text: string;
  /** The rule's name, as soon as it is known. */
  readonly rule: string | null;
  lineOf(node: unknown): number;
  /** Stops with a problem at a node. */
  stop(node: unknown, reason: string): never;
};

// A rule is a page of text. More is a mistake or an attack.
const LONGEST = 256 * 1024;
const DEEPEST = 20;
const MOST_DOCUMENTS = 200;

/** The documents of a rule file. Throws a `RuleProblemError`. */
export function documentsOf(file: string, text: string): readonly RuleDocument[] {
  const lines = new LineCounter();
  const at = (node: unknown): number => {
    const range = (node as Node | null | undefined)?.range;
    return range ? lines.linePos(range[0]).line : 1;
  };
  const stop = (rule: string | null, line: number, reason: string): never => {
    throw new RuleProblemError({ file, rule, line, reason });
  };
  if (text.length > LONGEST) stop(null, 1, `the file is larger than ${LONGEST / 1024} KB`);
  if (text.includes('\0')) stop(null, 1, 'the file holds a zero byte and is no text');
  refuseDepth(text, (line, reason) => stop(null, line, reason));
  let documents: ReturnType<typeof parseAllDocuments>;
  try {
    documents = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: true, merge: false, version: '1.2' });
  } catch (error) {
    return stop(null, 1, `not readable as YAML: ${(error as Error).message.split('\n')[0]}`);
  }
  if (!Array.isArray(documents) || documents.length === 0) return stop(null, 1, 'the file holds no rule');
  if (documents.length > MOST_DOCUMENTS) return stop(null, 1, `the file holds more than ${MOST_DOCUMENTS} rules`);
  return documents.map((document) => {
    const error = document.errors[0] ?? document.warnings[0];
    if (error) stop(null, error.linePos?.[0].line ?? 1, `not readable as YAML: ${error.message.split('\n')[0]}`);
    const root = document.contents;
    if (!isMap(root)) return stop(null, at(root), 'a rule is a map of fields such as title, logsource and detection');
    const named = root.get('name') ?? root.get('id') ?? root.get('title');
    const rule = typeof named === 'string' && named !== '' ? named.slice(0, 120) : null;
    refuseShapes(root, 0, (node, reason) => stop(rule, at(node), reason));
    const own = text.slice(document.range?.[0] ?? 0, document.range?.[2]).trim();
    return {
      file,
      root: root as YAMLMap,
      text: own,
      rule,
      lineOf: at,
      stop: (node, reason) => stop(rule, at(node), reason),
    };
  });
}

// Nesting is counted in the text, before a parser recurses over it.
function refuseDepth(text: string, stop: (line: number, reason: string) => never): void {
  let open = 0;
  let line = 1;
  for (const char of text) {
    if (char === '\n') line++;
    else if (char === '[' || char === '{') open++;
    else if (char === ']' || char === '}') open = Math.max(0, open - 1);
    if (open > 100) stop(line, 'brackets are nested too deeply');
  }
  text.split('\n').forEach((content, i) => {
    if (/^(\s|- ){400}/.test(content)) stop(i + 1, 'lines are indented too deeply');
  });
}

// Aliases, tags and odd keys have no place in a rule; an alias is also how a small file becomes an endless one.
function refuseShapes(node: unknown, depth: number, stop: (node: unknown, reason: string) => never): void {
  if (depth > DEEPEST) stop(node, `nested deeper than ${DEEPEST} levels`);
  const tagged = node as { tag?: string; anchor?: string } | null;
  if (tagged?.tag && !tagged.tag.startsWith('tag:yaml.org,2002:')) stop(node, `the tag ${tagged.tag} is not supported`);
  if (isMap(node)) {
    for (const pair of node.items) {
      if (!isScalar(pair.key) || typeof pair.key.value !== 'string')
        stop(pair.key ?? node, 'a field’s name must be plain text');
      if (['__proto__', 'constructor', 'prototype'].includes(String((pair.key as { value: unknown }).value)))
        stop(pair.key, 'this field’s name is not allowed');
      refuseShapes(pair.value, depth + 1, stop);
    }
  } else if (isSeq(node)) {
    for (const item of node.items) refuseShapes(item, depth + 1, stop);
  } else if (node !== null && node !== undefined && !isScalar(node)) {
    stop(node, 'aliases (*name) are not supported');
  }
}
