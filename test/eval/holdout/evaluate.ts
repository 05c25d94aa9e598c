import { type Finding, SEVERITIES } from '../../../src/shared/finding.ts';
import { findingsOver, type SetResult, trivially } from '../evaluate.ts';
import { HOLDOUT, type HoldoutCase } from './cases.ts';

/** The last group is the one that nothing was ever changed for. */
const UNTOUCHED = 'last';

/** Cases written by hand in words the open sets do not have; `changed` were looked at and learned from, the others not. */
export function evaluateHoldout(): readonly SetResult[] {
  const untouched = (one: HoldoutCase) => one.from === UNTOUCHED;
  return [
    setOf(
      'hand-written, learned from',
      HOLDOUT.filter((one) => !untouched(one)),
    ),
    setOf('hand-written, never learned from', HOLDOUT.filter(untouched)),
  ];
}

function setOf(set: string, cases: readonly HoldoutCase[]): SetResult {
  const judged = cases.map((one, i) => ({ one, told: findingsOver([lineOf(one, i)]).some(isSerious) }));
  const wanted = judged.filter(({ one }) => one.tell);
  const harmless = judged.filter(({ one }) => !one.tell);
  const share = (part: number, whole: number) => `${part} of ${whole}`;
  const easy = (some: typeof judged) => some.filter(({ one }) => trivially(one.action)).length;
  return {
    set,
    entries: cases.length,
    figures: [
      {
        name: 'cases to be told of that were',
        value: share(wanted.filter(({ told }) => told).length, wanted.length),
        wanted: '–',
        met: null,
        control: share(easy(wanted), wanted.length),
      },
      {
        name: 'harmless cases raised',
        value: share(harmless.filter(({ told }) => told).length, harmless.length),
        wanted: '–',
        met: null,
        control: share(easy(harmless), harmless.length),
      },
    ],
    missed: judged.filter(({ one, told }) => one.tell && !told).map(({ one }) => one.action),
  };
}

function isSerious({ severity }: Finding): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf('medium');
}

function lineOf({ action, target, metadata }: HoldoutCase, i: number): string {
  return JSON.stringify({
    id: `holdout_${i}`,
    timestamp: '2026-10-14T10:00:00Z',
    actor: { id: 'user_alice', name: 'Alice', email: 'alice@acme.example' },
    action,
    target: target && { type: target.type, id: target.name, name: target.name },
    context: { ip_address: '203.0.113.4', user_agent: 'Mozilla/5.0' },
    metadata,
  });
}
