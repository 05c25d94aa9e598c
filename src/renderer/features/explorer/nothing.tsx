import { Button } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { Filter } from '../../../shared/filter/filter.ts';
import { withRange } from '../../lib/filter-edit.ts';
import { focusSearch } from '../../lib/keys.ts';
import { counted, grouped } from '../../lib/number.ts';
import { EmptyState } from '../../ui/notes.tsx';
import type { Coverage } from './coverage-of.ts';

type Props = {
  readonly filter: Filter;
  readonly coverage: Coverage;
  readonly entries: number;
  readonly bounded: boolean;
  readonly onChange: (filter: Filter) => void;
};

/** No match: how much that says, and up to two ways out. */
export function Nothing({ filter, coverage, entries, bounded, onChange }: Props) {
  const last = filter.terms.at(-1);
  const meaning =
    coverage.lost > 0
      ? `${counted(coverage.lost, 'day', 'days')} of this range ${coverage.lost === 1 ? 'was' : 'were'} lost before Logbook could fetch them, so that nothing found proves nothing.`
      : coverage.incomplete > 0
        ? `${counted(coverage.incomplete, 'day', 'days')} of this range ${coverage.incomplete === 1 ? 'is' : 'are'} not complete, so that it may still turn up.`
        : coverage.known
          ? 'Every past day of this range is complete. So this did not happen, or Jetty does not log it.'
          : 'What this range should hold was never compared with Jetty, so that nothing found proves little.';
  return (
    <EmptyState
      icon={<IconSearch size={16} stroke={1.6} aria-hidden />}
      title="No entry matches"
      actions={
        <>
          {last && (
            <Button
              size="xs"
              variant="default"
              onClick={() => onChange({ ...filter, terms: filter.terms.slice(0, -1) })}
            >
              Drop the last condition
            </Button>
          )}
          {bounded && (
            <Button size="xs" variant="default" onClick={() => onChange(withRange(filter, {}))}>
              Widen to all time
            </Button>
          )}
          {!last && !bounded && (
            <Button size="xs" variant="default" onClick={focusSearch}>
              Write another search
            </Button>
          )}
        </>
      }
    >
      The archive holds {grouped(entries)} entries. {meaning}
    </EmptyState>
  );
}
