import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { NEEDS_RATIONALE, type ReviewVerdict, VERDICT_WORDS } from '../../../shared/review.ts';
import type { ReviewDetail } from '../../../shared/review-schema.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { counted } from '../../lib/number.ts';
import {
  exceptionsOptions,
  type ItemsView,
  reviewFindingsOptions,
  reviewOptions,
  reviewsOptions,
  useActing,
} from '../../lib/reviews.ts';
import { useDelayed } from '../../lib/use-delayed.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { DecideForm, type Saying, SILENT } from './decide-form.tsx';
import { ItemDetail } from './item-detail.tsx';
import { ItemTable } from './item-table.tsx';
import { PopulationBox } from './population-box.tsx';
import { ReviewBanner } from './review-banner.tsx';
import { SidePanel } from './side-panel.tsx';
import { useChosen } from './use-chosen.ts';
import { useCursor } from './use-cursor.ts';
import { useDeciding } from './use-deciding.tsx';
import { useExporting } from './use-exporting.tsx';
import { useWorksheetKeys } from './use-worksheet-keys.ts';
import s from './worksheet.module.css';
import { WorksheetBar } from './worksheet-bar.tsx';
import { WorksheetForms, type WorksheetWish } from './worksheet-forms.tsx';
import { WorksheetHead } from './worksheet-head.tsx';

type Props = { readonly id: string; readonly view: ItemsView; readonly exception: string | null };

/** One review: its frozen population, item by item, with everything that stands between it and its signatures. */
export function Worksheet(props: Props) {
  const { data: review, error } = useQuery(reviewOptions(useArchive(), props.id));
  const waiting = useDelayed(review === undefined && !error);
  if (review) return <Sheet {...props} review={review} key={props.view} />;
  return (
    <div className={s.single}>
      <h1 className={s.unseen}>Review</h1>
      {error && <FailureNote error={error} />}
      {waiting && <p role="status">Reading the review…</p>}
    </div>
  );
}

