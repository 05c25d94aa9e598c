import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { Acting } from '../../lib/reviews.ts';
import { visible } from '../../lib/visible-text.ts';
import { IdentityForm } from './identity-form.tsx';
import s from './reviews.module.css';

type Props = {
  readonly label: string;
  readonly acting: Acting;
  readonly chosen: string | null;
  /** Identities that cannot do this, with the reason. */
  readonly barred?: Readonly<Record<string, string>>;
  readonly onChoose: (id: string) => void;
  /** Whether the dialog begins here. */
  readonly begins?: boolean;
};

/** Chooses one of the archive's identities, or makes one. */
export function ActingField({ label, acting, chosen, barred = {}, onChoose, begins = false }: Props) {
  const [making, setMaking] = useState(false);
  return (
    <div className={s.acting}>
      <NativeSelect
        size="xs"
        className={s.grow ?? ''}
        label={label}
        data-autofocus={begins || undefined}
        value={chosen ?? ''}
        onChange={(event) => onChoose(event.currentTarget.value)}
        data={[
          ...(chosen === null
            ? [
                {
                  value: '',
                  label: acting.people.length === 0 ? 'Nobody yet: add yourself' : 'Choose…',
                  disabled: true,
                },
              ]
            : []),
          ...acting.people.map((one) => ({
            value: one.id,
            label: visible(`${one.name}, ${one.email}`).slice(0, 80) + (barred[one.id] ? ` (${barred[one.id]})` : ''),
            disabled: barred[one.id] !== undefined,
          })),
        ]}
      />
      <Button size="sm" variant="default" onClick={() => setMaking(true)}>
        Add a person…
      </Button>
      {making && (
        <IdentityForm
          onClose={() => setMaking(false)}
          onMade={(id) => {
            setMaking(false);
            onChoose(id);
          }}
        />
      )}
    </div>
  );
}
