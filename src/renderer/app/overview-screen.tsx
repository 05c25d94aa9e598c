import { useQuery } from '@tanstack/react-query';
import { ClockPanel } from '../features/archive/clock-panel.tsx';
import { CoverageGlance } from '../features/archive/coverage-glance.tsx';
import { IntegrityPanel } from '../features/archive/integrity-panel.tsx';
import { RiskBanner } from '../features/archive/risk-banner.tsx';
import { Activity } from '../features/overview/activity.tsx';
import { Holdings } from '../features/overview/holdings.tsx';
import { OpenFindings } from '../features/overview/open-findings.tsx';
import s from '../features/overview/overview.module.css';
import { PrivilegedChanges } from '../features/overview/privileged-changes.tsx';
import { ReviewsDue } from '../features/overview/reviews-due.tsx';
import { useArchive } from '../lib/app-state.ts';
import { retentionOptions } from '../lib/queries.ts';
import { FailureNote } from '../ui/notes.tsx';
import { Home } from './home.tsx';

/** How the log stands and what is new in it: parts of several features on one screen. */
export function OverviewScreen() {
  const archive = useArchive();
  const { data: retention, error } = useQuery(retentionOptions(archive));
  if (archive.entries === 0) return <Home />;
  return (
    <div className={s.screen}>
      <h1 className={s.unseen}>Overview</h1>
      {error && <FailureNote error={error} />}
      {retention && (
        <>
          <RiskBanner retention={retention} />
          <ClockPanel retention={retention} />
          <div className={s.body}>
            <div className={s.column}>
              <CoverageGlance retention={retention} />
              <div className={s.pair}>
                <PrivilegedChanges now={retention.now} />
                <div className={s.column}>
                  <Activity now={retention.now} />
                  <ReviewsDue />
                </div>
              </div>
            </div>
            <div className={s.column}>
              <OpenFindings />
              <IntegrityPanel />
              <Holdings />
            </div>
          </div>
        </>
      )}
    </div>
  );
}