function Sheet({ id, view, exception, review }: Props & { review: ReviewDetail }) {
  const archive = useArchive();
  const zone = useZone();
  const navigate = useNavigate();
  const acting = useActing();
  const cursor = useCursor(id, view);
  const { item, items, position } = cursor;
  const chosen = useChosen(items, position);
  const deciding = useDeciding(id);
  const exporting = useExporting(id);
  const [asked, setAsked] = useState<ReviewVerdict | null>(null);
  const [full, setFull] = useState(false);
  const [wish, setWish] = useState<WorksheetWish | null>(null);
  const exceptions = useQuery(exceptionsOptions(archive, id)).data ?? [];
  const findings = useQuery(reviewFindingsOptions(archive, id)).data ?? [];
  const plans = useQuery(reviewsOptions(archive, review.zone)).data?.plans ?? [];
  const kept = !archive.readOnly;
  const writable = kept && review.status === 'open';
  const many = chosen.allOpen ? review.scope - review.decided : chosen.ids.size;
  const self = acting.self;

  function go(next: { view?: ItemsView; x?: string }): void {
    const to = next.view ?? view;
    void navigate({
      to: '/reviews',
      search: { r: id, ...(to === 'all' ? {} : { view: to }), ...(next.x === undefined ? {} : { x: next.x }) },
      replace: next.x === undefined,
    });
  }

  function ask(verdict: ReviewVerdict, withWords: boolean): void {
    if (!writable || (many === 0 && !item?.inSample)) return;
    if (self === null) setWish('who');
    else if (withWords || NEEDS_RATIONALE.has(verdict)) setAsked(verdict);
    else void say(verdict, SILENT);
  }

  async function say(verdict: ReviewVerdict, saying: Saying): Promise<void> {
    if (self === null) return;
    setAsked(null);
    const numbers = chosen.ids.size > 0 ? [...chosen.ids] : item ? [item.n] : [];
    const from = item?.n ?? -1;
    const moved = chosen.allOpen || cursor.toOpen(1, new Set([...deciding.sent, ...numbers]));
    const done = await deciding.decide(
      self.id,
      chosen.allOpen ? { kind: 'open' } : { kind: 'items', items: numbers },
      verdict,
      saying,
    );
    if (!done) return;
    chosen.clear();
    if (!moved) await cursor.seekOpen(from, 1);
  }

  useWorksheetKeys({
    kind: review.kind,
    cursor,
    chosen,
    ask,
    undo: () => writable && deciding.undo(),
    open: () => setFull(true),
    wish: (next) => {
      const signable = review.status === 'prepared' || review.status === 'open';
      if (next === 'raise' ? writable : kept && signable && review.checks.every(({ ok }) => ok)) setWish(next);
    },
    close: () => {
      if (asked !== null) setAsked(null);
      else if (many > 0) chosen.clear();
      else if (full) setFull(false);
      else void navigate({ to: '/reviews', search: {} });
    },
  });

  return (
    <div className={s.sheet}>
      <div className={s.main}>
        <WorksheetHead
          review={review}
          plan={plans.find((one) => one.id === review.plan) ?? null}
          writable={kept}
          exporting={exporting.pending}
          onWish={(next) => (next === 'export' ? exporting.start() : setWish(next))}
        />
        <ReviewBanner review={review} writable={kept} acting={acting} onWho={() => setWish('who')} />
        <PopulationBox review={review} />
        <WorksheetBar
          review={review}
          view={view}
          acting={acting}
          writable={writable}
          many={many}
          onView={(next) => go({ view: next })}
          onWho={() => setWish('who')}
          onDrop={chosen.clear}
          onVerdict={(verdict) => ask(verdict, false)}
        />
        {items.error != null && <FailureNote error={items.error} />}
        {items.total === 0 ? (
          <p className={s.nothing}>
            {view === 'open' ? 'Everything is decided.' : 'No item of this review is like that.'}
          </p>
        ) : (
          <ItemTable
            kind={review.kind}
            zone={zone}
            items={items}
            position={position}
            selected={chosen.ids}
            allOpen={chosen.allOpen}
            self={self}
            writable={writable}
            onRange={cursor.onRange}
            onMove={cursor.moveTo}
            onOpen={(place) => {
              cursor.moveTo(place);
              setFull(true);
            }}
            onCheck={(place, extend) => {
              cursor.moveTo(place);
              chosen.check(place, extend);
            }}
            onVerdict={(verdict) => ask(verdict, false)}
          />
        )}
        {asked !== null && (
          <DecideForm
            key={asked}
            verdict={asked}
            of={many > 0 ? counted(many, 'item', 'items') : `item ${(item?.n ?? 0) + 1}`}
            onSay={(saying) => void say(asked, saying)}
            onCancel={() => setAsked(null)}
          />
        )}
        <p className={s.foot}>
          {items.total !== null && `${counted(items.total, 'item', 'items')} in this view. `}
          Every decision is written to the archive’s own log with name and time.
        </p>
      </div>
      <aside className={s.side} aria-label="About the review">
        {full && item && <ItemDetail item={item} onClose={() => setFull(false)} />}
        <SidePanel
          review={review}
          exceptions={exceptions}
          findings={findings}
          writable={kept}
          onException={(x) => go({ x })}
          onWish={setWish}
        />
      </aside>
      <WorksheetForms
        review={review}
        acting={acting}
        wish={wish}
        items={many > 0 && !chosen.allOpen ? [...chosen.ids] : item ? [item.n] : []}
        exception={exception}
        own={exceptions}
        onEnd={() => setWish(null)}
        onExceptionEnd={() => go({})}
      />
      <p className={s.unseen} role="status">
        {item ? spoken(review, item.decision?.verdict ?? null, position, items.total ?? 0) : ''}
      </p>
    </div>
  );
}

// The rows are painted, not walked through: what the current one is, is said.
function spoken(review: ReviewDetail, verdict: ReviewVerdict | null, position: number, total: number): string {
  const state = verdict === null ? 'to decide' : VERDICT_WORDS[verdict];
  return `Item ${position + 1} of ${total}, ${state}. ${review.scope - review.decided} to decide.`;
}
