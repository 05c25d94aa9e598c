import { Link } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import type { TriagedFinding } from '../../../shared/triage.ts';
import { useZone } from '../../lib/app-state.ts';
import { counted } from '../../lib/number.ts';
import { clockMinutes, shortDate, zoneName } from '../../lib/time.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { Tag } from '../../ui/small.tsx';
import s from './findings.module.css';
import { standingOf } from './narrow.ts';
import { STANDING_WORDS } from './search.ts';

type Props = {
  readonly finding: TriagedFinding;
  readonly chosen: boolean;
  readonly checked: boolean;
  /** Whether the list shows findings of one standing only, so that no item need name its own. */
  readonly uniform: boolean;
  readonly onCheck: (finding: TriagedFinding, extend: boolean) => void;
};

export function FindingItem({ finding, chosen, checked, uniform, onCheck }: Props) {
  const zone = useZone();
  const { again } = finding.state;
  function onClick(event: MouseEvent): void {
    if (!event.shiftKey && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    onCheck(finding, event.shiftKey);
  }
  return (
    <li className={s.row} data-checked={checked || undefined} data-chosen={chosen || undefined}>
      <input
        type="checkbox"
        className={s.check}
        checked={checked}
        aria-label={`Select ${finding.title.slice(0, 80)}`}
        onChange={(event) => onCheck(finding, (event.nativeEvent as unknown as PointerEvent).shiftKey === true)}
      />
      <Link
        id={`finding-${finding.id}`}
        to="/findings"
        search={(before) => ({ ...before, f: finding.id })}
        replace
        className={s.item ?? ''}
        aria-current={chosen ? 'true' : undefined}
        onClick={onClick}
      >
        <span className={s.itemTitle}>
          <SeverityMark severity={finding.severity} />
          <b>
            <SafeText text={finding.title} max={160} />
          </b>
          {again !== null && <Tag kind="accent">{again === 'grown' ? 'grew' : 'time is up'}</Tag>}
          {!uniform && <Tag>{STANDING_WORDS[standingOf(finding)]}</Tag>}
        </span>
        <span className={s.why}>
          <SafeText text={finding.why} max={300} sentence />
        </span>
        <span className={s.itemFoot}>
          <span className={s.id}>{finding.id.slice(0, 8)}</span>
          <span className={s.subject}>
            <SafeText text={finding.actor ?? finding.address ?? 'several people'} max={60} />,{' '}
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
