import { Combobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { exactly } from '../../../shared/filter/exactly.ts';
import { escapeStars } from '../../../shared/filter/glob.ts';
import { printTerm } from '../../../shared/filter/print.ts';
import { fold } from '../../../shared/text.ts';
import { useArchive } from '../../lib/app-state.ts';
import type { Asking } from '../../lib/ask.ts';
import { useMarks } from '../../lib/marks.ts';
import { grouped } from '../../lib/number.ts';
import { distinctOptions } from '../../lib/queries.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { AskOption } from './ask-option.tsx';
import { ownSuggestions, type Suggestion, VALUED, type WordAt } from './completion.ts';
import s from './suggestions.module.css';

const MOST = 8;

/** What the word at the caret may become: fields, spans of time, and values that the archive has, with how often. */
export function useSuggestions(word: WordAt | null): readonly Suggestion[] {
  const archive = useArchive();
  const field = word?.field ?? null;
  const valued = field === null ? undefined : VALUED[field];
  const typed = word?.typed ?? '';
  const { data } = useQuery({
    ...distinctOptions(archive, valued ?? 'actor', typed, MOST),
    enabled: valued !== undefined,
  });
  const { tags } = useMarks();
  if (word === null) return [];
  if (field === 'tag') return tagSuggestions(word, tags);
  if (valued === undefined) return ownSuggestions(word);
  return (data ?? []).flatMap(({ value, label, count }) => {
    if (value === null || value === typed) return [];
    const term = { field: field as 'actor', value: escapeStars(value), negated: word.negated };
    const shown = label === value ? value : `${label} · ${value}`;
    return [{ insert: printTerm(term), label: shown, hint: grouped(count), more: false }];
  });
}

function tagSuggestions({ typed, negated }: WordAt, tags: readonly string[]): readonly Suggestion[] {
  return tags
    .filter((tag) => tag !== typed && fold(tag).includes(fold(typed)))
    .slice(0, MOST)
    .map((tag) => ({ insert: printTerm(exactly('tag', tag, negated)), label: tag, hint: 'tag', more: false }));
}

export function Suggestions({ asking, list }: { asking: Asking | null; list: readonly Suggestion[] }) {
  return (
    <Combobox.Options aria-label="Suggestions" className={s.options}>
      {asking && <AskOption asking={asking} />}
      {list.map((one) => (
        <Combobox.Option key={one.insert} value={one.insert} className={s.option}>
          <SafeText text={one.label} />
          <span className={s.hint}>{one.hint}</span>
        </Combobox.Option>
      ))}
    </Combobox.Options>
  );
}
