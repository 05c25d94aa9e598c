import { Button } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Output } from '../../../shared/contract.ts';
import type { DayCoverage } from '../../../shared/coverage.ts';
import { useZone } from '../../lib/app-state.ts';
import { grouped } from '../../lib/number.ts';
import { longDate } from '../../lib/time.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './coverage.module.css';
import { explainDay, figuresOf, isStillThere, keepingWords, STATE_WORDS } from './day-words.ts';
import { StateMark } from './state-mark.tsx';

type Props = {
  readonly day: string;
  readonly known: DayCoverage | null;
  readonly today: string;
  readonly retention: Output<'coverage.retention'>;
};

/** One day in words: its state, why, the counts, how long it lies elsewhere, and the way to its entries. */
export function DayDetail({ day, known, today, retention }: Props) {
  const zone = useZone();
  const keeping = keepingWords(day, known, retention, zone);
  const paler = retention.byPlan && known?.state === 'complete' && isStillThere(day, retention);
  return (
    <section className={s.detail} aria-label="The day" aria-live="polite">
      <h3>{longDate(Date.parse(day), 'UTC')}</h3>
      <p className={s.state}>
        <StateMark state={known?.state ?? 'none'} paler={paler} />
        <b>
          {known === null ? (day > today ? 'still to come' : 'no record') : STATE_WORDS[known.state]}
          {day === today && ', today'}
        </b>
      </p>
      <p className={s.why}>
        <SafeText text={[...explainDay(day, known, today), ...(keeping === null ? [] : [keeping])].join(' ')} />
      </p>
      {known && (
        <dl>
          {figuresOf(known, zone).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {known !== null && known.stored > 0 && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconListSearch size={13} stroke={1.6} aria-hidden />}
          renderRoot={(root) => (
            <Link {...root} to="/" search={(before) => ({ ...before, q: `from:${day} to:${day}`, tz: 'UTC' })} />
          )}
        >
          Show the {grouped(known.stored)} {known.stored === 1 ? 'entry' : 'entries'} of that day
        </Button>
      )}
    </section>
  );
}
