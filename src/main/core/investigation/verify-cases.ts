import type { IntegrityProblem } from '../../../shared/integrity.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { CaseBook } from './case-book.ts';
import { citedIn } from './citations.ts';
import { citationState, pinStates } from './read-cases.ts';

/**
 * What is wrong with cases: pinned entries whose bytes are not those they were bound to any more, and what stories cite and
 * does not hold. An entry that was lawfully deleted is no alteration.
 */
export function caseProblems(reader: ArchiveReader): IntegrityProblem[] {
  const book = new CaseBook().refresh(reader);
  return book.all().flatMap((state) => {
    const named = `${state.id} “${state.title}”`;
    const states = pinStates(reader, state);
    const problems: IntegrityProblem[] = [];
    const wrong = new Set<string>();
    for (const event of state.events.values()) {
      const found = states.get(event.id);
      if (event.kind !== 'entry' || found === 'holds') continue;
      const { key, id } = event.entry;
      if (found === 'missing' && reader.isBuried(key, id)) continue;
      wrong.add(event.id);
      const how = found === 'altered' ? 'is not as it was pinned' : 'is neither there nor lawfully deleted';
      problems.push(
        problem(found === 'altered' ? 'altered' : 'missing', `An entry of ${named} (${event.id}) ${how}.`, id),
      );
    }
    for (const cited of citedIn(state.story.text)) {
      if (
        !wrong.has(cited) &&
        (citationState(state, states, cited) === 'holds' || isBuried(reader, state.events.get(cited)))
      )
        continue;
      problems.push(problem('missing', `The story of ${named} cites ${cited}, which no longer holds.`, null));
    }
    return problems;
  });
}

type Kept = ReturnType<CaseBook['all']>[number]['events'] extends ReadonlyMap<string, infer E> ? E : never;

function isBuried(reader: ArchiveReader, event: Kept | undefined): boolean {
  return event?.kind === 'entry' && reader.isBuried(event.entry.key, event.entry.id);
}

function problem(what: IntegrityProblem['what'], message: string, entry: string | null): IntegrityProblem {
  return { what, part: 'case', day: null, entry, message };
}
