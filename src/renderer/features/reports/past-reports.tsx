import { Button } from '@mantine/core';
import { IconFileCheck, IconFileText } from '@tabler/icons-react';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import type { ArchiveState } from '../../../shared/contract.ts';
import type { Issued } from '../../../shared/report-contract.ts';
import { TEMPLATE_NAMES } from '../../../shared/report-template.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { grouped } from '../../lib/number.ts';
import { dateTime } from '../../lib/time.ts';
import { EmptyState, FailureNote, Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './past-reports.module.css';
import { Verdict } from './verdict.tsx';

/** The reports an archive knows of. Its version does not change with them: whoever saves one asks again. */
export function pastOptions({ id }: Pick<ArchiveState, 'id'>) {
  return queryOptions({ queryKey: ['archive', id, 'reports'], queryFn: () => call('report.list', {}) });
}

/** What was written when and by whom, and whether a PDF that somebody holds is one of these. */
export function PastReports() {
  const archive = useArchive();
  const zone = useZone();
  const { data, error } = useQuery(pastOptions(archive));
  const verify = useMutation({ mutationFn: () => call('report.verify', {}) });
  const reports = data?.reports ?? [];
  return (
    <Panel
      title="Reports that were saved"
      action={
        <Button
          size="xs"
          variant="default"
          loading={verify.isPending}
          onClick={() => verify.mutate()}
          leftSection={<IconFileCheck size={14} stroke={1.6} aria-hidden />}
        >
          Verify a PDF…
        </Button>
      }
    >
      {verify.error && <FailureNote error={verify.error} />}
      {verify.data && <Verdict checked={verify.data} />}
      {error && <FailureNote error={error} />}
      {data && reports.length === 0 && (
        <EmptyState icon={<IconFileText size={22} stroke={1.4} aria-hidden />} title="No report was saved yet">
          Each one is kept here with its hash, so that a PDF can later be told from one that was changed.
        </EmptyState>
      )}
      {reports.length > 0 && (
        <div className={s.scroll}>
          <table className={s.table}>
            <thead>
              <tr>
                <th scope="col">Saved</th>
                <th scope="col">Report</th>
                <th scope="col">Period</th>
                <th scope="col" className={s.figure}>
                  Entries
                </th>
                <th scope="col" className={s.figure}>
                  Exceptions
                </th>
                <th scope="col">By</th>
                <th scope="col">SHA-256, chain head</th>
              </tr>
            </thead>
            <tbody>
              {reports.map((one) => (
                <Row key={one.line} report={one} zone={zone} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function Row({ report, zone }: { report: Issued; zone: string }) {
  const { at, template, person, from, to, population, exceptions, by, sha256, head } = report;
  return (
    <tr>
      <td className={s.when}>{dateTime(at, zone)}</td>
      <td>
        {TEMPLATE_NAMES[template]}
        {person !== null && (
          <span className={s.fine}>
            <SafeText text={person} />
          </span>
        )}
      </td>
      <td className={s.when}>
        {from} to {to}
        <span className={s.fine}>{report.zone}</span>
      </td>
      <td className={s.figure}>{grouped(population)}</td>
      <td className={s.figure}>{grouped(exceptions)}</td>
      <td>
        <SafeText text={by} />
      </td>
      <td className={s.hash}>
        {sha256}
        <span className={s.fine}>{head === null ? 'not sealed then' : `head ${head.slice(0, 16)}…`}</span>
      </td>
    </tr>
  );
}
