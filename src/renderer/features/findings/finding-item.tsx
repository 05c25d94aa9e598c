import { Link } from '@tanstack/react-router';
import type { Finding } from '../../../shared/finding.ts';
import { useZone } from '../../lib/app-state.ts';
import { counted } from '../../lib/number.ts';
import { clockMinutes, shortDate, zoneName } from '../../lib/time.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import s from './findings.module.css';

export function FindingItem({ finding, chosen }: { finding: Finding; chosen: boolean }) {
  const zone = useZone();
  return (
    <li>
      <Link
        id={`finding-${finding.id}`}
        to="/findings"
        search={(before) => ({ ...before, f: finding.id })}
        className={s.item ?? ''}
        aria-current={chosen ? 'true' : undefined}
      >
        <span className={s.itemTitle}>
          <SeverityMark severity={finding.severity} />
          <b>
            <SafeText text={finding.title} max={160} />
          </b>
        </span>
        <span className={s.why}>
          <SafeText text={finding.why} max={300} />
        </span>
        <span className={s.itemFoot}>
          <span className={s.subject}>
            <SafeText text={finding.actor ?? finding.address ?? finding.rule} max={60} />,{' '}
            {counted(finding.entryIds.length, 'entry', 'entries')}
          </span>
          <span>
            {shortDate(finding.first, zone)} {clockMinutes(finding.first, zone)} {zoneName(finding.first, zone)}
          </span>
        </span>
      </Link>
    </li>
  );
}
