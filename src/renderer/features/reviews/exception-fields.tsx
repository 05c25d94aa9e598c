import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { EXTENTS, type Extent } from '../../../shared/review.ts';
import type { ExceptionFields, ReviewException } from '../../../shared/review-schema.ts';
import s from './reviews.module.css';

export const BLANK: ExceptionFields = {
  nature: '',
  cause: '',
  extent: 'unknown',
  remediation: '',
  owner: null,
  due: null,
  control: null,
  ticket: '',
};

const EXTENT_WORDS: Readonly<Record<Extent, string>> = {
  unknown: 'not said yet',
  isolated: 'isolated: it happened once',
  systematic: 'systematic: the control does not work as designed',
};

export function fieldsOf(exception: ReviewException): ExceptionFields {
  const { nature, cause, extent, remediation, owner, due, control, ticket } = exception;
  return { nature, cause, extent, remediation, owner, due, control, ticket };
}

/** What differs between two, for saying only that. */
export function changed(before: ExceptionFields, after: ExceptionFields): Partial<ExceptionFields> {
  const names = Object.keys(before) as (keyof ExceptionFields)[];
  return Object.fromEntries(names.filter((name) => before[name] !== after[name]).map((name) => [name, after[name]]));
}

type Props = { readonly value: ExceptionFields; readonly onChange: (next: ExceptionFields) => void };

/** Nature, cause, extent, remediation, owner and date of an exception. */
export function ExceptionFieldset({ value, onChange }: Props) {
  const set = (part: Partial<ExceptionFields>) => onChange({ ...value, ...part });
  const areas = [
    ['nature', 'Nature: what was not as it should be'],
    ['cause', 'Cause'],
    ['remediation', 'Remediation: what is done about it'],
  ] as const;
  return (
    <>
      {areas.map(([name, label]) => (
        <Textarea
          key={name}
          size="xs"
          label={label}
          autosize
          minRows={1}
          maxRows={6}
          maxLength={2000}
          data-autofocus={name === 'nature' || undefined}
          value={value[name]}
          onChange={(event) => set({ [name]: event.currentTarget.value })}
        />
      ))}
      <div className={s.two}>
        <NativeSelect
          size="xs"
          label="Isolated or systematic"
          value={value.extent}
          onChange={(event) => set({ extent: EXTENTS.find((one) => one === event.currentTarget.value) ?? 'unknown' })}
          data={EXTENTS.map((one) => ({ value: one, label: EXTENT_WORDS[one] }))}
        />
        <TextInput
          size="xs"
          label="Control"
          placeholder="such as CC6.2"
          maxLength={60}
          value={value.control ?? ''}
          onChange={(event) => set({ control: event.currentTarget.value.trim() || null })}
        />
      </div>
      <div className={s.three}>
        <TextInput
          size="xs"
          label="Owner"
          maxLength={120}
          autoComplete="off"
          value={value.owner ?? ''}
          onChange={(event) => set({ owner: event.currentTarget.value || null })}
        />
        <TextInput
          size="xs"
          type="date"
          label="Due"
          value={value.due ?? ''}
          onChange={(event) => set({ due: event.currentTarget.value || null })}
        />
        <TextInput
          size="xs"
          label="Ticket"
          maxLength={500}
          value={value.ticket}
          onChange={(event) => set({ ticket: event.currentTarget.value })}
        />
      </div>
    </>
  );
}
