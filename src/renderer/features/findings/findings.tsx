import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { rank } from '../../../shared/finding.ts';
import type { TriagedFinding } from '../../../shared/triage.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { subjectOfFindings } from '../../lib/case-subject.ts';
import { useKeys } from '../../lib/keys.ts';
import { counted, grouped } from '../../lib/number.ts';
import { rulesOptions } from '../../lib/queries.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { useDelayed } from '../../lib/use-delayed.ts';
import { useCasePin } from '../../ui/case-pin.tsx';
import { FailureNote } from '../../ui/notes.tsx';
import { DecisionForm, type Word } from './decision-form.tsx';
import { DECISIONS, type DecisionKind, NOTE, REOPEN, remembered } from './decisions.ts';
import { useOpenInExplorer } from './explorer-query.ts';
import { FilterBar } from './filter-bar.tsx';
import { FindingDetail } from './finding-detail.tsx';
import { FindingList } from './finding-list.tsx';
import s from './findings.module.css';
import { groupsOf } from './groups.ts';
import { narrowed } from './narrow.ts';
import { Nothing } from './nothing.tsx';
import { findingsOptions } from './queries.ts';
import { type FindingsSearch, parseFindingsSearch, STANDING_WORDS } from './search.ts';
import { SuppressForm } from './suppress-form.tsx';
import { TriageBar } from './triage-bar.tsx';
import { useSelection } from './use-selection.ts';
import { useTriage } from './use-triage.tsx';

const NONE: readonly TriagedFinding[] = [];

