import { Button, Popover } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { addDays, dayOf, isDay } from '../../../shared/instant.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import type { TimeRange } from '../../lib/filter-edit.ts';
import { quarterStart, zoneName } from '../../lib/time.ts';
import pill from '../../ui/pill.module.css';
import s from './query-bar.module.css';
import { rangeWords } from './range-words.ts';

const PRESETS = [
  { last: '24h', name: '24 h' },
  { last: '7d', name: '7 d' },
  { last: '30d', name: '30 d' },
  { last: '90d', name: '90 d' },
] as const;

type Props = { readonly range: TimeRange; readonly onRange: (range: TimeRange) => void };

/** Spans of the past as buttons; the pressed one is the query's own. */
export const RangePresets = memo(function RangePresets({ range, onRange }: Props) {
  const zone = useZone();
  const quarter = quarterStart(Date.now(), zone);
  const all = range.last === undefined && range.from === undefined && range.to === undefined;
  return (
    <fieldset className={s.presets}>
      <legend>Time</legend>
      {PRESETS.map(({ last, name }) => (
        <button
          key={last}
          type="button"
          className={pill.pill}
          aria-pressed={range.last === last}
          onClick={() => onRange({ last })}
        >
          {name}
        </button>
      ))}
      <button
        type="button"
        className={pill.pill}
        title="This quarter so far"
        aria-pressed={range.from === quarter && range.to === undefined}
        onClick={() => onRange({ from: quarter })}
      >
        Quarter
      </button>
      <button type="button" className={pill.pill} aria-pressed={all} onClick={() => onRange({})}>
        All
      </button>
    </fieldset>
  );
});

// Two months are shown and the later one should hold the last day.
function monthBefore(day: string): string {
  return addDays(`${day.slice(0, 7)}-01`, -1);
}

/** Whole days, both included, in the zone on screen. */
export const RangePicker = memo(function RangePicker({ range, onRange }: Props) {
  const zone = useZone();
  const archive = useArchive();
  const [opened, setOpened] = useState(false);
  const [days, setDays] = useState<[string | null, string | null]>([null, null]);
  const now = Date.now();
  const newest = dayOf(archive.newest ?? now, zone);
  const words = rangeWords(range, zone) ?? 'All time';

  function open(next: boolean): void {
    if (next) {
      const { from, to } = range;
      setDays([from && isDay(from) ? from : null, to && isDay(to) ? to : null]);
    }
    setOpened(next);
  }

  return (
    <Popover opened={opened} onChange={open} position="bottom-end" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button
          className={s.collapses ?? ''}
          variant="default"
          aria-label={`Choose dates. Now: ${words}`}
          onClick={() => open(!opened)}
          leftSection={<IconCalendar size={15} stroke={1.6} aria-hidden />}
        >
          <span className={s.clip}>
            {words}
            {range.last === undefined && !words.endsWith(zoneName(now, zone)) && words !== 'All time'
              ? `, ${zoneName(now, zone)}`
              : ''}
          </span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Choose dates">
        <DatePicker
          type="range"
          allowSingleDateInRange
          numberOfColumns={2}
          size="sm"
          value={days}
          defaultDate={monthBefore(days[1] ?? newest)}
          maxDate={dayOf(Math.max(now, archive.newest ?? now), zone)}
          ariaLabels={{ previousMonth: 'Previous month', nextMonth: 'Next month' }}
          onChange={(next) => {
            setDays(next);
            const [from, to] = next;
            if (from === null || to === null) return;
            setOpened(false);
            onRange({ from, to });
          }}
        />
        <p className={s.pickerNote}>
          {days[0] !== null && days[1] === null ? 'Now the last day.' : 'First and last day, both included.'} Days begin
          at midnight {zoneName(now, zone)}.
        </p>
      </Popover.Dropdown>
    </Popover>
  );
});
