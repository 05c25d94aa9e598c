import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconFileText, IconFolderShare } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { CADENCE_WORDS } from '../../../shared/review.ts';
import type { ReviewDetail, ReviewPlan } from '../../../shared/review-schema.ts';
import { dateTime } from '../../lib/time.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import tag from '../../ui/state-tag.module.css';
import { periodDays } from './periods.ts';
import s from './worksheet.module.css';

export type HeadWish = 'sample' | 'history' | 'leavers' | 'abandon' | 'export';

type Props = {
  readonly review: ReviewDetail;
  readonly plan: ReviewPlan | null;
  readonly writable: boolean;
  readonly exporting: boolean;
  readonly onWish: (wish: HeadWish) => void;
};

export function WorksheetHead({ review, plan, writable, exporting, onWish }: Props) {
  const navigate = useNavigate();
  const running = review.status === 'open' || review.status === 'prepared';
  return (
    <header className={s.top}>
      <div className={s.title}>
        <p className={s.crumbs}>
          <Link to="/reviews" search={{}}>
            Reviews
          </Link>{' '}
          / {plan ? CADENCE_WORDS[plan.cadence] : review.addendumTo !== null ? 'addendum' : 'own'} / {review.id},{' '}
          {periodDays(review.period)}
          {review.addendumTo !== null && (
            <>
              , to{' '}
              <Link to="/reviews" search={{ r: review.addendumTo }}>
                {review.addendumTo}
              </Link>
            </>
          )}
        </p>
        <h1>
          <SafeText text={review.title} max={120} />
        </h1>
      </div>
      <span className={s.grow} />
      <span className={tag.tag} data-tone={review.overdue ? 'critical' : running ? 'medium' : 'ok'}>
        {review.status === 'signed' && review.signedAt !== null
          ? `signed ${dateTime(review.signedAt, review.zone)}`
          : review.status === 'abandoned'
            ? 'given up'
            : review.dueAt === null
              ? 'no due date'
              : `${review.overdue ? 'overdue since' : 'due'} ${dateTime(review.dueAt, review.zone)}`}
      </span>
      <Button
        size="xs"
        variant="default"
        loading={exporting}
        leftSection={<IconFolderShare size={14} stroke={1.6} aria-hidden />}
        onClick={() => onWish('export')}
      >
        Export…
      </Button>
      <Button
        size="xs"
        variant={review.status === 'signed' ? 'filled' : 'default'}
        leftSection={<IconFileText size={14} stroke={1.6} aria-hidden />}
        onClick={() => void navigate({ to: '/reports', search: { review: review.id } })}
      >
        Write the report
      </Button>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon aria-label="More" title="More" variant="default" size={30}>
            <IconDots size={15} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onWish('history')}>What was done…</Menu.Item>
          {review.kind === 'access' && <Menu.Item onClick={() => onWish('leavers')}>Leavers…</Menu.Item>}
          {writable && review.status === 'open' && (
            <Menu.Item onClick={() => onWish('sample')}>
              {review.sample === null ? 'Draw a sample…' : 'Draw the sample again…'}
            </Menu.Item>
          )}
          {writable && running && <Menu.Item onClick={() => onWish('abandon')}>Give the review up…</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}
