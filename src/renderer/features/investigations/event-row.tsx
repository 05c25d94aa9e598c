// biome-ignore-all lint/a11y/useSemanticElements: rows of a grid that is no table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the current row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the keys of the screen do what a click does
import { IconFileImport, IconPencil } from '@tabler/icons-react';
import clsx from 'clsx';
import { memo, type ReactNode } from 'react';
import { describeAction } from '../../../shared/action.ts';
import type { CaseEvent } from '../../../shared/case-schema.ts';
import { clock, clockMinutes, dateTime, shortDate, zoneName } from '../../lib/time.ts';
import { Avatar, actorName } from '../../ui/avatar.tsx';
import { CategoryIcon } from '../../ui/category-icon.tsx';
import { SafeText, tooltipOf } from '../../ui/safe-text.tsx';
import tag from '../../ui/state-tag.module.css';
import t from './timeline.module.css';
import type { TimelineRow } from './timeline-rows.ts';
import { lengthWords, NO_PHASE_COLOUR, PHASE_COLOURS } from './words.ts';

type Props = {
  readonly row: TimelineRow & { kind: 'event' };
  readonly index: number;
  readonly y: number;
  readonly zone: string;
  /** The second zone that times are shown in; null where it is the same. */
  readonly second: string | null;
  readonly current: boolean;
  readonly picked: boolean;
  readonly measure: (id: string, element: HTMLElement | null) => void;
  readonly onMove: (index: number, extend: boolean) => void;
  readonly onPick: (id: string) => void;
  readonly onFold: (id: string) => void;
  readonly onOpen: (index: number) => void;
};

