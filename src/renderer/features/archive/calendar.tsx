import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { counted } from '../../lib/number.ts';
import { longDate } from '../../lib/time.ts';
import { type Cell, dayByKey, edgePath, type Span, type Strip } from './calendar-layout.ts';
import s from './coverage.module.css';
import { isStillThere, type Keeping, STATE_WORDS } from './day-words.ts';

const WEEKDAYS = ['Mon', 'Wed', 'Fri'] as const;

/** So few weeks are drawn larger. */
const FEW_WEEKS = 36;

type Props = {
  readonly strips: readonly Strip[];
  readonly spans: readonly Span[];
  readonly today: string;
  /** The oldest day the source still has. */
  readonly edge: string | null;
  readonly keeping: Keeping;
  readonly chosen: string | null;
  readonly onChoose: (day: string) => void;
};

/** Years of days at a glance. One stop of the Tab key; arrows move by day and week, Enter explains a day. */
export function Calendar({ strips, spans, today, edge, keeping, chosen, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const moved = useRef(false);
  const shown = (day: string | null) =>
    day !== null && spans.some((span) => span.first <= day && day <= span.last) ? day : null;
  const stop = shown(focused) ?? shown(chosen) ?? shown(today) ?? spans[0]?.last ?? today;

  useLayoutEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    list.current?.querySelector<HTMLElement>(`[data-day="${stop}"]`)?.focus();
  }, [stop]);

  // The newest days are at the right end, and those are what one looks for first.
  useLayoutEffect(() => {
    if (list.current && strips.length === 1) list.current.scrollLeft = list.current.scrollWidth;
  }, [strips]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onChoose(stop);
      return;
    }
    const to = dayByKey(event.key, stop, spans);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    moved.current = to !== stop;
    setFocused(to);
  }

  return (
    <div
      ref={list}
      className={s.strips}
      data-large={(strips.length === 1 && (strips[0]?.columns ?? 0) <= FEW_WEEKS) || undefined}
      role="listbox"
      data-in-page
      aria-label="Days. Arrow keys move by day and week, Enter explains a day."
      onKeyDown={onKeyDown}
    >
      {strips.map((strip) => (
        <StripView
          key={strip.first}
          strip={strip}
          year={strips.length > 1}
          today={today}
          edge={edge}
          keeping={keeping}
          chosen={chosen}
          stop={stop}
          onChoose={(day) => {
            setFocused(day);
            onChoose(day);
          }}
        />
      ))}
    </div>
  );
}

function StripView(props: Omit<Props, 'strips' | 'spans'> & { strip: Strip; year: boolean; stop: string }) {
  const { strip, edge, keeping, chosen, stop, today, onChoose } = props;
  const path = edge === null ? null : edgePath(strip, edge);
  return (
    <div className={s.strip} role="presentation">
      <div className={s.weekdays} aria-hidden>
        {props.year && <b>{strip.first.slice(0, 4)}</b>}
        {WEEKDAYS.map((name, i) => (
          <span key={name} style={{ gridRow: i * 2 + 1 }}>
            {name}
          </span>
        ))}
      </div>
      <div className={s.weeks} role="presentation">
        <div className={s.months} aria-hidden>
          {strip.months.map(({ column, text }) => (
            <span key={column} style={{ gridColumn: column + 1 }}>
              {text}
            </span>
          ))}
        </div>
        <div className={s.days} role="presentation">
          {strip.cells.map((cell) => (
            <Day
              key={cell.day}
              cell={cell}
              label={labelOf(cell, today)}
              paler={cell.known?.state === 'complete' && edge !== null && isStillThere(cell.day, keeping)}
              today={cell.day === today}
              chosen={cell.day === chosen}
              stop={cell.day === stop}
              onChoose={onChoose}
            />
          ))}
          {path && (
            <svg className={s.edge} viewBox={`0 0 ${strip.columns} 7`} preserveAspectRatio="none" aria-hidden>
              <path d={path} />
            </svg>
          )}
        </div>
      </div>
    </div>
  );
}

type DayProps = {
  readonly cell: Cell;
  readonly label: string;
  readonly paler: boolean;
  readonly today: boolean;
  readonly chosen: boolean;
  readonly stop: boolean;
  readonly onChoose: (day: string) => void;
};

function Day({ cell, label, paler, today, chosen, stop, onChoose }: DayProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list around it has the keys
    <div
      role="option"
      aria-selected={chosen}
      aria-label={label}
      aria-current={today ? 'date' : undefined}
      title={label}
      tabIndex={stop ? 0 : -1}
      className={s.day}
      data-day={cell.day}
      data-colours
      data-state={cell.known?.state ?? 'none'}
      data-paler={paler || undefined}
      data-today={today || undefined}
      style={{ gridColumn: cell.column + 1, gridRow: cell.row + 1 }}
      onClick={() => onChoose(cell.day)}
    />
  );
}

function labelOf({ day, known }: Cell, today: string): string {
  const when = `${longDate(Date.parse(day), 'UTC')}${day === today ? ', today' : ''}`;
  if (known === null) return day > today ? `${when}: not come yet` : `${when}: no record`;
  return `${when}: ${STATE_WORDS[known.state]}, ${counted(known.stored, 'entry', 'entries')}`;
}
