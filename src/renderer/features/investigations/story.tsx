import { Button, Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { LONGEST_STORY } from '../../../shared/case.ts';
import type { CaseDetail, CaseEvent } from '../../../shared/case-schema.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { recallText, rememberText } from '../../lib/memory.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { dateTime } from '../../lib/time.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { Key } from '../../ui/small.tsx';
import { citedIn, partsOf } from './citations.ts';
import { CitePicker } from './cite-picker.tsx';
import s from './story.module.css';
import type { Writing } from './use-writing.tsx';
import { eventTitle } from './words.ts';

type Props = {
  readonly detail: CaseDetail;
  readonly events: readonly CaseEvent[];
  readonly writable: boolean;
  readonly writing: Writing;
  readonly onShow: (event: CaseEvent) => void;
};

/** What happened, in words that cite events of the timeline; what cites nothing that holds is named. */
export function Story({ detail, events, writable, writing, onShow }: Props) {
  const archive = useArchive();
  const zone = useZone();
  const [reviewer, remember] = useReviewer();
  const [by, setBy] = useState(reviewer ?? '');
  // What is written outlives a look at another screen.
  const key = `story ${archive.id} ${detail.id}`;
  const [text, setText] = useState(recallText(key) ?? detail.story.text);
  const [citing, setCiting] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const caret = useRef(text.length);
  const known = new Map(events.map((event) => [event.id, event]));
  const states = new Map(detail.story.citations.map((one) => [one.event, one.state]));
  const unknown = citedIn(text).filter((id) => !known.has(id));
  const broken = citedIn(text).filter((id) => {
    const event = known.get(id);
    const state = event?.kind === 'entry' ? event.state : states.get(id);
    return event !== undefined && state !== undefined && state !== 'holds';
  });
  const dirty = text !== detail.story.text;
  const missing =
    unknown.length > 0
      ? `Not in the timeline: ${unknown.join(', ')}.`
      : by.trim() === ''
        ? 'Say who you are: the history names you.'
        : dirty
          ? null
          : 'Nothing to save.';

  function type(next: string): void {
    setText(next);
    rememberText(key, next === detail.story.text ? null : next);
  }
  function cite(id: string): void {
    const at = caret.current;
    const before = text.slice(0, at);
    const put = `${before === '' || /\s$/.test(before) ? '' : ' '}[${id}]`;
    type(`${before}${put}${text.slice(at)}`);
    setCiting(false);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(at + put.length, at + put.length);
    });
  }
  function save(): void {
    if (missing !== null || writing.pending) return;
    const name = by.trim();
    remember(name);
    void writing
      .write(name, 'Story saved.', () => call('cases.saveStory', { id: detail.id, by: name, text }))
      .then((done) => done && rememberText(key, null));
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    if (event.key.toLowerCase() === 'i' || event.key === 'Enter') {
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'Enter') save();
      else setCiting(true);
    }
  }
  return (
    <div className={s.story}>
      {writable && (
        <section className={s.edit} aria-label="Story">
          <Textarea
            ref={field}
            aria-label="Story"
            placeholder="What happened, in order. Cite an event with its number in brackets: [E-12]."
            value={text}
            maxLength={LONGEST_STORY}
            classNames={{ root: s.field ?? '', wrapper: s.wrapper ?? '', input: s.input ?? '' }}
            onChange={(event) => type(event.currentTarget.value)}
            onSelect={(event) => {
              caret.current = event.currentTarget.selectionStart;
            }}
            onKeyDown={onKeyDown}
          />
          <div className={s.foot}>
            <Button size="xs" disabled={missing !== null} loading={writing.pending} onClick={save}>
              Save&nbsp;<Key>Ctrl Enter</Key>
            </Button>
            <Button size="xs" variant="default" disabled={events.length === 0} onClick={() => setCiting(true)}>
              Cite…&nbsp;<Key>Ctrl I</Key>
            </Button>
            {reviewer === null && (
              <TextInput
                size="xs"
                aria-label="Your name"
                placeholder="Your name"
                value={by}
                maxLength={120}
                onChange={(event) => setBy(event.currentTarget.value)}
              />
            )}
            <span className={s.missing} role="status">
              {missing}
            </span>
          </div>
        </section>
      )}
      <section className={s.preview} aria-label="Preview">
        <h2>Preview</h2>
        {broken.length > 0 && (
          <p className={s.broken} role="alert">
            {broken.join(', ')} no longer {broken.length === 1 ? 'holds' : 'hold'}: the archive lacks the entry as it
            was pinned, so nothing can be exported from this case.
          </p>
        )}
        {text === '' ? (
          <p className={s.quiet}>Nothing is written yet.</p>
        ) : (
          <div className={s.text}>
            {partsOf(text).map((part, i) => {
              // biome-ignore-start lint/suspicious/noArrayIndexKey: parts are positions in one text
              if (part.cites === null) return <SafeText key={i} text={part.text} max={LONGEST_STORY} multiline />;
              const event = known.get(part.cites);
              if (!event) {
                return (
                  <span key={i} className={s.unknown} title="Not in the timeline">
                    {part.text}
                  </span>
                );
              }
              return (
                <button
                  key={i}
                  type="button"
                  className={s.cite}
                  data-broken={broken.includes(event.id) || undefined}
                  title={`${dateTime(event.ts, zone)} ${eventTitle(event).slice(0, 120)}`}
                  onClick={() => onShow(event)}
                >
                  {event.id}
                </button>
              );
              // biome-ignore-end lint/suspicious/noArrayIndexKey: see above
            })}
          </div>
        )}
        {detail.story.by !== null && detail.story.at !== null && (
          <p className={s.quiet}>
            Saved by <SafeText text={detail.story.by} max={80} />, {dateTime(detail.story.at, zone)}
            {dirty && '; changed since'}
          </p>
        )}
      </section>
      {citing && <CitePicker events={events} onCite={cite} onClose={() => setCiting(false)} />}
    </div>
  );
}
