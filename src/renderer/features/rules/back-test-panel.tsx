import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { exactly } from '../../../shared/filter/exactly.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import type { Finding } from '../../../shared/finding.ts';
import { addDays, dayOf } from '../../../shared/instant.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { counted, grouped } from '../../lib/number.ts';
import { backTestOptions } from '../../lib/queries.ts';
import { boundText, clockMinutes, date } from '../../lib/time.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import s from './rules.module.css';

const PERIODS = [
  { days: 30, name: '30 d', words: 'in the last 30 days' },
  { days: 365, name: '1 y', words: 'in the last year' },
  { days: null, name: 'all', words: 'in all of the archive' },
] as const;

/** What the rule would have found here, counted anew whenever its text changes; the old answer stays until then. */
export function BackTestPanel({ text }: { text: string }) {
  const archive = useArchive();
  const zone = useZone();
  const [period, setPeriod] = useState<(typeof PERIODS)[number]>(PERIODS[1]);
  // Counted back from the newest entry: of an archive that is no longer fed, too, the last year has something in it.
  const newest = dayOf(archive.newest ?? 0, zone);
  const from = period.days === null ? null : addDays(newest, -period.days);
  const test = useQuery(backTestOptions(archive, text, from));
  const found = test.data;
  const most = Math.max(1, ...(found?.months.map((one) => one.count) ?? []));
  return (
    <section className={s.test} aria-label="Back-test" data-stale={test.isFetching || undefined}>
      <header className={s.testHead}>
        <p role="status">
          {found ? (
            <>
              It would have found <b data-testid="would-find">{grouped(found.total)}</b> {period.words}, here.
            </>
          ) : (
            'Looking at the archive…'
          )}
        </p>
        <span className={s.grow} />
        <fieldset className={s.periods}>
          <legend className={s.unseen}>Period</legend>
          {PERIODS.map((one) => (
            <button
              key={one.name}
              type="button"
              className={s.period}
              aria-pressed={one === period}
              onClick={() => setPeriod(one)}
            >
              {one.name}
            </button>
          ))}
        </fieldset>
      </header>
      {test.error && <FailureNote error={test.error} />}
      {found && (
        <>
          <p className={s.note}>
            {counted(found.entries, 'entry', 'entries')} looked at in {grouped(found.ms)} ms
            {found.total > found.findings.length && `; the newest ${found.findings.length} are listed`}.
          </p>
          {found.months.length > 0 && (
            <ol className={s.months} aria-label="Findings by month">
              {found.months.map((one) => (
                <li key={one.month}>
                  <i style={{ height: `${Math.max(2, Math.round((one.count / most) * 28))}px` }} aria-hidden />
                  <span>
                    {one.month}: {one.count}
                  </span>
                </li>
              ))}
            </ol>
          )}
          <ul className={s.found}>
            {found.findings.map((finding) => (
              <li key={finding.id}>
                <SeverityMark severity={finding.severity} />
                <Link to="/" search={searchOf(finding, zone)}>
                  {date(finding.first, zone)} {clockMinutes(finding.first, zone)}
                </Link>
                <span className={s.foundWhy}>
                  <SafeText text={finding.why} max={300} sentence />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

// What a rule in the making finds has no page of its own: its entries are looked at in the Explorer.
function searchOf(finding: Finding, zone: string): { q: string; e?: number } {
  const terms =
    finding.actor !== null
      ? [exactly('actor', finding.actor)]
      : finding.address !== null
        ? [exactly('ip', finding.address)]
        : [];
  const [e] = finding.entryKeys;
  return {
    q: printQuery({ terms, from: boundText(finding.first, zone), to: boundText(finding.last, zone) }),
    ...(e === undefined ? {} : { e }),
  };
}
