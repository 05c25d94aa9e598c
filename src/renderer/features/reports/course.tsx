import { Button, Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { EventPayload } from '../../../shared/contract.ts';
import { listen } from '../../lib/client.ts';
import { grouped } from '../../lib/number.ts';
import s from './reports.module.css';

/** How far the report is, and a way to end it. */
export function Course({ onCancel }: { onCancel: () => void }) {
  const [progress, setProgress] = useState<EventPayload<'task.progress'> | null>(null);
  useEffect(() => listen('task.progress', setProgress), []);
  const share = progress?.total ? Math.min(100, (progress.done / progress.total) * 100) : null;
  const words = progress
    ? `${progress.note}, ${grouped(progress.done)}${progress.total ? ` of ${grouped(progress.total)}` : ''}`
    : 'Making the report…';
  return (
    <div className={s.running}>
      <Progress
        className={s.grow ?? ''}
        value={share ?? 100}
        animated={share === null}
        striped={share === null}
        attributes={{ section: { 'aria-label': 'Progress' } }}
      />
      <span role="status">{words}</span>
      <Button size="xs" variant="default" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
