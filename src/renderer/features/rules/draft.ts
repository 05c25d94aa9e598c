/** What a new rule begins with: everything a rule needs, to be changed. */
export const NEW_RULE = `title: Token created by a contractor
name: contractor-token
level: medium
logsource: {product: jetty, service: audit}
detection:
  selection:
    meaning: token_created
    actor.email|endswith: '@contractor.example'
  condition: selection
why: '{actor} created “{target}” {time} from {address}.'
falsepositives:
  - Work that was announced
runbook: Ask who ordered it.
`;

/** Address of a rule that is not kept yet. */
export const NEW = 'new';

/** The text of a shipped rule as the beginning of one's own: names are not taken twice. */
export function ownCopy(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^id:/.test(line))
    .map((line) => line.replace(/^name:\s*(\S+)\s*$/, 'name: own-$1'))
    .join('\n');
}

/** Under which the text of a rule that is being written is remembered. */
export function draftKey(archive: string, rule: string): string {
  return `rule ${archive} ${rule}`;
}
