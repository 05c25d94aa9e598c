import { IconAlertTriangle, IconCircleCheck, IconQuestionMark } from '@tabler/icons-react';
import type { Checked } from '../../../shared/report-contract.ts';
import { TEMPLATE_NAMES } from '../../../shared/report-template.ts';
import { useZone } from '../../lib/app-state.ts';
import { dateTime } from '../../lib/time.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './past-reports.module.css';

/** What can be said of a file: whether it is a report of this archive, unchanged, and whether its head is in the chain. */
export function Verdict({ checked }: { checked: Checked }) {
  const zone = useZone();
  const { fileName, sha256, known, printed } = checked;
  const [first] = known;
  const sound = first !== undefined && printed?.inChain !== false;
  const kind = sound ? 'sound' : printed === null ? 'unknown' : 'doubt';
  const Icon = kind === 'sound' ? IconCircleCheck : kind === 'doubt' ? IconAlertTriangle : IconQuestionMark;
  return (
    <div className={s.verdict} data-kind={kind} role="status">
      <Icon size={18} stroke={1.7} aria-hidden />
      <div>
        <p className={s.said}>
          <b>
            <SafeText text={fileName} />
          </b>{' '}
          {first
            ? `is a report of this archive, byte for byte: ${TEMPLATE_NAMES[first.template]}, ${first.from} to ${first.to}, saved ${dateTime(first.at, zone)}.`
            : printed
              ? 'calls itself a report of Logbook’s, but none with this content was saved from this archive’s window or command.'
              : 'is none of the reports that were saved from this archive, and does not call itself a report of Logbook’s.'}
        </p>
        {printed && <p>{headWords(printed)}</p>}
        <p className={s.sum}>sha256 {sha256}</p>
      </div>
    </div>
  );
}

function headWords({ sameArchive, head, inChain }: NonNullable<Checked['printed']>): string {
  if (!sameArchive) return 'It names another archive: open that one to verify it.';
  if (head === null) return 'When it was made nothing was sealed, so that no head is printed in it.';
  return inChain
    ? 'The chain head printed in it is still in this archive’s chain: nothing it was made from was cut off since.'
    : 'The chain head printed in it is not in this archive’s chain: the archive was cut off or rebuilt, or the file was changed.';
}
