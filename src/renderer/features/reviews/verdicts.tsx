import { IconAdjustments, IconAlertCircle, IconBan, IconCheck, IconCircleDashed } from '@tabler/icons-react';
import {
  ACCESS_VERDICTS,
  EVENT_VERDICTS,
  type ReviewKind,
  type ReviewVerdict,
  VERDICT_WORDS,
} from '../../../shared/review.ts';
import s from './worksheet.module.css';

/** One decision of the worksheet and the key for it. */
export type VerdictKey = { readonly verdict: ReviewVerdict; readonly letter: string };

export const KEYS_OF: Readonly<Record<ReviewKind, readonly VerdictKey[]>> = {
  events: EVENT_VERDICTS.map((verdict) => ({ verdict, letter: verdict.charAt(0) })),
  access: ACCESS_VERDICTS.map((verdict) => ({ verdict, letter: verdict === 'exception' ? 'x' : verdict.charAt(0) })),
};

const ICONS = {
  appropriate: IconCheck,
  keep: IconCheck,
  deviation: IconAlertCircle,
  exception: IconAlertCircle,
  revoke: IconBan,
  change: IconAdjustments,
  not_applicable: IconCircleDashed,
} as const;

/** How a decision is coloured: never by colour alone, its icon and word stand beside. */
export const TONES: Readonly<Record<ReviewVerdict, 'ok' | 'high' | 'critical' | 'medium' | 'info'>> = {
  appropriate: 'ok',
  keep: 'ok',
  deviation: 'high',
  exception: 'high',
  revoke: 'critical',
  change: 'medium',
  not_applicable: 'info',
};

export function VerdictTag({ verdict }: { verdict: ReviewVerdict }) {
  const Icon = ICONS[verdict];
  return (
    <span className={s.verdict} data-tone={TONES[verdict]}>
      <Icon size={13} stroke={1.8} aria-hidden />
      {VERDICT_WORDS[verdict]}
    </span>
  );
}
