import { Button } from '@mantine/core';
import { counted, grouped } from '../../lib/number.ts';
import pill from '../../ui/pill.module.css';
import { Key } from '../../ui/small.tsx';
import s from './case.module.css';
import { type CasePart, LANES, type Lane } from './search.ts';

const LANE_WORDS: Readonly<Record<Lane, string>> = {
  phase: 'phase',
  actor: 'actor',
  address: 'address',
  target: 'target',
};

type Props = {
  readonly part: CasePart | 'timeline';
  readonly lane: Lane;
  readonly events: number;
  readonly shown: number;
  readonly suggested: number | null;
  readonly picked: number;
  readonly zoomed: boolean;
  readonly writable: boolean;
  readonly onPart: (part: CasePart | 'timeline') => void;
  readonly onLane: (lane: Lane) => void;
  readonly onWhole: () => void;
  readonly onCompare: () => void;
  readonly onClassify: () => void;
  readonly onUnpin: () => void;
};

/** The parts of a case, and what can be done with what is selected in its timeline. */
export function CaseTools(props: Props) {
  const { part, lane, events, shown, suggested, picked, zoomed, writable } = props;
  const parts: readonly (readonly [part: CasePart | 'timeline', name: string, key: string])[] = [
    ['timeline', 'Timeline', 't'],
    ['suggestions', suggested ? `Suggestions ${grouped(suggested)}` : 'Suggestions', 's'],
    ['story', 'Story', 'y'],
    ['history', 'Notes and history', 'h'],
  ];
  return (
    <div className={s.tools} role="toolbar" aria-label="Parts of the case">
      {parts.map(([one, name, key]) => (
        <button
          key={one}
          type="button"
          className={pill.pill}
          aria-pressed={part === one}
          aria-keyshortcuts={key}
          title={`${name} (${key.toUpperCase()})`}
          onClick={() => props.onPart(one)}
        >
          {name}
        </button>
      ))}
      {part === 'timeline' && events > 0 && (
        <>
          <span className={s.toolWord}>by</span>
          {LANES.map((one) => (
            <button
              key={one}
              type="button"
              className={pill.pill}
              aria-pressed={lane === one}
              onClick={() => props.onLane(one)}
            >
              {LANE_WORDS[one]}
            </button>
          ))}
          <span className={s.grow} />
          {picked > 0 ? (
            <>
              <span className={s.status} data-testid="picked" data-count={picked}>
                {grouped(picked)} selected
              </span>
              {picked >= 2 && (
                <Button size="xs" variant="default" onClick={props.onCompare}>
                  Compare&nbsp;<Key>C</Key>
                </Button>
              )}
              {writable && (
                <>
                  <Button size="xs" variant="default" onClick={props.onClassify}>
                    Phase…&nbsp;<Key>P</Key>
                  </Button>
                  <Button size="xs" variant="default" onClick={props.onUnpin}>
                    Take out&nbsp;<Key>D</Key>
                  </Button>
                </>
              )}
            </>
          ) : (
            <span className={s.status} data-testid="events" data-count={events}>
              {zoomed ? (
                <>
                  {grouped(shown)} of {counted(events, 'event', 'events')} in this stretch.{' '}
                  <button type="button" className={s.link} aria-keyshortcuts="0" onClick={props.onWhole}>
                    Show all
                  </button>
                </>
              ) : (
                counted(events, 'event', 'events')
              )}
            </span>
          )}
        </>
      )}
    </div>
  );
}
