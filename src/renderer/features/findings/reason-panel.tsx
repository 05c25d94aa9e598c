import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Signal } from '../../../shared/finding.ts';
import type { TriagedFinding } from '../../../shared/triage.ts';
import { counted } from '../../lib/number.ts';
import { Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { Tag } from '../../ui/small.tsx';
import s from './detail.module.css';

/** How many rules are told at first. */
const FIRST = 4;

/** What each rule noticed, with its raw figures, gravest first, and what speaks against it. */
export function ReasonPanel({ finding }: { finding: TriagedFinding }) {
  const signals: readonly Signal[] = finding.signals ?? [];
  const against = finding.against ?? [];
  const [limit, setLimit] = useState(FIRST);
  const shown = signals.slice(0, signals.length === FIRST + 1 ? FIRST + 1 : limit);
  return (
    <Panel
      title="Why it was raised"
      className={s.reasons}
      action={
        signals.length > 0 && (
          <span className={s.caption}>{counted(signals.length, 'rule', 'rules')}, gravest first</span>
        )
      }
    >
      <ul className={s.signals}>
        {shown.map((signal) => (
          <li key={signal.rule} className={s.signal}>
            <span className={s.signalHead}>
              <SeverityMark severity={signal.severity} />
              <Link to="/rules" search={{ r: signal.rule }} className={s.signalName ?? ''}>
                <SafeText text={signal.title} max={120} />
              </Link>
              {signal.novelty && <Tag>new to this person</Tag>}
            </span>
            {signals.length > 1 && signal.rule !== finding.rule && (
              <span className={s.signalWhy}>
                <SafeText text={signal.why} max={600} sentence />
              </span>
            )}
            {signal.figures && signal.figures.length > 0 && (
              <dl className={s.figures}>
                {signal.figures.map((figure) => (
                  <div key={figure.name}>
                    <dt>
                      <SafeText text={figure.name} max={160} />
                    </dt>
                    <dd>
                      <SafeText text={figure.value} max={120} />
                    </dd>
                  </div>
                ))}
              </dl>
            )}
          </li>
        ))}
        {shown.length < signals.length && (
          <li>
            <button type="button" className={s.inlineLink} onClick={() => setLimit(signals.length)}>
              {counted(signals.length - shown.length, 'more', 'more')}, which the other rules noticed
            </button>
          </li>
        )}
        <li className={s.against}>
          Speaks against it:{' '}
          {against.length === 0
            ? 'nothing found.'
            : against.map((one) => (
                <span key={one}>
                  <SafeText text={one} max={400} sentence />{' '}
                </span>
              ))}
        </li>
      </ul>
    </Panel>
  );
}
