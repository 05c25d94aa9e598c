import { IconDatabase } from '@tabler/icons-react';
import type { ArchiveSummary } from '../../../shared/contract.ts';
import { dateTime, localZone } from '../../lib/time.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { Tag } from '../../ui/small.tsx';
import s from './welcome.module.css';

type Props = {
  readonly archives: readonly ArchiveSummary[];
  readonly chosen: ArchiveSummary;
  readonly onChoose: (id: string) => void;
};

export function ArchiveList({ archives, chosen, onChoose }: Props) {
  const zone = localZone();
  return (
    <fieldset className={s.archives}>
      <legend className={s.hiddenLabel}>Archives on this device</legend>
      {archives.map((one) => (
        <label key={one.id} className={s.archive} data-chosen={one.id === chosen.id || undefined}>
          <input
            type="radio"
            name="archive"
            value={one.id}
            checked={one.id === chosen.id}
            onChange={() => onChoose(one.id)}
          />
          <span className={s.archiveIcon}>
            <IconDatabase size={16} stroke={1.6} aria-hidden />
          </span>
          <span className={s.archiveText}>
            <span className={s.archiveName}>
              <SafeText text={one.name} max={80} />
            </span>
            <span className={s.archiveNote}>
              {one.source !== null && (
                <>
                  <SafeText text={one.source} max={80} />
                  {', '}
                </>
              )}
              {one.lastOpened === null ? 'never opened here' : `last opened ${dateTime(one.lastOpened, zone)}`}
            </span>
          </span>
          {one.demo ? <Tag kind="accent">made-up</Tag> : one.place !== '' && <Tag>{one.place}</Tag>}
        </label>
      ))}
    </fieldset>
  );
}
