import { Button, Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { EventPayload } from '../../../shared/contract.ts';
import { call, listen } from '../../lib/client.ts';
import { grouped } from '../../lib/number.ts';
import s from './reviews.module.css';

/** How far long work is, and a way to end it. */
export function TaskProgress() {
  const [progress, setProgress] = useState<EventPayload<'task.progress'> | null>(null);
  useEffect(() => listen('task.progress', setProgress), []);
  const share = progress?.total ? Math.min(100, (progress.done / progress.total) * 100) : null;
  return (
    <div className={s.running}>
      <Progress
        className={s.grow ?? ''}
        value={share ?? 100}
        animated={share === null}
        attributes={{ section: { 'aria-label': 'Progress' } }}
      />
      <span role="status">
        {progress
          ? `${progress.note}${progress.total ? `, ${grouped(progress.done)} of ${grouped(progress.total)}` : ''}`
          : 'Starting…'}
      </span>
      <Button size="xs" variant="default" onClick={() => void call('task.cancel', {}).catch(() => {})}>
        Stop
      </Button>
    </div>
  );
}
