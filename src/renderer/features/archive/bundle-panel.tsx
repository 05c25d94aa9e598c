import { Button } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { IconFileZip } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { grouped } from '../../lib/number.ts';
import { countOptions } from '../../lib/queries.ts';
import { BundleDialog } from '../../ui/bundle-dialog.tsx';
import { Panel } from '../../ui/notes.tsx';
import s from './archive.module.css';

/** Evidence for somebody outside, of a period or of everything. The Explorer makes one of any other choice. */
export function BundlePanel() {
  const archive = useArchive();
  const zone = useZone();
  const [days, setDays] = useState<readonly [string | null, string | null]>([null, null]);
  const [opened, setOpened] = useState(false);
  const [from, to] = days;
  const question = useMemo(
    () => ({ filter: { terms: [], ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) }, zone }),
    [from, to, zone],
  );
  const total = useQuery(countOptions(archive, question)).data?.total;
  return (
    <Panel title="Evidence bundle">
      <div className={s.body}>
        <p className={s.hint}>
          One encrypted file for an auditor, who needs neither this archive nor an account: entries as received, what
          proves them, coverage, findings, decisions.
        </p>
        <DatePickerInput
          type="range"
          size="xs"
          label="Period"
          placeholder="Everything"
          clearable
          clearButtonProps={{ 'aria-label': 'Everything' }}
          value={[from, to]}
          onChange={setDays}
        />
        <div className={s.buttons}>
          <Button
            size="xs"
            variant="default"
            disabled={!total}
            onClick={() => setOpened(true)}
            leftSection={<IconFileZip size={13} stroke={1.6} aria-hidden />}
          >
            Create a bundle{total ? ` of ${grouped(total)}` : ''}…
          </Button>
        </div>
      </div>
      <BundleDialog subject={{ question }} total={total ?? 0} opened={opened} onClose={() => setOpened(false)} />
    </Panel>
  );
}
