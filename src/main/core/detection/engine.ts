import type { EntryRow } from '../../../shared/entry.ts';
import { forked } from './forked.ts';
import { type Histories, type History, NO_HISTORY, remember } from './histories.ts';
import type { Hit, RuleRun } from './rule.ts';
import type { Judge, RuleSetRun } from './sigma/run-rules.ts';
import type { Stopwatch } from './stopwatch.ts';
import { actionInfo, actorKey, type RawOf, subjectOf } from './subject.ts';

/** A rule in code at work. */
export type CodeRun = {
  readonly id: string;
  readonly concerns: (action: string) => boolean;
  readonly run: RuleRun;
};

/** All rules at work over entries in order of time. */
export type Engine = {
  see(row: EntryRow, rawOf: RawOf): void;
  needsMetadata(action: string): boolean;
  hits(): readonly Hit[];
  /** How many people acted from an address, as far as a crowd. */
  peopleAt(address: string): number;
  /** The same engine as it stands, to go its own way from here. */
  fork(): Engine;
};

type State = { readonly histories: Map<string, History>; readonly people: Map<string, Set<string>> };

/** Puts rules to work. */
export function createEngine(sigma: RuleSetRun, inCode: readonly CodeRun[], watch: Stopwatch): Engine {
  return begin(sigma, inCode, watch, { histories: new Map(), people: new Map() });
}

const MOST_ACTIONS = 50_000;
const CROWD = 4;

type Shown = { readonly failed: boolean; readonly sigma: readonly Judge[]; readonly code: readonly CodeRun[] };

function begin(sigma: RuleSetRun, inCode: readonly CodeRun[], watch: Stopwatch, state: State): Engine {
  const { histories, people } = state;
  // Most entries are of a few everyday actions that hardly a rule is about: one look-up says which.
  const byAction = new Map<string, Shown>();
  const shownTo = (action: string): Shown => {
    let shown = byAction.get(action);
    if (shown === undefined) {
      shown = {
        failed: /fail/.test(action),
        sigma: sigma.judges(action),
        code: inCode.filter((one) => one.concerns(action)),
      };
      if (byAction.size >= MOST_ACTIONS) byAction.clear();
      byAction.set(action, shown);
    }
    return shown;
  };
  const count = (row: EntryRow, failed: boolean): void => {
    if (row.address === null || row.actor === null) return;
    const set = people.get(row.address);
    if (set === undefined) people.set(row.address, new Set([row.actor.id ?? row.actor.email ?? '']));
    else if (set.size < CROWD && !failed) set.add(row.actor.id ?? row.actor.email ?? '');
  };
  return {
    see(row, rawOf) {
      const shown = shownTo(row.action);
      count(row, shown.failed);
      const info = actionInfo(row.action);
      if (shown.sigma.length > 0 || shown.code.length > 0) {
        const subject = subjectOf(row, rawOf);
        const history = historyOf(histories, row);
        if (watch.looks()) {
          for (const one of shown.sigma) watch.time(one.rule, () => one.see(subject));
          for (const { id, run } of shown.code) watch.time(id, () => run.see(subject, history));
        } else {
          for (const one of shown.sigma) one.see(subject);
          for (const { run } of shown.code) run.see(subject, history);
        }
      }
      remember(histories, row, info);
    },
    needsMetadata: (action) => sigma.needsMetadata(action),
    hits: () => [...inCode.flatMap(({ run }) => run.hits()), ...sigma.hits()],
    peopleAt: (address) => people.get(address)?.size ?? 0,
    fork: () =>
      begin(
        sigma.fork(),
        inCode.map((one) => ({ ...one, run: one.run.fork() })),
        watch,
        forked(state),
      ),
  };
}

function historyOf(histories: Histories, row: EntryRow): Readonly<History> {
  const actor = actorKey(row);
  return (actor === null ? undefined : histories.get(actor)) ?? NO_HISTORY;
}
