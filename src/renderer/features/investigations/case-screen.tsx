import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { CaseDetail, CaseEvent, ScopeEntry } from '../../../shared/case-schema.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import {
  caseOptions,
  checkOptions,
  scopeOptions,
  suggestionsOptions,
  timelineOptions,
  useCurrentCase,
} from '../../lib/cases.ts';
import { call } from '../../lib/client.ts';
import { counted } from '../../lib/number.ts';
import { useDelayed } from '../../lib/use-delayed.ts';
import { EmptyState, FailureNote } from '../../ui/notes.tsx';
import { AskedForm } from './asked-form.tsx';
import s from './case.module.css';
import { CaseHead } from './case-head.tsx';
import { CaseTools } from './case-tools.tsx';
import { History } from './history.tsx';
import { NoteBox } from './note-box.tsx';
import { PhaseBar } from './phase-bar.tsx';
import { moved, type Span, zoomedAround } from './phase-layout.ts';
import { type CasePart, type InvestigationsSearch, LANES, type Lane } from './search.ts';
import { SidePanel } from './side-panel.tsx';
import { Story } from './story.tsx';
import { Suggestions } from './suggestions.tsx';
import { Timeline } from './timeline.tsx';
import { useAuthor } from './use-author.tsx';
import { useCaseFiles } from './use-case-files.ts';
import { useCaseKeys } from './use-case-keys.ts';
import { useTimeline } from './use-timeline.ts';
import { useVerdicts } from './use-verdicts.ts';
import { useWriting } from './use-writing.tsx';
import type { CaseAsked } from './wishes.ts';

type Props = { readonly id: string; readonly search: InvestigationsSearch };
const NO_EVENTS: readonly CaseEvent[] = [];
const NO_ENTRIES: readonly ScopeEntry[] = [];

/** One case: its timeline, with everything that is known, suggested, said and still to be done around it. */
export function CaseScreen(props: Props) {
  const zone = useZone();
  const { data: detail, error } = useQuery(caseOptions(useArchive(), props.id, zone));
  const waiting = useDelayed(detail === undefined && !error);
  if (detail) return <Sheet {...props} detail={detail} />;
  return (
    <div className={s.single}>
      <h1 className={s.unseen}>Case</h1>
      {error && <FailureNote error={error} />}
      {waiting && <p role="status">Reading the case…</p>}
    </div>
  );
}

