import { Modal, TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useState } from 'react';
import type { CaseEvent } from '../../../shared/case-schema.ts';
import { useZone } from '../../lib/app-state.ts';
import { dateTime } from '../../lib/time.ts';
import { visible } from '../../lib/visible-text.ts';
import s from './forms.module.css';
import { eventTitle } from './words.ts';

/** Events that are offered at once. */
const MOST = 100;

type Props = {
  readonly events: readonly CaseEvent[];
  readonly onCite: (id: string) => void;
  readonly onClose: () => void;
};

/** Finds an event of the timeline by its number or its words; arrows choose, Enter cites it. */
export function CitePicker({ events, onCite, onClose }: Props) {
  const zone = useZone();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean);
  const found = events
    .filter((event) => {
      const all = `${event.id} ${eventTitle(event)} ${event.notes.map((note) => note.text).join(' ')}`.toLowerCase();
      return words.every((word) => all.includes(word));
    })
    .slice(0, MOST);
  const place = Math.min(at, found.length - 1);
  useEffect(() => {
    document.getElementById(`cite-${place}`)?.scrollIntoView({ block: 'nearest' });
  }, [place]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, place + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, place - 1));
    else if (event.key === 'Enter') {
      const chosen = found[place];
      if (chosen) onCite(chosen.id);
    } else return;
    event.preventDefault();
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title="Cite an event"
      size={560}
      padding="lg"
      styles={{ title: { fontWeight: 600, fontSize: 16 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
    >
      <div className={s.stack}>
        <TextInput
          size="xs"
          aria-label="Event"
          placeholder="Number, action, target or note"
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls="cite-options"
          aria-activedescendant={found.length > 0 ? `cite-${place}` : undefined}
          value={text}
          autoComplete="off"
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        {found.length === 0 && <p className={s.lead}>No event of the timeline has these words.</p>}
        <div id="cite-options" role="listbox" aria-label="Events" className={s.options}>
          {found.map((event, i) => (
            <button
              key={event.id}
              id={`cite-${i}`}
              type="button"
              role="option"
              tabIndex={-1}
              aria-selected={i === place}
              className={s.option}
              onClick={() => onCite(event.id)}
            >
              <code>{event.id}</code>
              <span>
                {dateTime(event.ts, zone)} {visible(eventTitle(event)).slice(0, 160)}
              </span>
            </button>
          ))}
        </div>
      </div>
    </Modal>
  );
}
