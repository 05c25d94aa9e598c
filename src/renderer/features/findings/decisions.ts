import { IconBan, IconCheck, IconClock, IconFlag, IconFolderSearch, IconNote, IconRotate } from '@tabler/icons-react';
import type { Input } from '../../../shared/contract.ts';
import type { TriagedFinding, Verdict } from '../../../shared/triage.ts';

export type Said = Input<'findings.decide'>['verdict'];

/** One thing to say of a finding: its key and words. `days` is offered as its end where it has one. */
export type DecisionKind = {
  readonly verdict: Said;
  readonly letter: string;
  readonly name: string;
  readonly icon: typeof IconFlag;
  readonly asks: string;
  readonly example: string;
  readonly days: readonly number[] | null;
};

/** In the order of the triage bar. */
export const DECISIONS: readonly DecisionKind[] = [
  {
    verdict: 'escalated',
    letter: 'c',
    name: 'Confirm',
    icon: IconFlag,
    asks: 'What is wrong, and what is being done',
    example: 'Not her. Account suspended, laptop with IT.',
    days: null,
  },
  {
    verdict: 'accepted',
    letter: 'e',
    name: 'Expected',
    icon: IconCheck,
    asks: 'Why this is expected',
    example: 'Maintenance window, change 4711',
    days: [30, 90, 365],
  },
  {
    verdict: 'benign',
    letter: 'n',
    name: 'False alarm',
    icon: IconBan,
    asks: 'Why this is a false alarm',
    example: 'New laptop, asked in person',
    days: null,
  },
  {
    verdict: 'postponed',
    letter: 'l',
    name: 'Later',
    icon: IconClock,
    asks: 'What you wait for',
    example: 'Answer of the team lead',
    days: [1, 7, 30],
  },
  {
    verdict: 'filed',
    letter: 'p',
    name: 'In case',
    icon: IconFolderSearch,
    asks: 'Which case',
    example: '',
    days: null,
  },
];

export const NOTE: DecisionKind = {
  verdict: 'noted',
  letter: 'm',
  name: 'Note',
  icon: IconNote,
  asks: 'Note for whoever looks next',
  example: 'Asked Ines; she answers tomorrow.',
  days: null,
};

export const REOPEN: DecisionKind = {
  verdict: 'reopened',
  letter: 'r',
  name: 'Reopen',
  icon: IconRotate,
  asks: 'Why it is open again',
  example: 'It happened again',
  days: null,
};

/** What a line of the history did, in the past. */
export const DONE: Readonly<Record<Verdict, string>> = {
  escalated: 'Confirmed',
  accepted: 'Called expected',
  benign: 'Called a false alarm',
  postponed: 'Put off',
  filed: 'Put into case',
  noted: 'Note',
  reopened: 'Opened again',
  undone: 'Took back the line before',
};

export const DONE_ICONS: Readonly<Record<Verdict, typeof IconFlag>> = {
  escalated: IconFlag,
  accepted: IconCheck,
  benign: IconBan,
  postponed: IconClock,
  filed: IconFolderSearch,
  noted: IconNote,
  reopened: IconRotate,
  undone: IconRotate,
};

/** Reasons that were given for the same before, newest first, and then what a rule says is its usual false alarm. */
export function remembered(
  findings: readonly TriagedFinding[],
  verdict: Said,
  usual: readonly string[],
): readonly string[] {
  const lines = findings
    .flatMap((one) => one.state.history)
    .filter((line) => line.verdict === verdict)
    .sort((a, b) => b.at - a.at || b.seq - a.seq)
    .map((line) => line.reason);
  return [...new Set([...lines, ...usual])].slice(0, 8);
}
