import { TextInput } from '@mantine/core';
import { addDays, dayOf, endOfDay, isDay } from '../../../shared/instant.ts';
import { useZone } from '../../lib/app-state.ts';
import s from './triage.module.css';

/** The date so many days after an instant, in the zone shown. */
export function dayAfter(now: number, days: number, zone: string): string {
  return addDays(dayOf(now, zone), days);
}

/** The last instant of a date in a zone; null where the text is no date after `now`. */
export function untilOf(day: string, zone: string, now: number): number | null {
  if (!isDay(day) || day <= dayOf(now, zone)) return null;
  return endOfDay(day, zone) - 1;
}

const SPANS: Readonly<Record<number, string>> = { 1: '1 d', 7: '7 d', 30: '30 d', 90: '90 d', 365: '1 y' };

type Props = {
  readonly label: string;
  readonly day: string;
  readonly days: readonly number[];
  readonly now: number;
  readonly onChange: (day: string) => void;
};

/** The last day on which something holds: a few usual spans, or any date. */
export function UntilField({ label, day, days, now, onChange }: Props) {
  const zone = useZone();
  return (
    <div className={s.until}>
      <TextInput
        type="date"
        size="xs"
        label={label}
        value={day}
        min={dayAfter(now, 1, zone)}
        error={untilOf(day, zone, now) === null}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <fieldset className={s.spans}>
        <legend className={s.unseen}>Usual spans</legend>
        {days.map((n) => (
          <button
            key={n}
            type="button"
            className={s.span}
            aria-pressed={day === dayAfter(now, n, zone)}
            onClick={() => onChange(dayAfter(now, n, zone))}
          >
            {SPANS[n]}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
