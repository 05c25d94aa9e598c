import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClock, IconSignature } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { REVIEW_VERDICTS, SIGN_ROLES, type SignRole, VERDICT_WORDS } from '../../../shared/review.ts';
import type { ReviewDetail, ReviewException, ReviewFinding } from '../../../shared/review-schema.ts';
import { counted, grouped } from '../../lib/number.ts';
import { dateTime } from '../../lib/time.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { Key } from '../../ui/small.tsx';
import { dayText } from './periods.ts';
import { ProgressBar } from './progress-bar.tsx';
import { TONES } from './verdicts.tsx';
import s from './worksheet.module.css';

/** What the side of the worksheet can ask for. */
export type Wish = 'sign' | 'gaps' | 'giveBack' | 'raise';

type Props = {
  readonly review: ReviewDetail;
  readonly exceptions: readonly ReviewException[];
  readonly findings: readonly ReviewFinding[];
  readonly writable: boolean;
  readonly onException: (id: string) => void;
  readonly onWish: (wish: Wish) => void;
};

/** How far the review is, its exceptions, what gates the signature, and who signs. */
export function SidePanel(props: Props) {
  const { review, exceptions, findings, writable, onWish } = props;
  const left = review.scope - review.decided;
  const shown = exceptions.filter(({ status }) => status !== 'withdrawn');
  const present = REVIEW_VERDICTS.filter((verdict) => (review.tally[verdict] ?? 0) > 0);
  return (
    <>
      <Part
        title="Progress"
        aside={
          <b data-testid="progress" data-decided={review.decided} data-scope={review.scope}>
            {grouped(review.decided)} of {grouped(review.scope)}
          </b>
        }
      >
        <ProgressBar review={review} />
        <ul className={s.legend}>
          {present.map((verdict) => (
            <li key={verdict}>
              <i data-tone={TONES[verdict]} data-colours />
              {grouped(review.tally[verdict] ?? 0)} {VERDICT_WORDS[verdict].toLowerCase()}
            </li>
          ))}
          <li>
            <i data-colours />
            {grouped(left)} open
          </li>
        </ul>
      </Part>
      <Part
        title="Exceptions"
        aside={
          writable &&
          review.status === 'open' && (
            <Button size="xs" variant="default" rightSection={<Key>E</Key>} onClick={() => onWish('raise')}>
              Raise…
            </Button>
          )
        }
      >
        {shown.length === 0 && <p className={s.quiet}>None so far.</p>}
        <ul className={s.exceptions}>
          {shown.slice(0, 40).map((one) => (
            <li key={one.id}>
              <IconAlertTriangle size={14} stroke={1.8} aria-hidden data-done={one.status === 'closed' || undefined} />
              <button type="button" onClick={() => props.onException(one.id)}>
                <b>{one.nature === '' ? one.id : <SafeText text={one.nature} max={100} />}</b>
                <span>
                  {one.id}, {counted(one.items, 'item', 'items')}
                  {one.control !== null && (
                    <>
                      , <SafeText text={one.control} max={30} />
                    </>
                  )}
                  {one.status === 'closed' && ', closed'}
                </span>
                <span>
                  {one.owner === null ? (
                    'no owner yet'
                  ) : (
                    <>
                      owner <SafeText text={one.owner} max={60} />
                    </>
                  )}
                  , {one.due === null ? 'date not agreed' : `by ${dayText(one.due)}`}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {shown.length > 40 && (
          <Link to="/reviews" search={{ tab: 'exceptions' }}>
            {grouped(shown.length - 40)} more in the register
          </Link>
        )}
        {review.carried.length > 0 && (
          <p className={s.quiet}>
            {counted(review.carried.length, 'exception is', 'exceptions are')} still open from earlier reviews:{' '}
            {review.carried.slice(0, 8).map((id) => (
              <button key={id} type="button" className={s.inlineLink} onClick={() => props.onException(id)}>
                {id}
              </button>
            ))}
          </p>
        )}
      </Part>
      {findings.length > 0 && (
        <Part title="Findings of the period" aside={grouped(findings.length)}>
          <ul className={s.findings}>
            {findings.slice(0, 5).map((one) => (
              <li key={one.id}>
                <SeverityMark severity={one.severity} />
                <Link to="/findings" search={{ f: one.id, state: 'all' }}>
                  <SafeText text={one.title} max={100} />
                </Link>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part title={review.status === 'signed' ? 'Checks' : 'Checks before sign-off'}>
        <ul className={s.checks}>
          {review.checks.map((check) => (
            <li key={check.id} data-ok={check.ok || undefined}>
              {check.ok ? (
                <IconCircleCheck size={15} stroke={1.8} aria-label="holds" />
              ) : (
                <IconClock size={15} stroke={1.8} aria-label="missing" />
              )}
              <span>
                <SafeText text={check.sentence} max={300} sentence />
              </span>
              {check.id === 'coverage' && !check.ok && writable && review.status === 'open' && (
                <Button size="xs" variant="default" onClick={() => onWish('gaps')}>
                  Acknowledge…
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Part>
      <SignOff review={review} writable={writable} onWish={onWish} />
    </>
  );
}

function SignOff({ review, writable, onWish }: Pick<Props, 'review' | 'writable' | 'onWish'>) {
  const role = roleNow(review);
  const missing = review.checks.filter((check) => !check.ok);
  const left = missing.reduce((sum, check) => sum + Math.max(1, check.left), 0);
  const signable = role !== null && writable;
  return (
    <Part title="Sign-off">
      {SIGN_ROLES.map((each) => {
        const signature = review.signatures.find((one) => one.role === each);
        return (
          <div key={each} className={s.signer}>
            <p>{each === 'preparer' ? 'Preparer' : 'Reviewer'}</p>
            {signature ? (
              <div>
                <Avatar actor={{ id: signature.email, name: signature.name, email: signature.email }} />
                <span>
                  <b>
                    <SafeText text={signature.name} max={80} />
                  </b>
                  <span>signed {dateTime(signature.at, review.zone)}</span>
                </span>
              </div>
            ) : (
              <span className={s.quiet}>
                {each === 'preparer' ? 'signs when every check holds' : 'somebody else, after the preparer'}
              </span>
            )}
          </div>
        );
      })}
      {review.remark && review.status === 'open' && (
        <p className={s.quiet}>
          Given back by <SafeText text={review.remark.by} max={80} />:{' '}
          <SafeText text={review.remark.reason} max={300} />
        </p>
      )}
      {signable && (
        <Button
          size="xs"
          fullWidth
          disabled={missing.length > 0}
          variant={missing.length > 0 ? 'default' : 'filled'}
          leftSection={<IconSignature size={15} stroke={1.6} aria-hidden />}
          rightSection={missing.length > 0 ? null : <Key>S</Key>}
          onClick={() => onWish('sign')}
        >
          Sign as {role}
          {missing.length > 0 && `, ${grouped(left)} to go`}
        </Button>
      )}
      {signable && role === 'reviewer' && (
        <Button size="xs" fullWidth variant="default" onClick={() => onWish('giveBack')}>
          Give it back…
        </Button>
      )}
      {review.manifest !== null && (
        <p className={s.manifest} title={`SHA-256 of the manifest that was signed: ${review.manifest}`}>
          manifest {review.manifest.slice(0, 8)} … {review.manifest.slice(-8)}
        </p>
      )}
    </Part>
  );
}

/** Whose turn it is to sign; null where nobody's. */
export function roleNow({ status }: Pick<ReviewDetail, 'status'>): SignRole | null {
  return status === 'open' ? 'preparer' : status === 'prepared' ? 'reviewer' : null;
}

function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={s.part} aria-label={title}>
      <header className={s.partHead}>
        <h2>{title}</h2>
        <span className={s.grow} />
        {aside}
      </header>
      {children}
    </section>
  );
}
