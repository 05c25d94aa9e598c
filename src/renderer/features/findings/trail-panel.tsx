import { IconRadar2 } from '@tabler/icons-react';
import type { Decision, TriagedFinding } from '../../../shared/triage.ts';
import { useZone } from '../../lib/app-state.ts';
import { clockMinutes, date, dateTime, shortDate, zoneName } from '../../lib/time.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { DONE, DONE_ICONS } from './decisions.ts';
import s from './detail.module.css';

/** Everything that was said of the finding, oldest first. Lines are added, none is changed. */
export function TrailPanel({ finding, ruleTitle }: { finding: TriagedFinding; ruleTitle: string }) {
  const zone = useZone();
  const { history } = finding.state;
  return (
    <Panel title="History" note={history.length === 0 ? 'nothing was decided yet' : undefined}>
      <ol className={s.trail}>
        <li>
          <time dateTime={new Date(finding.first).toISOString()}>
            {shortDate(finding.first, zone)} {clockMinutes(finding.first, zone)} <i>{zoneName(finding.first, zone)}</i>
          </time>
          <IconRadar2 className={s.trailMark} size={15} stroke={1.6} aria-hidden />
          <span className={s.trailText}>
            First entry of what the rule “<SafeText text={ruleTitle} max={120} />” raised
          </span>
        </li>
        {history.map((line) => (
          <Line key={line.seq} line={line} zone={zone} />
        ))}
      </ol>
    </Panel>
  );
}

function Line({ line, zone }: { line: Decision; zone: string }) {
  const Icon = DONE_ICONS[line.verdict];
  return (
    <li>
      <time dateTime={new Date(line.at).toISOString()} title={dateTime(line.at, zone)}>
        {shortDate(line.at, zone)} {clockMinutes(line.at, zone)} <i>{zoneName(line.at, zone)}</i>
      </time>
      <Avatar actor={{ id: null, name: line.by, email: null }} />
      <span className={s.trailText}>
        <Icon size={13} stroke={1.6} aria-hidden /> <b>{DONE[line.verdict]}</b>
        {line.verdict === 'filed' && (
          <>
            {' '}
            <SafeText text={line.reason} max={120} />
          </>
        )}
        {line.expires !== null && ` until ${date(line.expires, zone)}`} by <SafeText text={line.by} max={60} />.{' '}
        {line.verdict !== 'filed' && (
          <q>
            <SafeText text={line.reason} max={600} />
          </q>
        )}
      </span>
    </li>
  );
}
