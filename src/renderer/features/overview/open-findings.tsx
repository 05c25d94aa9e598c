import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { SEVERITIES } from '../../../shared/finding.ts';
import { useArchive } from '../../lib/app-state.ts';
import { grouped } from '../../lib/number.ts';
import { openFindingsOptions } from '../../lib/queries.ts';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { SeverityMark, severityTitle } from '../../ui/severity-mark.tsx';
import s from './overview.module.css';

/** Findings that wait for somebody, by severity; a number leads to those findings. */
export function OpenFindings() {
  const { data, error } = useQuery(openFindingsOptions(useArchive()));
  const open = data?.severities.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const told = data?.severities ?? SEVERITIES.map((severity) => ({ severity, count: null, titles: [] }));
  const present = told.filter(({ severity, count }) => severity !== 'info' || (count ?? 0) > 0);
  return (
    <Panel
      title="Open findings"
      action={
        data && (
          <Link to="/findings" search={{}}>
            {grouped(open)} open
          </Link>
        )
      }
    >
      {error && <FailureNote error={error} />}
      <ul className={s.lines}>
        {present.map(({ severity, count, titles }) => (
          <li key={severity} className={s.severity}>
            <SeverityMark severity={severity} label={false} />
            <span className={s.severityName}>{severityTitle(severity)}</span>
            {count ? (
              <Link to="/findings" search={{ sev: [severity] }} className={s.figure ?? ''}>
                {grouped(count)}
              </Link>
            ) : (
              <span className={s.figure}>{count}</span>
            )}
            <span className={s.what}>
              <SafeText text={titles.join(', ')} max={160} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
