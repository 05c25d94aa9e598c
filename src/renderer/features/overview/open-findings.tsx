import { Link } from '@tanstack/react-router';
import { SEVERITIES } from '../../../shared/finding.ts';
import { grouped } from '../../lib/number.ts';
import { isOpen, useFindings } from '../../lib/queries.ts';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { SeverityMark, severityTitle } from '../../ui/severity-mark.tsx';
import s from './overview.module.css';

/** Findings that wait for somebody, by severity; a number leads to those findings. */
export function OpenFindings() {
  const { data, error } = useFindings();
  const open = data?.findings.filter(isOpen) ?? [];
  const present = SEVERITIES.filter((severity) => severity !== 'info' || open.some((one) => one.severity === 'info'));
  return (
    <Panel
      title="Open findings"
      action={
        data && (
          <Link to="/findings" search={{}}>
            {grouped(open.length)} open
          </Link>
        )
      }
    >
      {error && <FailureNote error={error} />}
      <ul className={s.lines}>
        {present.map((severity) => {
          const those = open.filter((one) => one.severity === severity);
          const titles = [...new Set(those.map((one) => one.title))];
          return (
            <li key={severity} className={s.severity}>
              <SeverityMark severity={severity} label={false} />
              <span className={s.severityName}>{severityTitle(severity)}</span>
              {those.length > 0 ? (
                <Link to="/findings" search={{ sev: [severity] }} className={s.figure ?? ''}>
                  {grouped(those.length)}
                </Link>
              ) : (
                <span className={s.figure}>{data ? 0 : ''}</span>
              )}
              <span className={s.what}>
                <SafeText text={titles.slice(0, 3).join(', ')} max={160} />
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
