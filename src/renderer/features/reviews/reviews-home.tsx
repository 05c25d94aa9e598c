import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { useKeys } from '../../lib/keys.ts';
import { grouped } from '../../lib/number.ts';
import { exceptionsOptions, reviewsOptions } from '../../lib/reviews.ts';
import { FailureNote } from '../../ui/notes.tsx';
import pill from '../../ui/pill.module.css';
import { Key } from '../../ui/small.tsx';
import { ExceptionsTab } from './exceptions-tab.tsx';
import { PeopleTab } from './people-tab.tsx';
import { PlansTab } from './plans-tab.tsx';
import s from './reviews.module.css';
import { ReviewsTab } from './reviews-tab.tsx';
import type { ReviewsSearch, Tab } from './search.ts';
import { StartForm } from './start-form.tsx';

/** What is due, what goes on and what was signed; exceptions, plans and people beside. */
export function ReviewsHome({ search }: { search: ReviewsSearch }) {
  const archive = useArchive();
  const zone = useZone();
  const navigate = useNavigate();
  const { data, error } = useQuery(reviewsOptions(archive, zone));
  const exceptions = useQuery(exceptionsOptions(archive, null)).data ?? [];
  const open = exceptions.filter(({ status }) => status === 'open').length;
  const writable = !archive.readOnly && archive.entries > 0;
  const turn = (next: ReviewsSearch): void => void navigate({ to: '/reviews', search: next });
  const start = (plan: string): void => {
    if (writable) turn({ ...search, start: plan });
  };
  const tabs: readonly (readonly [tab: Tab | null, label: string])[] = [
    [null, 'Reviews'],
    ['exceptions', open === 0 ? 'Exceptions' : `Exceptions ${grouped(open)} open`],
    ['plans', 'Plans'],
    ['people', 'People'],
  ];

  // Moves through what can be opened on this page.
  function step(by: 1 | -1): void {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
  }
  useKeys({
    j: () => step(1),
    ArrowDown: () => step(1),
    k: () => step(-1),
    ArrowUp: () => step(-1),
    n: () => start('own'),
  });

  return (
    <div className={s.page}>
      <header className={s.top}>
        <h1>Reviews</h1>
        <nav className={s.pills} aria-label="Parts of reviews">
          {tabs.map(([tab, label]) => (
            <button
              key={label}
              type="button"
              className={pill.pill}
              aria-pressed={(search.tab ?? null) === tab}
              onClick={() => turn(tab === null ? {} : { tab })}
            >
              {label}
            </button>
          ))}
        </nav>
        <span className={s.grow} />
        {writable && (
          <Button
            size="xs"
            onClick={() => start('own')}
            leftSection={<IconPlus size={14} stroke={1.8} aria-hidden />}
            rightSection={<Key>N</Key>}
          >
            Start a review
          </Button>
        )}
      </header>
      {error && <FailureNote error={error} />}
      {data && search.tab === undefined && <ReviewsTab {...data} writable={writable} onStart={start} />}
      {data && search.tab === 'plans' && <PlansTab plans={data.plans} due={data.due} />}
      {search.tab === 'exceptions' && <ExceptionsTab exceptions={exceptions} chosen={search.x ?? null} />}
      {search.tab === 'people' && <PeopleTab />}
      {data && search.start !== undefined && writable && (
        <StartForm
          due={data.due.find(({ plan }) => plan.id === search.start) ?? null}
          now={data.now}
          onClose={() => turn(search.tab === undefined ? {} : { tab: search.tab })}
          onStarted={(id) => turn({ r: id })}
        />
      )}
    </div>
  );
}