/** What the rules noticed, and what people made of it: the list, the chosen one, and the decisions. */
export function Findings() {
  const archive = useArchive();
  const zone = useZone();
  const navigate = useNavigate();
  // The router leaves in what the reading of the address dropped.
  const given = useSearch({ from: '/findings' });
  const search = useMemo(() => parseFindingsSearch({ ...given }), [given]);
  const { data, error } = useQuery(findingsOptions(archive));
  const rules = useQuery(rulesOptions(archive)).data;
  const openInExplorer = useOpenInExplorer();
  const selection = useSelection();
  const [reviewer, rememberReviewer] = useReviewer();
  const [asked, setAsked] = useState<DecisionKind | null>(null);
  const [suppressing, setSuppressing] = useState(false);

  const all = data?.findings ?? NONE;
  const now = data?.now ?? 0;
  const ruleOf = useMemo(() => new Map(rules?.map((rule) => [rule.id, rule])), [rules]);
  const shown = useMemo(() => narrowed(all, search), [all, search]);
  const groups = useMemo(() => groupsOf(shown, search.by ?? 'happening', zone, now), [shown, search.by, zone, now]);
  const order = useMemo(() => groups.flatMap((group) => group.findings), [groups]);
  const chosen = all.find((one) => one.id === search.f) ?? order[0];
  const index = order.findIndex((one) => one.id === chosen?.id);
  const selected = order.filter((one) => selection.ids.has(one.id));
  const subjects = selected.length > 0 ? selected : chosen ? [chosen] : [];
  const waiting = useDelayed(data === undefined && !error && archive.entries > 0);

  function look(finding: TriagedFinding | undefined): void {
    if (!finding) return;
    void navigate({ to: '/findings', search: (before) => ({ ...before, f: finding.id }), replace: true });
    document.getElementById(`finding-${finding.id}`)?.scrollIntoView({ block: 'nearest' });
  }
  function change(next: FindingsSearch, step = true): void {
    selection.clear();
    void navigate({ to: '/findings', search: next, replace: !step });
  }
  function step(by: 1 | -1, extend = false): void {
    const next = order[Math.min(order.length - 1, Math.max(0, index + by))];
    if (extend && next && chosen) {
      const ids = order.map((one) => one.id);
      selection.extendTo(next.id, ids, chosen.id);
    }
    look(next);
  }

  const triage = useTriage((ids) => look(all.find((one) => one.id === ids[0])));

  const casePin = useCasePin();
  function fileInto(current: boolean): void {
    const [worst] = [...subjects].sort((a, b) => rank(a.severity) - rank(b.severity));
    if (!worst) return;
    const subject = subjectOfFindings(subjects, worst.severity, zone);
    if (current) casePin.pin(subject);
    else casePin.choose(subject);
  }

  function ask(kind: DecisionKind): void {
    if (kind.verdict === 'filed') fileInto(false);
    else if (!archive.readOnly && subjects.length > 0) setAsked((before) => (before === kind ? null : kind));
  }
  async function say(kind: DecisionKind, word: Word): Promise<void> {
    const ids = subjects.map((one) => one.id);
    // The one to look at next is chosen before the list loses those that were decided.
    const next =
      order.slice(index + 1).find((one) => !ids.includes(one.id)) ?? order.findLast((one) => !ids.includes(one.id));
    const done = await triage.decide({ ids, verdict: kind.verdict, ...word }, subjects[0]?.title ?? '');
    if (!done) return;
    rememberReviewer(word.by);
    setAsked(null);
    selection.clear();
    if (kind !== NOTE) look(next);
  }
  function closeLayer(): void {
    if (asked) setAsked(null);
    else selection.clear();
  }

  useKeys({
    j: () => step(1),
    J: (event) => step(1, event.shiftKey),
    ArrowDown: (event) => step(1, event.shiftKey),
    k: () => step(-1),
    K: (event) => step(-1, event.shiftKey),
    ArrowUp: (event) => step(-1, event.shiftKey),
    x: () => chosen && index >= 0 && selection.toggle(chosen.id),
    o: () => chosen && openInExplorer(chosen),
    Enter: () => document.getElementById('finding-detail')?.focus(),
    Escape: closeLayer,
    P: () => fileInto(true),
    u: () => !archive.readOnly && triage.undo(),
    s: () => !archive.readOnly && chosen && chosen.state.suppression === null && setSuppressing(true),
    ...Object.fromEntries([...DECISIONS, NOTE, REOPEN].map((kind) => [kind.letter, () => ask(kind)])),
  });

  if (error && !data) {
    return (
      <div className={s.single}>
        <h1 className={s.unseen}>Findings</h1>
        <FailureNote error={error} />
      </div>
    );
  }
  const standing = search.state ?? 'open';
  const titleOf = (rule: string): string => ruleOf.get(rule)?.title ?? rule;
  const said = data
    ? standing === 'all'
      ? counted(shown.length, 'finding', 'findings')
      : `${grouped(shown.length)} ${STANDING_WORDS[standing].toLowerCase()}`
    : '';
  return (
    <div className={s.findings}>
      <section className={s.list} aria-label="All findings">
        <FilterBar findings={all} search={search} said={said} titleOf={titleOf} onChange={change} />
        {error && <FailureNote error={error} />}
        {waiting && <Skeletons />}
        <FindingList
          groups={groups}
          chosen={chosen?.id}
          selected={selection.ids}
          uniform={standing !== 'all'}
          onCheck={(finding, extend) => {
            if (extend)
              selection.extendTo(
                finding.id,
                order.map((one) => one.id),
                chosen?.id,
              );
            else selection.toggle(finding.id);
          }}
        />
        {data?.problems.map((problem) => (
          <p key={problem} className={s.problem}>
            {problem}
          </p>
        ))}
      </section>
      <div className={s.beside}>
        {chosen ? (
          <FindingDetail
            key={chosen.id}
            finding={chosen}
            rule={ruleOf.get(chosen.rule) ?? null}
            listed={index >= 0}
            onSuppress={() => setSuppressing(true)}
          />
        ) : (
          (data || archive.entries === 0) && (
            <div className={s.single}>
              <Nothing search={search} all={all.length} rulesRun={data?.rulesRun ?? 0} />
            </div>
          )
        )}
        {asked && chosen && (
          <DecisionForm
            key={asked.verdict}
            kind={asked}
            of={subjects.length > 1 ? counted(subjects.length, 'finding', 'findings') : chosen.title.slice(0, 120)}
            suggestions={remembered(
              all,
              asked.verdict,
              asked.verdict === 'benign' ? (ruleOf.get(chosen.rule)?.falsePositives ?? []) : [],
            )}
            reviewer={reviewer}
            now={now}
            pending={triage.pending}
            onSay={(word) => void say(asked, word)}
            onCancel={() => setAsked(null)}
          />
        )}
        {chosen && (
          <TriageBar
            finding={chosen}
            selected={selected.length}
            asked={asked}
            onAsk={ask}
            onNext={() => step(1)}
            onDrop={selection.clear}
          />
        )}
      </div>
      {suppressing && chosen && (
        <SuppressForm
          finding={chosen}
          ruleTitle={titleOf(chosen.rule)}
          reviewer={reviewer}
          now={now}
          onClose={() => setSuppressing(false)}
        />
      )}
      {casePin.dialog}
    </div>
  );
}

function Skeletons() {
  return (
    <div className={s.skeletons} role="status" aria-label="The rules are looking at the archive">
      {['a', 'b', 'c', 'd', 'e'].map((one) => (
        <span key={one} className={s.skeleton} data-skeleton />
      ))}
    </div>
  );
}
