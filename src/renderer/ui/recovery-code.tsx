import { Button, Checkbox } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { copyText } from '../lib/copy.ts';
import s from './passphrase.module.css';

type Props = {
  readonly code: string;
  /** What the button says once the code is kept. */
  readonly confirm: string;
  readonly size?: 'xs' | 'lg';
  readonly onConfirmed: () => void;
};

/** A recovery code, shown this once, until somebody says that it is kept. */
export function RecoveryCode({ code, confirm, size = 'lg', onConfirmed }: Props) {
  const [copied, setCopied] = useState(false);
  const [kept, setKept] = useState(false);
  return (
    <div className={s.form}>
      <output className={s.code} aria-label="Recovery code">
        {code}
      </output>
      <div className={s.beside}>
        <span>Write it down or print it, and keep it apart from this device.</span>
        <Button
          variant="default"
          size="xs"
          onClick={() => setCopied(copyText(code))}
          leftSection={copied ? <IconCheck size={13} aria-hidden /> : <IconCopy size={13} stroke={1.6} aria-hidden />}
        >
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <Checkbox
        label="I have kept the recovery code"
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <div className={s.buttons}>
        <Button size={size} disabled={!kept} onClick={onConfirmed}>
          {confirm}
        </Button>
      </div>
    </div>
  );
}
