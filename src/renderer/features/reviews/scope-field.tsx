import { TextInput } from '@mantine/core';
import type { Filter } from '../../../shared/filter/filter.ts';
import { parseQuery } from '../../../shared/filter/parse.ts';
import type { ReviewKind } from '../../../shared/review.ts';

export type Scope = { readonly filter: Filter | null; readonly problem: string | null };

/** The terms that a text means. The days are the period's, so a text with its own is refused. */
export function scopeOf(text: string): Scope {
  const parsed = parseQuery(text);
  if (!parsed.ok) return { filter: null, problem: `${parsed.error.message} ${parsed.error.hint}` };
  const { terms, from, to, last } = parsed.value;
  if (from !== undefined || to !== undefined || last !== undefined)
    return { filter: null, problem: 'The period says which days; leave them out here.' };
  return { filter: { terms }, problem: null };
}

export function ScopeField(props: { kind: ReviewKind; value: string; onChange: (text: string) => void }) {
  return (
    <TextInput
      size="xs"
      label={props.kind === 'events' ? 'Which entries' : 'Whose access, in which teams'}
      placeholder={
        props.kind === 'events' ? 'every entry, or action:team.* category:security …' : 'everybody, or team:platform …'
      }
      styles={{ input: { fontFamily: 'var(--font-mono)' } }}
      spellCheck={false}
      autoComplete="off"
      value={props.value}
      error={scopeOf(props.value).problem}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
