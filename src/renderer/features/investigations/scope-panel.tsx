import { ActionIcon, Button } from '@mantine/core';
import { IconCheck, IconEye, IconEyeOff, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { SCOPE_KINDS, type ScopeKind } from '../../../shared/case.ts';
import type { CaseDetail, CaseScope, ScopeThing, Seed } from '../../../shared/case-schema.ts';
import type { Entity } from '../../../shared/entity.ts';
import { useZone } from '../../lib/app-state.ts';
import { counted, grouped } from '../../lib/number.ts';
import { visible } from '../../lib/visible-text.ts';
import { EntityLink } from '../../ui/entity-link.tsx';
import { SafeText, tooltipOf } from '../../ui/safe-text.tsx';
import tag from '../../ui/state-tag.module.css';
import { Part } from './part.tsx';
import { SeedList } from './seed-list.tsx';
import s from './side.module.css';
import { SCOPE_WORDS, shortSpan } from './words.ts';

/** Things of one kind that are shown before the rest is asked for. */
const FEW = 4;

export type WatchedKind = CaseDetail['watched'][number]['kind'];
const WATCHED: readonly string[] = ['person', 'address', 'network', 'device', 'token'];

type Props = {
  readonly scope: CaseScope | undefined;
  readonly watched: CaseDetail['watched'];
  readonly writable: boolean;
  readonly onVerdict: (thing: ScopeThing, verdict: 'accepted' | 'rejected' | null) => void;
  readonly onWatch: (kind: WatchedKind, value: string, on: boolean) => void;
  readonly onSteps: (steps: number) => void;
  readonly onSeed: () => void;
  readonly onSeedGone: (seed: Seed) => void;
};

/** What the incident is made of, how each belongs to it, and what a person says of it. */
export function ScopePanel({ scope, watched, writable, onVerdict, onWatch, onSteps, onSeed, onSeedGone }: Props) {
  const [all, setAll] = useState<ReadonlySet<ScopeKind>>(new Set());
  const things = scope?.things ?? [];
  return (
    <Part
      title="Scope"
      aside={
        scope && (
          <span className={s.quiet}>
            {counted(scope.total, 'entry', 'entries')} in {counted(scope.steps, 'step', 'steps')}
          </span>
        )
      }
    >
      {scope && things.length === 0 && (
        <p className={s.quiet}>
          Nothing yet. A scope grows from a seed: a person, an address, a token, a stretch of time.
        </p>
      )}
      {scope && <SeedList seeds={scope.seeds} writable={writable} onGone={onSeedGone} />}
      {SCOPE_KINDS.map((kind) => {
        const own = things.filter((one) => one.kind === kind);
        if (own.length === 0) return null;
        const shown = all.has(kind) ? own : own.slice(0, FEW);
        return (
          <div key={kind} className={s.kind}>
            <h3>
              {SCOPE_WORDS[kind]} <span>{grouped(own.length)}</span>
            </h3>
            <ul>
              {shown.map((thing) => (
                <Thing
                  key={thing.value}
                  thing={thing}
                  watched={watched.some((one) => one.kind === thing.kind && one.value === thing.value)}
                  writable={writable}
                  onVerdict={onVerdict}
                  onWatch={onWatch}
                />
              ))}
            </ul>
            {own.length > shown.length && (
              <button type="button" className={s.link} onClick={() => setAll((before) => new Set([...before, kind]))}>
                {grouped(own.length - shown.length)} more
              </button>
            )}
          </div>
        );
      })}
      <div className={s.buttons}>
        {scope && scope.steps > 0 && (
          <Button size="xs" variant="default" onClick={() => onSteps(scope.steps - 1)}>
            One step less
          </Button>
        )}
        {scope?.more && scope.steps < 10 && (
          <Button size="xs" variant="default" onClick={() => onSteps(scope.steps + 1)}>
            One step further
          </Button>
        )}
        {writable && (
          <Button size="xs" variant="default" onClick={onSeed}>
            Add a seed…
          </Button>
        )}
      </div>
    </Part>
  );
}

type ThingProps = Pick<Props, 'writable' | 'onVerdict' | 'onWatch'> & { thing: ScopeThing; watched: boolean };

function Thing({ thing, watched, writable, onVerdict, onWatch }: ThingProps) {
  const zone = useZone();
  const name = visible(thing.label).slice(0, 80);
  const icon = { size: 14, stroke: 1.8, 'aria-hidden': true } as const;
  const { state } = thing;
  return (
    <li className={s.thing} data-state={state} data-thing={`${thing.kind} ${thing.value}`}>
      <div className={s.thingHead}>
        <span className={s.name} title={tooltipOf(thing.label)}>
          <EntityLink entity={entityOf(thing)}>
            <SafeText text={thing.label} max={80} />
          </EntityLink>
        </span>
        {state === 'seed' || state === 'rejected' ? (
          <span className={tag.tag}>{state === 'seed' ? 'seed' : 'left out'}</span>
        ) : (
          <span className={tag.tag} data-tone={state === 'accepted' ? 'ok' : undefined}>
            {state === 'accepted' ? 'in scope' : `${Math.round(thing.score * 100)} %`}
          </span>
        )}
        {writable && state !== 'seed' && (
          <>
            <ActionIcon
              size="sm"
              aria-label={`Accept ${name}`}
              aria-pressed={state === 'accepted'}
              onClick={() => onVerdict(thing, state === 'accepted' ? null : 'accepted')}
            >
              <IconCheck {...icon} />
            </ActionIcon>
            <ActionIcon
              size="sm"
              aria-label={`Reject ${name}`}
              aria-pressed={state === 'rejected'}
              onClick={() => onVerdict(thing, state === 'rejected' ? null : 'rejected')}
            >
              <IconX {...icon} />
            </ActionIcon>
          </>
        )}
        {writable && WATCHED.includes(thing.kind) && (
          <ActionIcon
            size="sm"
            aria-label={`${watched ? 'No longer watch' : 'Watch'} ${name}`}
            aria-pressed={watched}
            onClick={() => onWatch(thing.kind as WatchedKind, thing.value, !watched)}
          >
            {watched ? <IconEyeOff {...icon} /> : <IconEye {...icon} />}
          </ActionIcon>
        )}
      </div>
      {thing.reasons[0] !== undefined && (
        <p className={s.reason} title={thing.reasons.map(tooltipOf).join('\n')}>
          <SafeText text={thing.reasons[0]} max={240} sentence />
          {thing.reasons.length > 1 && ` And ${counted(thing.reasons.length - 1, 'other reason', 'other reasons')}.`}
        </p>
      )}
      <p className={s.quiet}>
        {counted(thing.entries, 'entry', 'entries')}
        {thing.first !== null && thing.last !== null && `, ${shortSpan(thing.first, thing.last, zone)}`}
        {thing.ordinary > 0 && `; ${grouped(thing.ordinary)} of ordinary life kept apart`}
      </p>
      {thing.standing && (
        <p className={s.standing} data-stands={thing.standing.stands || undefined}>
          <SafeText text={thing.standing.words} max={200} sentence />
          {thing.standing.stands && ' It still stands.'}
        </p>
      )}
    </li>
  );
}

function entityOf({ kind, value }: ScopeThing): Entity | null {
  return kind === 'person' || kind === 'address' || kind === 'tunnel' || kind === 'team' || kind === 'token'
    ? { kind, value }
    : null;
}
