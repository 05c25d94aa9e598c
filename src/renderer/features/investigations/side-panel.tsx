import { Button } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CaseClock, CaseDetail, CaseScope, RemedyCheck, ScopeThing, Seed } from '../../../shared/case-schema.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { casesOptions } from '../../lib/cases.ts';
import { counted, grouped } from '../../lib/number.ts';
import { SafeText, tooltipOf } from '../../ui/safe-text.tsx';
import tag from '../../ui/state-tag.module.css';
import { ClockTag } from './clock-tag.tsx';
import { Part } from './part.tsx';
import { RemedyPanel } from './remedy-panel.tsx';
import { ScopePanel, type WatchedKind } from './scope-panel.tsx';
import s from './side.module.css';
import { shortTime } from './words.ts';

type Props = {
  readonly detail: CaseDetail;
  readonly scope: CaseScope | undefined;
  readonly checks: readonly RemedyCheck[] | undefined;
  readonly writable: boolean;
  readonly onVerdict: (thing: ScopeThing, verdict: 'accepted' | 'rejected' | null) => void;
  readonly onWatch: (kind: WatchedKind, value: string, on: boolean) => void;
  readonly onSteps: (steps: number) => void;
  readonly onSeed: () => void;
  readonly onSeedGone: (seed: Seed) => void;
  readonly onRemedy: (check: RemedyCheck) => void;
  readonly onMeet: (clock: CaseClock) => void;
  readonly onClock: () => void;
};

/** What is known around a timeline: scope, what the archive can tell, remedies, what is watched, deadlines. */
export function SidePanel(props: Props) {
  const { detail, writable } = props;
  const zone = useZone();
  const now = useQuery(casesOptions(useArchive())).data?.now ?? detail.openedAt;
  const missingDays = detail.gaps.reduce((sum, gap) => sum + gap.days, 0);
  return (
    <>
      <ScopePanel {...props} watched={detail.watched} />
      <Part title="What the archive can tell">
        <p className={s.tell}>
          {detail.first === null
            ? 'Nothing is pinned yet. '
            : missingDays === 0
              ? 'Every day between the first and the last event is complete. '
              : `${counted(missingDays, 'day', 'days')} between the first and the last event ${missingDays === 1 ? 'is' : 'are'} not wholly held: absence proves nothing there. `}
          Jetty logs that a tunnel was used, not what went through it: <b>what was read is not in this log.</b>
        </p>
      </Part>
      <RemedyPanel checks={props.checks} writable={writable} onSay={props.onRemedy} />
      <Part title="Still watching">
        {detail.watched.length === 0 && (
          <p className={s.quiet}>Nothing. What is watched opens the case again when it shows up in later entries.</p>
        )}
        <ul className={s.remedies}>
          {detail.watched.map((one) => (
            <li key={`${one.kind} ${one.value}`} data-state={one.seen > 0 ? 'undone' : undefined}>
              <IconEye size={15} stroke={1.8} aria-hidden />
              <span className={s.name} title={tooltipOf(one.label)}>
                <SafeText text={one.label} max={80} />
              </span>
              <span className={s.seen}>
                {one.seen === 0 || one.last === null
                  ? 'none since'
                  : `${grouped(one.seen)} since, last ${shortTime(one.last, zone)}`}
              </span>
            </li>
          ))}
        </ul>
      </Part>
      <Part title="Deadlines">
        <ul className={s.remedies}>
          {detail.clocks.map((one) => (
            <li key={one.id}>
              <span className={s.name} title={tooltipOf(one.met?.note ?? one.name)}>
                <SafeText text={one.name} max={80} sentence />
                {one.dueAt !== null && <span className={s.quiet}> {shortTime(one.dueAt, zone)}</span>}
              </span>
              {writable && one.met === null && (
                <Button size="xs" variant="subtle" onClick={() => props.onMeet(one)}>
                  Met…
                </Button>
              )}
              <ClockTag clock={one} now={now} />
            </li>
          ))}
          <li>
            <span className={s.name}>Entries of the case</span>
            <span className={tag.tag} data-tone={detail.held ? 'ok' : undefined}>
              {detail.held ? 'kept here' : 'not held'}
            </span>
          </li>
        </ul>
        {writable && (
          <div className={s.buttons}>
            <Button size="xs" variant="default" onClick={props.onClock}>
              Another deadline…
            </Button>
          </div>
        )}
      </Part>
      {detail.findings.length > 0 && (
        <Part title="Findings" aside={<span className={s.quiet}>{grouped(detail.findings.length)}</span>}>
          <ul className={s.findings}>
            {detail.findings.slice(0, 12).map((id) => (
              <li key={id}>
                <Link to="/findings" search={{ f: id, state: 'all' }}>
                  {id}
                </Link>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}
