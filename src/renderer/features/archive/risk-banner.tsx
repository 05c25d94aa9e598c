import { Button } from '@mantine/core';
import type { Output } from '../../../shared/contract.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { counted } from '../../lib/number.ts';
import { useSync } from '../../lib/sync.tsx';
import { dateTime, longDate } from '../../lib/time.ts';
import { Banner } from '../../ui/notes.tsx';
import { untilWords } from './day-words.ts';
import { useNow } from './use-now.ts';

/** So long before a day is lost it is no longer a matter of the next routine sync. */
const SOON_MS = 3 * 86_400_000;
const LATER_MS = 14 * 86_400_000;

/** Counts down to the day that will be lost next unless it is fetched. */
export function RiskBanner({ retention }: { retention: Output<'coverage.retention'> }) {
  const archive = useArchive();
  const sync = useSync();
  const zone = useZone();
  const now = useNow(retention);
  const { atRisk, byPlan } = retention;
  if (atRisk === null || atRisk.begins - now > LATER_MS) return null;
  const begun = atRisk.begins <= now;
  const others = atRisk.days - 1;
  const severity = atRisk.begins - now <= SOON_MS ? 'high' : 'medium';
  return (
    <Banner
      severity={severity}
      action={
        !archive.readOnly &&
        !sync.running && (
          <Button size="xs" variant="default" onClick={() => void sync.start()}>
            Sync now
          </Button>
        )
      }
    >
      <b>
        {begun
          ? `${longDate(Date.parse(atRisk.day), 'UTC')} is falling out of Jetty and is not whole here; the last of it goes in ${untilWords(atRisk.gone - now)}.`
          : `The next unfetched day, ${longDate(Date.parse(atRisk.day), 'UTC')}, falls out of Jetty in ${untilWords(atRisk.begins - now)}.`}
      </b>{' '}
      {dateTime(begun ? atRisk.gone : atRisk.begins, zone)}
      {byPlan ? '' : ', if your plan is the shortest that fits what Jetty served'}
      {others > 0 ? `; ${counted(others, 'more day is', 'more days are')} not fetched whole.` : '.'}
    </Banner>
  );
}