function Sheet({ id, search, detail }: Props & { detail: CaseDetail }) {
  const archive = useArchive();
  const zone = useZone();
  const navigate = useNavigate();
  const writing = useWriting(id);
  const author = useAuthor();
  const { choose } = useCurrentCase();
  const [asked, setAsked] = useState<CaseAsked | null>(null);
  const [steps, setSteps] = useState<number | null>(null);
  const [suggested, setSuggested] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const timeline = useQuery(timelineOptions(archive, id));
  const events = timeline.data ?? NO_EVENTS;
  const scope = useQuery(scopeOptions(archive, id, steps)).data;
  const suggesting = useQuery(suggestionsOptions(archive, id, steps));
  const suggestions = suggesting.data;
  const checks = useQuery(checkOptions(archive, id)).data;
  const part: CasePart | 'timeline' = search.part ?? 'timeline';
  const lane: Lane = search.lane ?? 'phase';
  const zoom: Span | null =
    search.from !== undefined && search.to !== undefined ? { from: search.from, to: search.to } : null;
  const view = useTimeline(detail, events, lane, zoom);
  const kept = !archive.readOnly;
  const writable = kept && detail.status !== 'closed';
  const span = zoom ?? view.whole;
  const entries = suggestions?.entries ?? NO_ENTRIES;
  const place = Math.min(suggested, Math.max(0, entries.length - 1));
  // What is worked on is where the next pin goes.
  useEffect(() => {
    if (detail.status !== 'closed') choose(id);
  }, [id, detail.status, choose]);

  function go(next: Partial<InvestigationsSearch>, replace = true): void {
    const { start: _start, ...rest } = { ...search, ...next };
    const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    void navigate({ to: '/investigations', search: kept, replace });
  }
  const turnTo = (to: CasePart | 'timeline'): void => {
    const { part: _part, ...rest } = search;
    void navigate({ to: '/investigations', search: to === 'timeline' ? rest : { ...rest, part: to } });
  };
  const onLane = (to: Lane): void => {
    const { lane: _lane, ...rest } = search;
    void navigate({ to: '/investigations', search: to === 'phase' ? rest : { ...rest, lane: to }, replace: true });
  };
  const zoomTo = (times: number, at?: number): void => {
    if (span) go(zoomedAround(span, times, at ?? view.current?.ts));
  };
  const unzoom = (): void => {
    const { from: _from, to: _to, ...rest } = search;
    void navigate({ to: '/investigations', search: rest, replace: true });
  };
  const verdicts = useVerdicts(id, zone, author.ask, writing);
  const files = useCaseFiles(id, zone, author.ask, writing);

  function unpin(): void {
    const gone = view.subject;
    if (!writable || gone.length === 0) return;
    author.ask((by) => {
      const [first] = gone;
      const words = gone.length === 1 && first ? first.id : counted(gone.length, 'event', 'events');
      void writing
        .write(by, `${words} taken out of the timeline.`, () =>
          call('cases.unpin', { id, by, events: gone.map((one) => one.id) }),
        )
        .then((done) => done && view.clear());
    });
  }
  function compare(): void {
    const two = view.chosen.length >= 2 ? view.chosen.slice(0, 2) : [view.current, view.previous];
    const found = two.filter((one) => one !== null);
    if (found.length === 2) setAsked({ look: [...found].sort((a, b) => a.ts - b.ts) });
  }
  function openEntry(): void {
    const key =
      part === 'suggestions'
        ? entries[place]?.row.key
        : view.current?.kind === 'entry'
          ? view.current.row.key
          : undefined;
    if (key !== undefined) void navigate({ to: '/', search: { e: key } });
  }

  useCaseKeys({
    part,
    step: (by, extend) =>
      part === 'suggestions'
        ? setSuggested(Math.min(Math.max(0, place + by), Math.max(0, entries.length - 1)))
        : view.step(by, extend),
    turnTo,
    toggle: () => view.toggle(view.current?.id),
    fold: () => view.fold(view.current?.id),
    look: () => view.current && setAsked({ look: [view.current] }),
    compare,
    openEntry,
    unpin,
    classify: () => writable && view.subject.length > 0 && setAsked({ classify: view.subject }),
    note: () => writable && field.current?.focus(),
    wish: (wish) => {
      if (wish === 'close' ? writable && detail.missing.length === 0 : writable) setAsked(wish);
    },
    verdict: (verdict) => {
      const entry = entries[place];
      if (writable && part === 'suggestions' && entry) {
        verdicts.entries([entry], verdict === 'rejected' && entry.state === 'rejected' ? null : verdict);
      }
    },
    acceptAll: () => writable && part === 'suggestions' && acceptAll(),
    lane: () => onLane(LANES[(LANES.indexOf(lane) + 1) % LANES.length] ?? 'phase'),
    zoom: zoomTo,
    pan: (direction) => span && go(moved(span, direction)),
    whole: unzoom,
    undo: () => kept && writing.undo(),
    close: () => {
      if (view.chosen.length > 0) view.clear();
      else if (part !== 'timeline') turnTo('timeline');
      else void navigate({ to: '/investigations', search: {} });
    },
  });
  const acceptAll = (): void =>
    verdicts.entries(
      entries.filter(({ state }) => state !== 'rejected'),
      'accepted',
    );
  const pinned = events.filter((one) => one.kind === 'entry').length;
  const empty = timeline.data !== undefined && events.length === 0;

  return (
    <div className={s.sheet}>
      <div className={s.main}>
        <CaseHead
          detail={detail}
          entries={pinned}
          writable={kept}
          exporting={files.pending}
          onNote={() => field.current?.focus()}
          onWish={setAsked}
          onImport={files.bringIn}
          onBundle={() => author.ask((by) => setAsked({ bundle: { by, total: pinned } }))}
          onExport={files.takeOut}
        />
        {span && (
          <PhaseBar
            detail={detail}
            events={events}
            span={span}
            lanes={lane === 'phase' ? null : view.groups}
            onZoom={zoomTo}
          />
        )}
        <CaseTools
          part={part}
          lane={lane}
          events={events.length}
          shown={view.shown.length}
          suggested={suggestions?.total ?? null}
          picked={view.chosen.length}
          zoomed={zoom !== null}
          writable={writable}
          onPart={turnTo}
          onLane={onLane}
          onWhole={unzoom}
          onCompare={compare}
          onClassify={() => setAsked({ classify: view.subject })}
          onUnpin={unpin}
        />
        {timeline.error && <FailureNote error={timeline.error} />}
        {part === 'suggestions' && suggesting.error && <FailureNote error={suggesting.error} />}
        {part === 'timeline' &&
          (empty ? (
            <EmptyState title="Nothing is pinned yet">
              Accept suggestions of the scope (S), or pin entries from the Explorer or a finding with Shift P: they come
              here. N adds an event that no log holds.
            </EmptyState>
          ) : (
            <Timeline
              rows={view.rows}
              second={zone === 'UTC' ? null : 'UTC'}
              position={view.position}
              picked={view.picked}
              onMove={(index, extend) => {
                const row = view.rows[index];
                if (row?.kind === 'event') view.moveTo(row.id, extend);
              }}
              onPick={view.toggle}
              onFold={view.fold}
              onOpen={(index) => {
                const row = view.rows[index];
                if (row?.kind === 'event') setAsked({ look: [row.event] });
              }}
            />
          ))}
        {part === 'suggestions' && suggestions && (
          <Suggestions
            entries={entries}
            total={suggestions.total}
            position={place}
            writable={writable}
            onMove={setSuggested}
            onVerdict={verdicts.entries}
            onAll={acceptAll}
          />
        )}
        {part === 'story' && (
          <Story
            detail={detail}
            events={events}
            writable={writable}
            writing={writing}
            onShow={(event) => setAsked({ look: [event] })}
          />
        )}
        {part === 'history' && <History detail={detail} />}
        {empty && <span className={s.grow} />}
        {writable && part !== 'story' && (
          <NoteBox
            id={id}
            zone={zone}
            event={part === 'timeline' ? view.current : null}
            field={field}
            writing={writing}
          />
        )}
        <p className={s.unseen} role="status">
          {view.current && part === 'timeline' ? `Event ${view.current.id}, ${view.chosen.length} selected.` : ''}
        </p>
      </div>
      <aside className={s.side} aria-label="About the case">
        <SidePanel
          detail={detail}
          scope={scope}
          checks={checks}
          writable={writable}
          onVerdict={verdicts.thing}
          onWatch={verdicts.watch}
          onSteps={setSteps}
          onSeed={() => setAsked('seed')}
          onSeedGone={verdicts.removeSeed}
          onRemedy={(remedy) => setAsked({ remedy })}
          onMeet={(clock) => setAsked({ clock })}
          onClock={() => setAsked('clock')}
        />
      </aside>
      {asked !== null && (
        <AskedForm
          detail={detail}
          asked={asked}
          at={view.current?.ts ?? detail.openedAt}
          writing={writing}
          onClassified={() => {
            setAsked(null);
            view.clear();
          }}
          onClose={() => setAsked(null)}
        />
      )}
      {author.dialog}
    </div>
  );
}
