import { Button, Checkbox } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { copyText } from '../../lib/copy.ts';
import s from './welcome.module.css';

export function RecoveryCode({ code, onConfirmed }: { code: string; onConfirmed: () => void }) {
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
        <Button size="lg" disabled={!kept} onClick={onConfirmed}>
          Go to the archive
        </Button>
      </div>
    </div>
  );
}
