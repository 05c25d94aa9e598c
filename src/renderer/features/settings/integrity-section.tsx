import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { VERIFY_DAYS, type VerifyDays } from '../../../shared/integrity.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { call, failureOf } from '../../lib/client.ts';
import { archiveKey } from '../../lib/queries.ts';
import { dateTime } from '../../lib/time.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { Section, Setting } from './parts.tsx';
import { StampSetting } from './stamp-setting.tsx';

const WORDS: Readonly<Record<VerifyDays, string>> = {
  0: 'Only when asked',
  1: 'Every day',
  7: 'Every week',
  30: 'Every month',
};

/** When everything is verified, and where heads are kept besides. */
export function IntegritySection() {
  const archive = useArchive();
  const zone = useZone();
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: [...archiveKey(archive), 'integrity', 'settings'],
    queryFn: () => call('integrity.settings', {}),
  });
  const refresh = () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes('integrity') });
  const setDays = useMutation({
    mutationFn: (days: VerifyDays) => call('integrity.setVerifyDays', { days }),
    onSettled: refresh,
  });
  const copy = useMutation({
    mutationFn: (on: boolean) => call('integrity.copyHeads', { on }),
    onSettled: refresh,
  });
  const copyFailed = copy.isError && failureOf(copy.error).code !== 'cancelled' ? copy.error : null;
  const days = (setDays.isPending ? setDays.variables : data?.verifyDays) ?? 7;
  const copies = data?.copies ?? null;
  return (
    <Section id="integrity">
      <Setting
        name="Verify everything"
        labels="settings-verify"
        hint="From the raw bytes up, beside other work, while the archive is open. What it finds stands on Overview; exports and reports are held while anything is not as it was sealed."
        error={error ?? setDays.error}
      >
        <NativeSelect
          id="settings-verify"
          size="xs"
          disabled={archive.readOnly}
          value={String(days)}
          onChange={(event) => setDays.mutate(Number(event.currentTarget.value) as VerifyDays)}
          data={VERIFY_DAYS.map((value) => ({ value: String(value), label: WORDS[value] }))}
        />
      </Setting>
      <Setting
        name="Heads are kept"
        hint="Best where the owner of this archive cannot reach them: a share of the auditor, a folder that is backed up elsewhere. They hold no secret."
        error={copyFailed}
      >
        <span>
          In the archive’s own folder
          {copies !== null && (
            <>
              , and at every seal in{' '}
              <b>
                <SafeText text={copies.place} max={120} />
              </b>
            </>
          )}
          .
        </span>
        {copies?.failed != null && (
          <p role="alert">
            <SafeText text={copies.failed} max={300} /> It is tried again at the next seal.
          </p>
        )}
        {copies !== null && copies.failed === null && copies.at !== null && (
          <p>Last written {dateTime(copies.at, zone)}.</p>
        )}
        <div>
          <Button
            size="xs"
            variant="default"
            disabled={archive.readOnly || archive.demo}
            loading={copy.isPending}
            onClick={() => copy.mutate(true)}
          >
            {copies === null ? 'Also in a folder…' : 'Another folder…'}
          </Button>{' '}
          {copies !== null && (
            <Button size="xs" variant="subtle" disabled={archive.readOnly} onClick={() => copy.mutate(false)}>
              Stop
            </Button>
          )}
        </div>
      </Setting>
      <StampSetting />
    </Section>
  );
}