export const EventRow = memo(function EventRow(props: Props) {
  const { row, index, zone, second } = props;
  const { event, group } = row;
  return (
    <div
      role="row"
      id={`event-${event.id}`}
      ref={(element) => props.measure(row.id, element)}
      className={t.row}
      aria-rowindex={index + 1}
      aria-selected={props.picked}
      data-current={props.current || undefined}
      data-picked={props.picked || undefined}
      data-first={row.first || undefined}
      data-last={row.last || undefined}
      data-kind={event.kind}
      data-event={event.id}
      style={{ transform: `translateY(${props.y}px)` }}
      onClick={(mouse) => props.onMove(index, mouse.shiftKey)}
      onDoubleClick={() => props.onOpen(index)}
    >
      <div role="gridcell" className={t.group}>
        {row.first && (
          <>
            <span
              className={t.number}
              style={{ background: group.phase === null ? NO_PHASE_COLOUR : PHASE_COLOURS[group.phase] }}
              aria-hidden
            >
              {group.number ?? ''}
            </span>
            <b title={tooltipOf(group.name)}>
              <SafeText text={group.name} max={60} />
            </b>
            <span className={t.span}>{spanWords(group.events, zone)}</span>
          </>
        )}
      </div>
      <div role="gridcell" className={t.entry}>
        <div className={t.line}>
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={`Select ${event.id}`}
            checked={props.picked}
            onClick={(mouse) => {
              mouse.stopPropagation();
              props.onPick(event.id);
            }}
            onChange={() => {}}
          />
          <span className={t.times}>
            <span className={t.time}>
              {clock(event.ts, zone)}
              {row.newDay && <span className={t.day}>{shortDate(event.ts, zone)}</span>}
            </span>
            {second !== null && (
              <span className={t.utc} title={dateTime(event.ts, second)}>
                {clock(event.ts, second)} {zoneName(event.ts, second)}
              </span>
            )}
          </span>
          <What event={event}>
            {row.run && <Repeats run={row.run} zone={zone} onFold={() => props.onFold(event.id)} />}
          </What>
        </div>
        {event.notes.map((note) => (
          <div key={note.line} className={t.note}>
            <Avatar actor={{ id: null, name: note.by, email: null }} />
            <p>
              <SafeText text={note.text} max={2000} multiline />
            </p>
            <span className={t.signed} title={dateTime(note.at, zone)}>
              <SafeText text={note.by} max={40} />, {dateTime(note.at, zone)}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
});

type RepeatsProps = {
  readonly run: NonNullable<Props['row']['run']>;
  readonly zone: string;
  readonly onFold: () => void;
};

/** How often the same happened in a row, and until when; shows each, or folds them again. */
function Repeats({ run, zone, onFold }: RepeatsProps) {
  const until = clockMinutes(run.until, zone);
  return (
    <button
      type="button"
      tabIndex={-1}
      className={t.repeats}
      aria-expanded={run.open}
      title={run.open ? 'Fold them (F)' : 'Show each (F)'}
      onClick={(mouse) => {
        mouse.stopPropagation();
        onFold();
      }}
    >
      × {run.length} <span>to {until}</span>
    </button>
  );
}

function What({ event, children }: { event: CaseEvent; children: ReactNode }) {
  if (event.kind !== 'entry') {
    const manual = event.kind === 'manual';
    const Icon = manual ? IconPencil : IconFileImport;
    const from = manual ? event.source : `${event.file}, line ${event.fileLine}`;
    return (
      <>
        <span className={t.icon}>
          <Icon size={15} stroke={1.6} aria-hidden />
        </span>
        <span className={t.title} title={tooltipOf(event.title)}>
          <SafeText text={event.title} max={300} />
        </span>
        <Technique event={event} />
        <span className={clsx(t.from, t.clip)} title={tooltipOf(from)}>
          <SafeText text={from} max={120} />
        </span>
        <span className={t.id}>{event.id}</span>
        <span className={tag.tag}>{manual ? 'by hand' : 'other log'}</span>
      </>
    );
  }
  const { row } = event;
  const info = describeAction(row.action);
  const target = row.target?.name ?? row.target?.id ?? null;
  const actor = actorName(row.actor);
  return (
    <>
      <span className={t.icon} title={tooltipOf(actor)}>
        <Avatar actor={row.actor} />
      </span>
      <span className={t.actor} title={tooltipOf(actor)}>
        <SafeText text={actor} max={80} />
      </span>
      <CategoryIcon category={info.category} />
      <span className={t.title} title={tooltipOf(`${info.phrase} ${target ?? ''}`)}>
        {info.phrase}
        {target !== null && (
          <>
            {' '}
            <SafeText text={target} max={160} />
          </>
        )}
      </span>
      {children}
      <span className={clsx(t.code, t.clip)}>
        <SafeText text={row.action} max={80} />
      </span>
      <Technique event={event} />
      <span className={t.grow} />
      {event.state !== 'holds' && (
        <span className={tag.tag} data-tone="critical">
          {event.state === 'altered' ? 'altered since it was pinned' : 'no longer in the archive'}
        </span>
      )}
      <span className={t.id}>{event.id}</span>
      <span className={t.address}>{row.address === null ? '' : <SafeText text={row.address} max={45} />}</span>
      <span className={t.country}>{event.country ?? ''}</span>
    </>
  );
}

function Technique({ event }: { event: CaseEvent }) {
  return event.technique === null ? null : <span className={t.technique}>{event.technique}</span>;
}

function spanWords(events: readonly CaseEvent[], zone: string): string {
  const first = events[0];
  const last = events.at(-1);
  if (!first || !last) return '';
  const name = zoneName(last.ts, zone);
  const short = (ts: number): string => clock(ts, zone).slice(0, 5);
  if (shortDate(first.ts, zone) !== shortDate(last.ts, zone)) {
    return `${shortDate(first.ts, zone)} – ${shortDate(last.ts, zone)}, ${lengthWords(last.ts - first.ts)}`;
  }
  return short(first.ts) === short(last.ts)
    ? `${short(first.ts)} ${name}`
    : `${short(first.ts)} – ${short(last.ts)} ${name}`;
}
