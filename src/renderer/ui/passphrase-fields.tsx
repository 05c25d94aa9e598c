import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { generatePassphrase, strengthOf } from '../lib/passphrase.ts';
import s from './passphrase.module.css';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly repeated: string;
  readonly size?: 'xs' | 'md';
  readonly onChange: (value: string, repeated: string) => void;
};

/** A new passphrase, twice, with what it is worth; a generated one is shown, since it has to be written down. */
export function PassphraseFields({ label, value, repeated, size = 'md', onChange }: Props) {
  const [shown, setShown] = useState(false);
  const strength = strengthOf(value);
  const toggle = { 'aria-label': shown ? 'Hide the passphrase' : 'Show the passphrase' };
  return (
    <>
      <div>
        <PasswordInput
          label={label}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value, repeated)}
          visible={shown}
          onVisibilityChange={setShown}
          size={size}
          autoComplete="new-password"
          visibilityToggleButtonProps={toggle}
          aria-describedby="strength"
        />
        <div className={s.strength}>
          <span className={s.steps} aria-hidden>
            {[0, 1, 2, 3].map((step) => (
              <i
                key={step}
                data-on={(value !== '' && step <= strength.level) || undefined}
                data-level={strength.level}
              />
            ))}
          </span>
          <span id="strength" role="status">
            {value === '' ? 'Several unrelated words make a good one.' : strength.words}
          </span>
          <span className={s.grow} />
          <button
            type="button"
            className={s.link}
            onClick={() => {
              const made = generatePassphrase();
              setShown(true);
              onChange(made, made);
            }}
          >
            Make one for me
          </button>
        </div>
      </div>
      <PasswordInput
        label="The same again"
        value={repeated}
        onChange={(event) => onChange(value, event.currentTarget.value)}
        visible={shown}
        onVisibilityChange={setShown}
        size={size}
        autoComplete="new-password"
        visibilityToggleButtonProps={toggle}
        error={repeated !== '' && !value.startsWith(repeated) ? 'The two differ.' : null}
      />
    </>
  );
}

export function isGoodPair(value: string, repeated: string): boolean {
  return value === repeated && strengthOf(value).level > 0;
}
