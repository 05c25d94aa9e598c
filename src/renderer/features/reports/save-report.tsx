import { Button, TextInput } from '@mantine/core';
import { IconCheck, IconDeviceFloppy, IconFolder, IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReportDraft } from '../../../shared/report-contract.ts';
import { call } from '../../lib/client.ts';
import { counted } from '../../lib/number.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './reports.module.css';

type Props = {
  readonly draft: ReportDraft | null;
  readonly cancelled: boolean;
  readonly onAgain: () => void;
  readonly onSaved: () => void;
};

/** Saves the pages that are shown, and says under whose name the archive keeps that they were. */
export function SaveReport({ draft, cancelled, onAgain, onSaved }: Props) {
  const [known, remember] = useReviewer();
  const [typed, setTyped] = useState<string | null>(null);
  const by = (typed ?? known ?? '').trim();
  const save = useMutation({
    mutationFn: ({ draft: id }: ReportDraft) => call('report.save', { draft: id, by }),
    onSuccess: (saved) => {
      if (saved === null) return;
      remember(by);
      onSaved();
    },
  });
  const saved = save.data && save.variables?.sha256 === draft?.sha256 ? save.data : null;
  return (
    <>
      <div className={s.facts} role="status">
        {draft && (
          <>
            <p>
              <b>{counted(draft.pages, 'page', 'pages')}</b>; {counted(draft.population, 'entry', 'entries')},{' '}
              {counted(draft.exceptions, 'exception', 'exceptions')}
            </p>
            <p className={s.hash}>sha256 {draft.sha256}</p>
          </>
        )}
      </div>
      <TextInput
        label="Your name"
        description="Kept with the report in the archive’s journal"
        size="xs"
        value={typed ?? known ?? ''}
        maxLength={120}
        autoComplete="off"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className={s.actions}>
        <Button
          size="xs"
          disabled={draft === null || by === ''}
          loading={save.isPending}
          onClick={() => draft && save.mutate(draft)}
          leftSection={<IconDeviceFloppy size={15} stroke={1.6} aria-hidden />}
        >
          Save the report…
        </Button>
        {cancelled && (
          <Button
            size="xs"
            variant="default"
            onClick={onAgain}
            leftSection={<IconRefresh size={14} stroke={1.6} aria-hidden />}
          >
            Make it again
          </Button>
        )}
        {draft !== null && by === '' && <span className={s.note}>Say who you are: the archive names you.</span>}
      </div>
      {save.error && <FailureNote error={save.error} />}
      {saved && (
        <div className={s.result} role="status">
          <IconCheck size={16} stroke={1.8} aria-hidden />
          <p>
            Saved as{' '}
            <b>
              <SafeText text={saved.fileName} />
            </b>
            {saved.line === null && '. This archive is open for reading only and keeps no line of it'}
          </p>
          <Button
            size="xs"
            variant="default"
            onClick={() => void call('report.reveal', {}).catch(() => {})}
            leftSection={<IconFolder size={13} stroke={1.6} aria-hidden />}
          >
            Show in folder
          </Button>
        </div>
      )}
    </>
  );
}
