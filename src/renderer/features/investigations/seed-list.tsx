import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Seed } from '../../../shared/case-schema.ts';
import { useZone } from '../../lib/app-state.ts';
import { visible } from '../../lib/visible-text.ts';
import { SafeText, tooltipOf } from '../../ui/safe-text.tsx';
import s from './side.module.css';
import { SEED_WORDS, shortSpan, shortTime } from './words.ts';

type Props = {
  readonly seeds: readonly Seed[];
  readonly writable: boolean;
  readonly onGone: (seed: Seed) => void;
};

/** What the scope began with; taking one away computes it anew from the others. */
export function SeedList({ seeds, writable, onGone }: Props) {
  const zone = useZone();
  if (seeds.length === 0) return null;
  return (
    <div className={s.kind}>
      <h3 id="scope-seeds">Starts from</h3>
      <ul aria-labelledby="scope-seeds">
        {seeds.map((seed) => {
          const time = timeOf(seed, zone);
          const name = seed.kind === 'span' ? (time ?? SEED_WORDS.span) : seed.value;
          return (
            <li key={JSON.stringify(seed)} className={s.thing}>
              <div className={s.thingHead}>
                <span className={s.name} title={tooltipOf(name)}>
                  <SafeText text={name} max={80} />
                </span>
                <span className={s.quiet}>{SEED_WORDS[seed.kind]}</span>
                {writable && (
                  <ActionIcon
                    size="sm"
                    aria-label={`No longer start from ${visible(name).slice(0, 80)}`}
                    onClick={() => onGone(seed)}
                  >
                    <IconX size={14} stroke={1.8} aria-hidden />
                  </ActionIcon>
                )}
              </div>
              {seed.kind !== 'span' && time !== null && <p className={s.quiet}>{time}</p>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function timeOf({ from, to }: Seed, zone: string): string | null {
  if (from !== null && to !== null) return shortSpan(from, to, zone);
  if (from !== null) return `since ${shortTime(from, zone)}`;
  return to === null ? null : `until ${shortTime(to, zone)}`;
}
