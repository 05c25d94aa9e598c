import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { memo, useState } from 'react';
import type { ExportFormat } from '../../../shared/export-format.ts';
import { useArchive } from '../../lib/app-state.ts';
import { call, failureOf } from '../../lib/client.ts';
import { counted, grouped } from '../../lib/number.ts';
import type { Question } from '../../lib/queries.ts';
import { visible } from '../../lib/visible-text.ts';
import { BundleDialog } from '../../ui/bundle-dialog.tsx';
import s from './query-bar.module.css';

const FORMATS = [
  { format: 'csv', name: 'CSV', note: 'for spreadsheets; formulas are made harmless' },
  { format: 'ndjson', name: 'NDJSON', note: 'every entry as received, one a line' },
  { format: 'json', name: 'JSON', note: 'the same as one array, as the API gives it' },
  { format: 'parquet', name: 'Parquet', note: 'for DuckDB, Spark and other analysis' },
  { format: 'ocsf', name: 'OCSF', note: 'security events, schema 1.8.0, one a line' },
  { format: 'cef', name: 'CEF', note: 'for a SIEM, one event a line' },
] as const;

/** Writes exactly the entries of the query to a file; the system asks where. */
export const ExportMenu = memo(function ExportMenu(props: {
  question: Question;
  total: number | null;
  small?: boolean;
}) {
  const { question, total, small = false } = props;
  const archive = useArchive();
  const [bundling, setBundling] = useState(false);
  const run = useMutation({
    mutationFn: (format: ExportFormat) => call('export.create', { ...question, format }),
    onSuccess: (file) => {
      if (!file) return;
      notifications.show({
        title: `${visible(file.fileName)}: ${counted(file.entries, 'entry', 'entries')}`,
        message: (
          <>
            <span className={s.hash}>sha256 {file.sha256.slice(0, 16)}…</span>, with what proves it in{' '}
            {visible(file.sidecar)}{' '}
            <button
              type="button"
              className={s.inlineLink}
              onClick={() => void call('report.reveal', {}).catch(() => {})}
            >
              Show in folder
            </button>
          </>
        ),
        autoClose: 12_000,
        closeButtonProps: { 'aria-label': 'Close' },
      });
    },
    onError: (error) => {
      const { message, hint, code } = failureOf(error);
      if (code === 'cancelled') return;
      notifications.show({
        title: message,
        message: hint,
        color: 'red',
        autoClose: false,
        closeButtonProps: { 'aria-label': 'Close' },
      });
    },
  });
  return (
    <Menu
      position={small ? 'top-end' : 'bottom-end'}
      width={280}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <Button
          className={s.collapses ?? ''}
          variant="default"
          {...(small ? { size: 'xs' } : {})}
          disabled={total === null || total === 0}
          loading={run.isPending}
          aria-label={`Export ${grouped(total ?? 0)} entries`}
          leftSection={<IconDownload size={small ? 14 : 15} stroke={1.6} aria-hidden />}
        >
          <span>Export {total === null ? '' : grouped(total)}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Formats">
        {FORMATS.map(({ format, name, note }) => (
          <Menu.Item key={format} onClick={() => run.mutate(format)}>
            <b className={s.menuName}>{name}</b>
            <span className={s.menuNote}>{note}</span>
          </Menu.Item>
        ))}
        {!archive.bundle && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => setBundling(true)}>
              <b className={s.menuName}>Evidence bundle…</b>
              <span className={s.menuNote}>for an auditor: encrypted, with what proves it</span>
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
      <BundleDialog subject={{ question }} total={total ?? 0} opened={bundling} onClose={() => setBundling(false)} />
    </Menu>
  );
});
