import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { ReportOrder } from '../../../shared/report-contract.ts';
import { isShortReport, type ReportKind } from '../../../shared/report-template.ts';
import type { ReviewSummary } from '../../../shared/review-schema.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { failureOf } from '../../lib/client.ts';
import { reviewsOptions } from '../../lib/reviews.ts';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import { Basis } from './basis.tsx';
import { Chooser } from './chooser.tsx';
import { Course } from './course.tsx';
import { PastReports, pastOptions } from './past-reports.tsx';
import { Preview } from './preview.tsx';
import { quarters } from './quarters.ts';
import s from './reports.module.css';
import { SaveReport } from './save-report.tsx';
import { useDraft } from './use-draft.ts';

/** Which report of which period, its very pages before anything is written, and the reports that were. */
export function Reports() {
  const archive = useArchive();
  const zone = useZone();
  const client = useQueryClient();
  const presets = useMemo(() => quarters(Date.now(), zone), [zone]);
  const [template, setTemplate] = useState<ReportKind>('soc2');
  const [person, setPerson] = useState('');
  const [review, setReview] = useState<ReviewSummary | null>(null);
  const [days, setDays] = useState<readonly [string | null, string | null]>(() => {
    const first = presets[0];
    return first ? [first.from, first.to] : [null, null];
  });
  const choose = (next: ReviewSummary | null): void => {
    setReview(next);
    if (next) setDays([next.period.from, next.period.to]);
    if (next?.framework) setTemplate(next.framework);
  };
  // A worksheet leads here with its review; from then on what is chosen here counts.
  const named = useSearch({ from: '/reports' }).review;
  const [taken, setTaken] = useState(false);
  const found = useQuery({ ...reviewsOptions(archive, zone), enabled: named !== undefined }).data?.reviews.find(
    ({ id }) => id === named,
  );
  useEffect(() => {
    if (!found || taken) return;
    setTaken(true);
    setReview(found);
    setDays([found.period.from, found.period.to]);
    if (found.framework) setTemplate(found.framework);
  }, [found, taken]);
  const [from, to] = days;
  const order: ReportOrder | null =
    from === null || to === null || archive.entries === 0 || (template === 'person' && person === '')
      ? null
      : {
          template,
          person: template === 'person' ? person : null,
          review: review?.id ?? null,
          from,
          to,
          zone: review?.zone ?? zone,
        };
  const { draft, busy, error, cancel, again } = useDraft(order, archive.version);
  const cancelled = error !== null && failureOf(error).code === 'cancelled';

  return (
    <div className={s.page}>
      <h1>Reports</h1>
      <div className={s.builder}>
        <div className={s.column}>
          <Panel title="New report">
            <div className={s.body}>
              <Chooser
                template={template}
                onTemplate={(next) => {
                  setTemplate(next);
                  if (isShortReport(next)) setReview(null);
                }}
                review={review}
                onReview={choose}
                person={person}
                onPerson={setPerson}
                days={days}
                onDays={(next) => {
                  setReview(null);
                  setDays(next);
                }}
                presets={presets}
              />
              {from !== null && to !== null && <Basis period={{ from, to }} />}
              {archive.entries === 0 && <p className={s.note}>The archive holds no entries yet.</p>}
              {template === 'person' && person === '' && (
                <p className={s.note}>Name somebody, and the pages appear beside this.</p>
              )}
              {busy && <Course onCancel={cancel} />}
              {error !== null && !cancelled && <FailureNote error={error} />}
              <SaveReport
                draft={draft}
                cancelled={cancelled}
                onAgain={again}
                onSaved={() => void client.invalidateQueries({ queryKey: pastOptions(archive).queryKey })}
              />
            </div>
          </Panel>
        </div>
        <Preview draft={draft} busy={busy} />
      </div>
      <PastReports />
    </div>
  );
}
