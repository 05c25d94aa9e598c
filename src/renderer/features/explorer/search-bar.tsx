import { Combobox, useCombobox } from '@mantine/core';
import { IconAlertCircle, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { FilterError } from '../../../shared/filter/parse.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import { useAsk } from '../../lib/ask.ts';
import { SEARCH_FIELD_ID } from '../../lib/keys.ts';
import { counted } from '../../lib/number.ts';
import { Key } from '../../ui/small.tsx';
import { ASK } from './ask-option.tsx';
import { completed, type WordAt, wordAt } from './completion.ts';
import { piecesOf } from './highlight.ts';
import s from './query-bar.module.css';
import { Suggestions, useSuggestions } from './suggestions.tsx';

type Props = {
  readonly text: string;
  readonly terms: number;
  readonly problem: FilterError | null;
  readonly onType: (text: string, sameVisit: boolean) => void;
  readonly onRest: () => void;
};

/** The query as text. Results follow every key; one visit to the field is one step back in the history. */
export function SearchBar({ text, terms, problem, onType, onRest }: Props) {
  const [draft, setDraft] = useState(text);
  const visit = useRef(false);
  const mirror = useRef<HTMLDivElement>(null);
  const sent = useRef(text);
  const input = useRef<HTMLInputElement>(null);
  const [word, setWord] = useState<WordAt | null>(null);
  const suggestions = useSuggestions(word);
  const asking = useAsk(word === null ? '' : draft);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const open = word !== null && (asking !== null || suggestions.length > 0);
  // Mantine goes on naming an option that is no longer there; this names the one that is chosen, if any.
  const [active, setActive] = useState<string | undefined>(undefined);
  const listed = [asking ? ASK : '', ...suggestions.map((one) => one.insert)].join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list has other options
  useEffect(() => setActive(undefined), [listed]);

  useEffect(() => {
    // Back, forward, chips and facets change the address under the field; what is being typed comes back to it too.
    if (text !== sent.current) setDraft(text);
    sent.current = text;
  }, [text]);

  function type(next: string): void {
    setDraft(next);
    sent.current = next.trim() === '' ? '' : next;
    onType(next, visit.current);
    visit.current = true;
  }

  function take(insert: string): void {
    if (insert === ASK) {
      if (!asking?.ready) return;
      type(printQuery(asking.filter));
      setWord(null);
      combobox.resetSelectedOption();
      return;
    }
    const chosen = suggestions.find((one) => one.insert === insert);
    if (!chosen || word === null) return;
    const next = completed(draft, word, chosen);
    type(next.text);
    setWord(wordAt(next.text, next.caret));
    combobox.resetSelectedOption();
    // The caret can be put only where the text already stands.
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret));
  }

  return (
    <Combobox
      store={{ ...combobox, dropdownOpened: open }}
      onOptionSubmit={take}
      withinPortal={false}
      shadow="md"
      width={560}
      position="bottom-start"
    >
      <div className={s.search} data-wrong={problem !== null || undefined}>
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <div className={s.field}>
          <div ref={mirror} className={s.mirror} aria-hidden>
            {piecesOf(draft).map((piece, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces are positions in one text
              <span key={i} data-kind={piece.kind}>
                {piece.text}
              </span>
            ))}
          </div>
          <Combobox.Target withAriaAttributes={false}>
            <input
              ref={input}
              id={SEARCH_FIELD_ID}
              role="combobox"
              aria-autocomplete="list"
              aria-haspopup="listbox"
              aria-expanded={open}
              aria-controls={open ? (combobox.listId ?? undefined) : undefined}
              aria-activedescendant={open ? active : undefined}
              type="text"
              value={draft}
              spellCheck={false}
              autoComplete="off"
              placeholder="actor:alice@example.com  category:security  last:30d  -team:Ops  “any text”"
              aria-label="Search entries"
              aria-invalid={problem !== null}
              aria-describedby={problem ? 'search-problem' : undefined}
              onChange={(event) => {
                type(event.currentTarget.value);
                setWord(wordAt(event.currentTarget.value, event.currentTarget.selectionStart ?? 0));
                combobox.resetSelectedOption();
              }}
              onKeyUp={({ key }) => {
                if (key === 'ArrowDown' || key === 'ArrowUp') setActive(chosenOption(combobox.listId));
              }}
              onScroll={(event) => {
                if (mirror.current) mirror.current.scrollLeft = event.currentTarget.scrollLeft;
              }}
              onBlur={() => {
                visit.current = false;
                setWord(null);
                onRest();
              }}
              onKeyDown={(event) => {
                const chosen = combobox.getSelectedOptionIndex() >= 0;
                if (event.key === 'Tab' && open && !event.shiftKey) {
                  event.preventDefault();
                  if (!chosen) combobox.selectFirstOption();
                  combobox.clickSelectedOption();
                } else if (event.key === 'Enter' && !chosen && asking?.question) {
                  event.preventDefault();
                  take(ASK);
                } else if (event.key === 'Escape' && open) {
                  setWord(null);
                } else if (event.key === 'Escape' || (event.key === 'Enter' && !(open && chosen))) {
                  event.currentTarget.blur();
                }
              }}
            />
          </Combobox.Target>
        </div>
        {terms > 0 && !problem && (
          <span className={s.terms}>{terms === 1 ? '1 term' : `${counted(terms, 'term', 'terms')}`}</span>
        )}
        <Key>/</Key>
      </div>
      <Combobox.Dropdown hidden={!open}>
        <Suggestions asking={asking} list={suggestions} />
      </Combobox.Dropdown>
    </Combobox>
  );
}

function chosenOption(listId: string | null): string | undefined {
  return listId === null ? undefined : document.getElementById(listId)?.querySelector('[data-combobox-selected]')?.id;
}

export function QueryProblem({
  problem,
  text,
  onTake,
}: {
  problem: FilterError;
  text: string;
  onTake: (text: string) => void;
}) {
  const guess = /Did you mean ([\w.]+):?\?/.exec(problem.hint)?.[1];
  const token = text.slice(problem.at, problem.at + problem.length);
  const field = /^-?[a-z_]+(?=:)/iu.exec(token)?.[0];
  const replacement = guess ? repaired(token, guess, problem.message.includes('field')) : null;
  return (
    <div id="search-problem" className={s.problem} role="alert">
      <IconAlertCircle size={14} stroke={1.6} aria-hidden />
      <span>
        {problem.message}{' '}
        {replacement !== null && (field || token) ? (
          <>
            Did you mean{' '}
            <button
              type="button"
              onClick={() => onTake(text.slice(0, problem.at) + replacement + text.slice(problem.at + problem.length))}
            >
              {guess}
            </button>
            ?{' '}
          </>
        ) : (
          `${problem.hint} `
        )}
        The last result stays on screen.
      </span>
    </div>
  );
}

// Either the field's name is misspelt, or its value is.
function repaired(token: string, guess: string, inField: boolean): string {
  const colon = token.indexOf(':');
  if (colon < 0) return guess;
  const sign = token.startsWith('-') ? '-' : '';
  return inField ? `${sign}${guess}${token.slice(colon)}` : `${token.slice(0, colon + 1)}${guess}`;
}
