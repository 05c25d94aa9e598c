import { Button } from '@mantine/core';
import { IconVolumeOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { RuleHealth } from '../../../shared/detection-contract.ts';
import { entityOfAddress } from '../../../shared/entity.ts';
import type { TriagedFinding } from '../../../shared/triage.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { date, dateTime } from '../../lib/time.ts';
import { EntityLink } from '../../ui/entity-link.tsx';
import { Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { SeverityTag } from '../../ui/severity-mark.tsx';
import { Key, Tag } from '../../ui/small.tsx';
import { BaselinePanel } from './baseline-panel.tsx';
import s from './detail.module.css';
import { EntriesPanel } from './entries-panel.tsx';
import { standingOf } from './narrow.ts';
import { ReasonPanel } from './reason-panel.tsx';
import { STANDING_WORDS } from './search.ts';
import { TrailPanel } from './trail-panel.tsx';

type Props = {
  readonly finding: TriagedFinding;
  readonly rule: RuleHealth | null;
  /** Whether the list beside it shows the finding. */
  readonly listed: boolean;
  readonly onSuppress: () => void;
};

/** All that is known of one finding: why, compared with what, what speaks against it, its entries, what was said of it. */
export function FindingDetail({ finding, rule, listed, onSuppress }: Props) {
  const zone = useZone();
  const { readOnly } = useArchive();
  const { technique } = finding;
  const title = rule?.title ?? finding.title;
  return (
    <section className={s.detail} aria-label="Finding" id="finding-detail" tabIndex={-1}>
      <div className={s.lead}>
        <div className={s.meta}>
          <SeverityTag severity={finding.severity} />
          <StandingTag finding={finding} />
          {finding.state.caseName !== null && (
            <Tag kind="accent">
              Case{' '}
              {/^C-\d{1,12}$/.test(finding.state.caseName) ? (
                <Link to="/investigations" search={{ c: finding.state.caseName }}>
                  {finding.state.caseName}
                </Link>
              ) : (
                <SafeText text={finding.state.caseName} max={40} />
              )}
            </Tag>
          )}
          <span className={s.mono}>{finding.id}</span>
          <span className={s.metaText}>
            {dateTime(finding.first, zone)}, by rule{' '}
            <Link to="/rules" search={{ r: finding.rule }}>
              “<SafeText text={title} max={120} />”
            </Link>
            {rule !== null && `, version ${rule.version}`}
          </span>
          {!readOnly && finding.state.suppression === null && (
            <Button
              size="xs"
              variant="default"
              onClick={onSuppress}
              aria-keyshortcuts="s"
              leftSection={<IconVolumeOff size={13} stroke={1.6} aria-hidden />}
            >
              Suppress&nbsp;<Key>S</Key>
            </Button>
          )}
        </div>
        <h2>
          <SafeText text={finding.title} max={300} />
        </h2>
        <p className={s.because}>
          <SafeText text={finding.why} max={2000} sentence />
        </p>
        {(finding.actor !== null || finding.address !== null) && (
          <p className={s.subjects}>
            {finding.actor !== null && (
              <EntityLink entity={{ kind: 'person', value: finding.actor }}>
                All about <SafeText text={finding.actor} max={64} />
              </EntityLink>
            )}
            {finding.address !== null && (
              <EntityLink entity={entityOfAddress(finding.address)}>
                All from <SafeText text={finding.address} max={64} />
              </EntityLink>
            )}
          </p>
        )}
        {!listed && (
          <p className={s.elsewhere}>
            The list beside it is narrowed to others.{' '}
            <Link
              to="/findings"
              search={{ f: finding.id, ...(standingOf(finding) === 'open' ? {} : { state: 'all' as const }) }}
            >
              Show it in the list
            </Link>
          </p>
        )}
      </div>
      <div className={s.columns}>
        <div className={s.usual}>
          <BaselinePanel finding={finding} />
          {rule?.runbook && (
            <Panel title="First thing to do">
              <p className={s.runbook}>
                <SafeText text={rule.runbook} max={600} />
              </p>
            </Panel>
          )}
        </div>
        <ReasonPanel finding={finding} />
      </div>
      <EntriesPanel finding={finding} />
      <div className={s.references}>
        {technique && (
          <div>
            <h3>ATT&CK {technique.attackVersion}</h3>
            <Tag kind="line">
              <span className={s.mono}>{technique.id}</span> {technique.name}
            </Tag>
          </div>
        )}
        {finding.controls.length > 0 && (
          <div>
            <h3>Controls</h3>
            {finding.controls.map((control) => (
              <Tag key={control} kind="line">
                {control}
              </Tag>
            ))}
          </div>
        )}
      </div>
      <TrailPanel finding={finding} ruleTitle={title} />
    </section>
  );
}

function StandingTag({ finding }: { finding: TriagedFinding }) {
  const zone = useZone();
  const { again, decision } = finding.state;
  const standing = standingOf(finding);
  if (standing === 'open' && again === null) return null;
  const until = decision?.expires != null && standing !== 'open' ? ` until ${date(decision.expires, zone)}` : '';
  const words =
    standing === 'open'
      ? again === 'grown'
        ? 'Open again: it grew after it was decided'
        : 'Open again: the time it was given is over'
      : again === 'grown'
        ? `${STANDING_WORDS[standing]}, and it grew since`
        : `${STANDING_WORDS[standing]}${until}`;
  return <Tag kind={standing === 'open' ? 'accent' : 'line'}>{words}</Tag>;
}
