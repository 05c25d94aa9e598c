import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { type Office, type OfficeProblem, officeProblem } from '../../../shared/office.ts';
import { offsetText } from '../../lib/time.ts';
import { printHolidays, readHolidays } from './holiday-text.ts';
import s from './settings.module.css';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

type Props = {
  readonly office: Office;
  readonly others: readonly Office[];
  readonly isNew: boolean;
  readonly pending: boolean;
  readonly onSave: (office: Office) => void;
  readonly onCancel: () => void;
};

/** Where an office is and when it works; errors stand beside the field, once somebody tried to keep it. */
export function OfficeForm({ office: initial, others, isNew, pending, onSave, onCancel }: Props) {
  const [office, setOffice] = useState(initial);
  const [holidayText, setHolidayText] = useState(printHolidays(initial.holidays));
  const [tried, setTried] = useState(false);
  const holidays = readHolidays(holidayText);
  const problem: OfficeProblem | null =
    officeProblem({ ...office, holidays: [] }, others) ??
    (holidays.ok ? null : { field: 'holidays', message: holidays.problem });
  const errorOf = (field: OfficeProblem['field']) => (tried && problem?.field === field ? problem.message : null);
  const set = (part: Partial<Office>) => setOffice((before) => ({ ...before, ...part }));
  const overnight = office.opens !== office.closes && office.closes < office.opens;

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (problem === null && holidays.ok && !pending)
      onSave({ ...office, name: office.name.trim(), holidays: [...holidays.holidays] });
  }

  // The list of zones is a layer of its own: the first Esc closes it.
  function onKeyDown(event: KeyboardEvent): void {
    const listed = event.currentTarget.querySelector('[role="option"]')?.checkVisibility() ?? false;
    if (event.key !== 'Escape' || listed) return;
    event.stopPropagation();
    onCancel();
  }

  return (
    <form
      className={s.form}
      aria-label={isNew ? 'New office' : `Change ${initial.name.slice(0, 80)}`}
      onSubmit={submit}
      onKeyDown={onKeyDown}
      noValidate
    >
      <div className={s.fields}>
        <TextInput
          size="xs"
          label="Name"
          placeholder="Lisbon"
          value={office.name}
          maxLength={80}
          error={errorOf('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
          // The form opens because somebody asked for it.
          autoFocus
        />
        <Select
          size="xs"
          label="Time zone"
          searchable
          allowDeselect={false}
          value={office.zone}
          limit={60}
          error={errorOf('zone')}
          nothingFoundMessage="No zone has this name"
          onChange={(zone) => zone !== null && set({ zone })}
          data={zonesWith(office.zone)}
          comboboxProps={{ withinPortal: false }}
        />
      </div>
      <fieldset className={s.days}>
        <legend>Working days</legend>
        {DAYS.map((day, i) => {
          const on = office.weekdays.includes(i + 1);
          return (
            <button
              key={day}
              type="button"
              className={s.day}
              aria-pressed={on}
              onClick={() =>
                set({ weekdays: on ? office.weekdays.filter((one) => one !== i + 1) : [...office.weekdays, i + 1] })
              }
            >
              {day}
            </button>
          );
        })}
        {errorOf('weekdays') && (
          <p className={s.error} role="alert">
            {errorOf('weekdays')}
          </p>
        )}
      </fieldset>
      <div className={s.hours}>
        <TimePicker
          size="xs"
          label="Opens"
          format="24h"
          hoursInputLabel="Opens, hours"
          minutesInputLabel="Opens, minutes"
          value={office.opens}
          error={errorOf('hours') !== null}
          onChange={(opens) => set({ opens })}
        />
        <TimePicker
          size="xs"
          label="Closes"
          format="24h"
          hoursInputLabel="Closes, hours"
          minutesInputLabel="Closes, minutes"
          value={office.closes}
          error={errorOf('hours') !== null}
          onChange={(closes) => set({ closes })}
        />
        <p className={s.hint}>
          {office.opens === office.closes
            ? 'Open around the clock.'
            : overnight
              ? 'The shift ends on the next day; it belongs to the day on which it begins.'
              : 'By the office’s own clock, in summer and in winter.'}
        </p>
      </div>
      {errorOf('hours') && (
        <p className={s.error} role="alert">
          {errorOf('hours')}
        </p>
      )}
      <Textarea
        size="xs"
        label="Holidays"
        description="One a line, date first; a list can be pasted. No work begins on them."
        placeholder={'2026-12-25 Christmas Day\n2027-01-01 New Year’s Day'}
        autosize
        minRows={3}
        maxRows={10}
        value={holidayText}
        error={errorOf('holidays')}
        onChange={(event) => setHolidayText(event.currentTarget.value)}
        classNames={{ input: s.mono ?? '' }}
      />
      <div className={s.buttons}>
        <Button size="xs" type="submit" loading={pending}>
          Keep
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function zonesWith(own: string): { value: string; label: string }[] {
  const now = Date.now();
  const all = new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')]);
  return [...all].map((zone) => ({ value: zone, label: `${zone.replaceAll('_', ' ')} (${offsetText(zone, now)})` }));
}
