import { NativeSelect, NumberInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { addDays } from '../../../shared/instant.ts';
import type { Keeping } from '../../../shared/keeping-contract.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { keepingOptions } from '../../lib/keeping.ts';
import { counted, grouped } from '../../lib/number.ts';
import { dateTime } from '../../lib/time.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { offerUndo } from '../../ui/toasts.tsx';
import { ApplyForm } from './apply-form.tsx';
import { HoldsPart } from './holds-part.tsx';
import { keepWords, USUAL_DAYS } from './keep-words.ts';
import { Section, Setting } from './parts.tsx';
import s from './settings.module.css';

const FOR_GOOD = 'good';
const OTHER = 'other';
const LONGEST_DAYS = 36_600;

/** How long entries are kept here, deleting what is older, and what must not be deleted. */
export function RetentionSection() {
  const { data, error } = useQuery(keepingOptions(useArchive()));
  return (
    <Section
      id="retention"
      lead="Entries are kept for good unless you say otherwise. Where a law or a contract wants an end, whole UTC days older than that are deleted, and only when somebody says so here or in the terminal."
    >
      {error && <FailureNote error={error} />}
      {data && (
        <>
          <KeepSetting keeping={data} />
          {data.before !== null && <Due keeping={data} before={data.before} />}
          <HoldsPart holds={data.holds} />
          {data.deletions.length > 0 && <Deletions keeping={data} />}
        </>
      )}
    </Section>
  );
}

function KeepSetting({ keeping }: { keeping: Keeping }) {
  const archive = useArchive();
  const client = useQueryClient();
  const [other, setOther] = useState<number | null>(null);
  const change = useMutation({
    mutationFn: (keepDays: number | null) => call('keeping.set', { keepDays }),
    onSettled: () => client.invalidateQueries({ queryKey: keepingOptions(archive).queryKey }),
  });
  const { keepDays } = keeping;
  const usual = USUAL_DAYS.some((days) => days === keepDays);

  function set(next: number | null): void {
    setOther(null);
    if (next === keepDays) return;
    const words = next === null ? 'for good' : `for ${keepWords(next)}`;
    change.mutate(next, {
      onSuccess: () =>
        offerUndo('keeping', `Entries are kept ${words}. Nothing was deleted.`, () => change.mutateAsync(keepDays)),
    });
  }

  return (
    <Setting
      name="Entries are kept"
      labels="settings-keep"
      hint="Choosing a time deletes nothing by itself: what would be deleted is shown first."
      error={change.error}
    >
      <div className={s.buttons}>
        <NativeSelect
          id="settings-keep"
          size="xs"
          disabled={archive.readOnly || change.isPending}
          value={other !== null ? OTHER : keepDays === null ? FOR_GOOD : String(keepDays)}
          onChange={(event) => {
            const { value } = event.currentTarget;
            if (value === OTHER) setOther(keepDays ?? 400);
            else set(value === FOR_GOOD ? null : Number(value));
          }}
          data={[
            { value: FOR_GOOD, label: 'For good' },
            ...USUAL_DAYS.map((days) => ({ value: String(days), label: keepWords(days) })),
            ...(keepDays === null || usual ? [] : [{ value: String(keepDays), label: keepWords(keepDays) }]),
            { value: OTHER, label: 'Another time…' },
          ]}
        />
        {other !== null && (
          <NumberInput
            size="xs"
            w={130}
            aria-label="Days to keep entries"
            suffix=" days"
            min={1}
            max={LONGEST_DAYS}
            clampBehavior="strict"
            allowDecimal={false}
            allowNegative={false}
            hideControls
            value={other}
            onChange={(value) => setOther(typeof value === 'number' ? value : other)}
            onBlur={() => set(other)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') set(other);
              if (event.key === 'Escape') setOther(null);
            }}
            // It appears because somebody asked for it.
            autoFocus
          />
        )}
      </div>
    </Setting>
  );
}

/** What would be deleted now, as numbers that lead to the entries. */
function Due({ keeping, before }: { keeping: Keeping; before: string }) {
  const { readOnly } = useArchive();
  const { due, held } = keeping;
  const going = due - held;
  const last = addDays(before, -1);
  return (
    <Setting name="Due now">
      <p className={s.state}>
        {due === 0 ? (
          <>No entry is older than {before}.</>
        ) : (
          <>
            <Link to="/" search={{ q: `to:${last}`, tz: 'UTC' }}>
              {counted(due, 'entry', 'entries')}
            </Link>{' '}
            {due === 1 ? 'is' : 'are'} from before {before} (UTC).{' '}
            {held > 0 && <>Holds keep {grouped(held)} of them. </>}
            {going === 0 ? 'Nothing would be deleted.' : `Applying this deletes ${grouped(going)} for good.`}
          </>
        )}
      </p>
      {going > 0 && !readOnly && <ApplyForm before={before} entries={going} />}
    </Setting>
  );
}

function Deletions({ keeping }: { keeping: Keeping }) {
  const zone = useZone();
  return (
    <div className={s.part}>
      <h3>Past deletions</h3>
      <ul className={s.list} aria-label="Past deletions">
        {keeping.deletions.toReversed().map((one) => (
          <li key={one.id} className={s.item}>
            <div className={s.itemText}>
              <b>{dateTime(one.at, zone)}</b>
              <span>
                {counted(one.entries, 'entry', 'entries')} from before {one.before}, {one.reason}
              </span>
              <span className={s.dim}>{one.held > 0 && `${grouped(one.held)} held`}</span>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
