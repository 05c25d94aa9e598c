import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ArchiveSummary } from '../../../shared/contract.ts';
import { useArchive } from '../../lib/app-state.ts';
import { knownOptions } from '../../lib/source.ts';
import { dateTime, localZone } from '../../lib/time.ts';
import { turnTo } from '../../lib/turn-to.ts';
import { visible } from '../../lib/visible-text.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { Tag } from '../../ui/small.tsx';
import s from './settings.module.css';

/** The archives known on this computer; one is open at a time. */
export function ArchivesPart() {
  const archive = useArchive();
  const { data } = useQuery(knownOptions(archive));
  if (!data || data.length === 0) return null;
  return (
    <div className={s.part}>
      <h3>Archives on this computer</h3>
      <ul className={s.list} aria-label="Archives on this computer">
        {data.map((one) => (
          <li key={one.id} className={s.item}>
            <div className={s.itemText}>
              <b>
                <SafeText text={one.name} max={80} />
              </b>
              <span>{noteOf(one)}</span>
              <span className={s.dim}>
                {one.lastOpened === null ? 'never opened' : dateTime(one.lastOpened, localZone())}
              </span>
            </div>
            {one.id === archive.id ? (
              <Tag kind="accent">open now</Tag>
            ) : (
              <Button
                size="xs"
                variant="default"
                aria-label={`Switch to ${visible(one.name).slice(0, 80)}`}
                onClick={() => turnTo(one)}
              >
                Switch
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p className={s.hint}>Switching locks this archive and asks for the passphrase of the other.</p>
    </div>
  );
}

function noteOf({ demo, source, place }: ArchiveSummary): string {
  if (demo) return 'a made-up organisation';
  return source === null ? `${place}, not connected` : `${source}, in ${place}`;
}
