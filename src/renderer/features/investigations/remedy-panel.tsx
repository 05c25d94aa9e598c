import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClock, IconMinus, IconNote } from '@tabler/icons-react';
import type { RemedyState } from '../../../shared/case.ts';
import type { RemedyCheck } from '../../../shared/case-schema.ts';
import { useZone } from '../../lib/app-state.ts';
import { grouped } from '../../lib/number.ts';
import { visible } from '../../lib/visible-text.ts';
import { SafeText, tooltipOf } from '../../ui/safe-text.tsx';
import { Part } from './part.tsx';
import s from './side.module.css';
import { REMEDY_WORDS, shortTime } from './words.ts';

const ICONS: Readonly<Record<RemedyState, typeof IconClock>> = {
  done: IconCircleCheck,
  missing: IconClock,
  undone: IconAlertTriangle,
  by_hand: IconNote,
  not_needed: IconMinus,
};

type Props = {
  readonly checks: readonly RemedyCheck[] | undefined;
  readonly writable: boolean;
  readonly onSay: (check: RemedyCheck) => void;
};

/** What should follow for all in scope, as the log shows it. */
export function RemedyPanel({ checks, writable, onSay }: Props) {
  const zone = useZone();
  const settled = (checks ?? []).filter(({ state }) => state !== 'missing' && state !== 'undone').length;
  return (
    <Part
      title="Remediation"
      aside={
        checks &&
        checks.length > 0 && (
          <span className={s.quiet} data-testid="remedies" data-settled={settled} data-total={checks.length}>
            {grouped(settled)} of {grouped(checks.length)}, checked in the log
          </span>
        )
      }
    >
      {checks?.length === 0 && <p className={s.quiet}>Nothing in scope asks for an action yet.</p>}
      <ul className={s.remedies}>
        {(checks ?? []).map((check) => {
          const Icon = ICONS[check.state];
          return (
            <li key={`${check.remedy} ${check.thing.kind} ${check.thing.value}`} data-state={check.state}>
              <Icon size={15} stroke={1.8} aria-label={REMEDY_WORDS[check.state]} />
              <span className={s.name} title={tooltipOf(`${check.words}${check.note ? `\n${check.note}` : ''}`)}>
                <SafeText text={check.words} max={120} sentence />
              </span>
              <span className={s.seen}>{stateWords(check, zone)}</span>
              {writable && check.state !== 'done' && (
                <Button
                  size="xs"
                  variant="subtle"
                  aria-label={`Say of: ${visible(check.words).slice(0, 80)}`}
                  onClick={() => onSay(check)}
                >
                  Say…
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

function stateWords({ state, done, undone, note }: RemedyCheck, zone: string): string {
  if (state === 'done' && done) return `seen ${shortTime(done.at, zone)}`;
  if (state === 'undone' && undone) return `taken back ${shortTime(undone.at, zone)}`;
  if (state === 'by_hand' || state === 'not_needed') {
    const said = note ? `, ${visible(note).slice(0, 24)}` : '';
    return `${REMEDY_WORDS[state]}${said}`;
  }
  return REMEDY_WORDS[state];
}
