import type { Severity } from '../../shared/finding.ts';
import s from './marks.module.css';

const TITLES: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
};

export function severityTitle(severity: Severity): string {
  return TITLES[severity];
}

/** A severity is a shape first and a colour second. */
export function SeverityMark({ severity, label = true }: { severity: Severity; label?: boolean }) {
  const name = label ? { role: 'img', 'aria-label': severity } : { 'aria-hidden': true };
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label, or decoration beside the word
    <svg className={s.severity} data-severity={severity} viewBox="0 0 16 16" {...name}>
      {severity === 'critical' && (
        <>
          <path d="M8 1 15 8 8 15 1 8Z" fill="currentColor" />
          <path d="M8 4.5v4M8 10.9v.5" stroke="var(--bg-surface)" strokeWidth="1.7" strokeLinecap="round" />
        </>
      )}
      {severity === 'high' && (
        <path d="M8 1.7 15 14H1Z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />
      )}
      {severity === 'medium' && (
        <>
          <path d="M8 2.2 14 13.2H2Z" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinejoin="round" />
          <path d="M8 2.2 2 13.2H8Z" fill="currentColor" />
        </>
      )}
      {severity === 'low' && <circle cx="8" cy="8" r="5.3" fill="none" stroke="currentColor" strokeWidth="1.7" />}
      {severity === 'info' && <circle cx="8" cy="8" r="2.8" fill="currentColor" />}
    </svg>
  );
}

export function SeverityTag({ severity }: { severity: Severity }) {
  return (
    <span className={s.severityTag} data-severity={severity}>
      <SeverityMark severity={severity} label={false} />
      {TITLES[severity]}
    </span>
  );
}
