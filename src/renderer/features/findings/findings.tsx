import { IconShieldCheck } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { SEVERITIES } from '../../../shared/finding.ts';
import { useArchive } from '../../lib/app-state.ts';
import { useKeys } from '../../lib/keys.ts';
import { counted } from '../../lib/number.ts';
import { rank, useFindings } from '../../lib/queries.ts';
import { EmptyState, FailureNote } from '../../ui/notes.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { FindingDetail, useOpenInExplorer } from './finding-detail.tsx';
import { FindingItem } from './finding-item.tsx';
import s from './findings.module.css';

/** What the rules noticed, the worst first; the chosen one with its reason and its entries. */
export function Findings() {
  const archive = useArchive();
  const navigate = useNavigate();
  const { f } = useSearch({ from: '/findings' });
  const { data, error } = useFindings();
  const openInExplorer = useOpenInExplorer();
  const findings = useMemo(
    () => [...(data?.findings ?? [])].sort((a, b) => rank(a.severity) - rank(b.severity) || b.last - a.last),
    [data],
  );
  const index = Math.max(
    0,
    findings.findIndex((one) => one.id === f),
  );
  const chosen = findings[index];

  function choose(position: number): void {
    const finding = findings[Math.min(findings.length - 1, Math.max(0, position))];
    if (!finding || finding === chosen) return;
    void navigate({ to: '/findings', search: (before) => ({ ...before, f: finding.id }), replace: true });
    document.getElementById(`finding-${finding.id}`)?.scrollIntoView({ block: 'nearest' });
  }

  const next = () => choose(index + 1);
  const previous = () => choose(index - 1);
  useKeys({
    j: next,
    ArrowDown: next,
    k: previous,
    ArrowUp: previous,
    o: () => chosen && openInExplorer(chosen),
  });

  if (error) {
    return (
      <div className={s.single}>
        <FailureNote error={error} />
      </div>
    );
  }
  if (archive.entries === 0 || (data && !chosen)) {
    return (
      <div className={s.single}>
        <h1 className={s.hiddenTitle}>Findings</h1>
        <EmptyState icon={<IconShieldCheck size={16} stroke={1.6} aria-hidden />} title="No findings">
          {archive.entries === 0
            ? 'The archive holds no entries yet, so the rules had nothing to look at.'
            : `${counted(data?.rulesRun ?? 0, 'rule', 'rules')} looked at ${counted(archive.entries, 'entry', 'entries')} and noticed nothing.`}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className={s.findings}>
      <section className={s.list} aria-label="All findings">
        <div className={s.title}>
          <h1>Findings</h1>
          {data && <span>{counted(data.rulesRun, 'rule', 'rules')} run</span>}
        </div>
        <div className={s.tally}>
          {SEVERITIES.map((severity) => {
            const n = findings.filter((one) => one.severity === severity).length;
            return n === 0 ? null : (
              <span key={severity} className={s.count} title={severity}>
                <SeverityMark severity={severity} />
                {n}
              </span>
            );
          })}
        </div>
        <ul className={s.items}>
          {findings.map((finding) => (
            <FindingItem key={finding.id} finding={finding} chosen={finding === chosen} />
          ))}
        </ul>
      </section>
      {chosen && <FindingDetail key={chosen.id} finding={chosen} />}
    </div>
  );
}
