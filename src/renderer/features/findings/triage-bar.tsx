import { Button, Tooltip } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { TriagedFinding } from '../../../shared/triage.ts';
import { useArchive } from '../../lib/app-state.ts';
import { grouped } from '../../lib/number.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { Key } from '../../ui/small.tsx';
import { DECISIONS, type DecisionKind, NOTE } from './decisions.ts';
import s from './triage.module.css';

type Props = {
  readonly finding: TriagedFinding;
  readonly selected: number;
  readonly asked: DecisionKind | null;
  readonly onAsk: (kind: DecisionKind) => void;
  readonly onNext: () => void;
  readonly onDrop: () => void;
};

/** What can be said of the finding, or of all selected, by key and by mouse. */
export function TriageBar({ finding, selected, asked, onAsk, onNext, onDrop }: Props) {
  const { readOnly } = useArchive();
  const { decision } = finding.state;
  const caseName = finding.state.caseName;
  return (
    <div className={s.bar} role="toolbar" aria-label="Triage">
      {readOnly ? (
        <span className={s.closed}>
          <IconLock size={15} stroke={1.6} aria-hidden />
          This archive is open for reading only, so nothing can be decided. Lock it and open it for writing.
        </span>
      ) : (
        DECISIONS.map((kind, i) => (
          <Button
            key={kind.verdict}
            variant={i === 0 ? 'filled' : 'default'}
            aria-pressed={asked === kind}
            aria-keyshortcuts={kind.letter}
            onClick={() => onAsk(kind)}
            leftSection={<kind.icon size={15} stroke={1.6} aria-hidden />}
          >
            <span className={s.clip}>
              {kind.verdict === 'filed' && caseName !== null ? (
                <>
                  In case <SafeText text={caseName} max={24} />
                </>
              ) : (
                kind.name
              )}
            </span>
            &nbsp;
            <Key>{kind.letter.toUpperCase()}</Key>
          </Button>
        ))
      )}
      <span className={s.grow} />
      {selected > 0 ? (
        <span className={s.selected}>
          {grouped(selected)} selected{' '}
          <button type="button" className={s.inlineLink} onClick={onDrop}>
            drop
          </button>{' '}
          <Key>Esc</Key>
        </span>
      ) : (
        decision !== null &&
        finding.state.status !== 'open' && (
          <Tooltip label={`Decided by ${decision.by.slice(0, 60)}`}>
            <span className={s.owner}>
              <Avatar actor={{ id: null, name: decision.by, email: null }} />
              <span className={s.clip}>
                <SafeText text={decision.by} max={40} />
              </span>
            </span>
          </Tooltip>
        )
      )}
      {!readOnly && (
        <Button
          variant="subtle"
          color="gray"
          aria-keyshortcuts={NOTE.letter}
          onClick={() => onAsk(NOTE)}
          leftSection={<NOTE.icon size={15} stroke={1.6} aria-hidden />}
        >
          Note&nbsp;<Key>M</Key>
        </Button>
      )}
      <button type="button" className={s.next} aria-keyshortcuts="j" onClick={onNext}>
        next <Key>J</Key>
      </button>
    </div>
  );
}
