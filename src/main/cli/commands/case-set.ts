import { CASE_STATUSES } from '../../../shared/case.ts';
import { CASE_METHODS } from '../../../shared/case-contract.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { SEVERITIES } from '../../../shared/finding.ts';
import { placesOfArchive } from '../../core/geo/shipped-places.ts';
import type { CaseAct } from '../../core/investigation/case-acts.ts';
import { remediesOfCase } from '../../core/investigation/case-scope.ts';
import { caseDetail } from '../../core/investigation/read-cases.ts';
import type { Answer } from '../answer.ts';
import { type By, instantOf, told, toldOf, unknown, type Writing, writing } from '../case-session.ts';
import { archiveDir } from '../common-options.ts';
import type { Terminal } from '../terminal.ts';

export type SetOptions = By & {
  readonly title?: string;
  readonly severity?: string;
  readonly lead?: string;
  readonly summary?: string;
  readonly aware?: string;
  readonly contained?: string;
  readonly status?: string;
  readonly reason?: string;
  readonly met?: string;
  readonly clock?: string;
  readonly hours?: string;
};

/** `logbook case set CASE`: says more of it, then moves it on. */
export function setCase(id: string, options: SetOptions, terminal: Terminal): Promise<Result<Answer>> {
  const { title, lead, summary, reason = '', met, by } = options;
  const [aware, contained] = [instantOf('aware', options.aware), instantOf('contained', options.contained)];
  if (!aware.ok || !contained.ok) return Promise.resolve((aware.ok ? contained : aware) as Result<Answer>);
  const fields = {
    ...{ title, lead, summary, severity: options.severity, aware: aware.value, contained: contained.value },
  };
  const said = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return writing(options, terminal, ({ writer, book, now, act }) => {
    const acts: CaseAct[] = [];
    if (Object.keys(said).length > 0) {
      const what = CASE_METHODS['cases.update'].input.safeParse({ id, by, fields: said });
      if (!what.success)
        return fail('bad_input', 'That cannot be said of a case.', `Severities: ${SEVERITIES.join(', ')}.`);
      acts.push({ do: 'update', ...what.data });
    }
    if (options.clock !== undefined || options.hours !== undefined) {
      const { clock: name, hours } = options;
      const what = CASE_METHODS['cases.addClock'].input.safeParse({ id, by, name, hours: Number(hours) });
      if (!what.success)
        return fail(
          'bad_input',
          'A clock of your own has a name and whole hours.',
          'Write --clock "Notice to the customer" --hours 24; a year of hours at most.',
        );
      acts.push({ do: 'addClock', ...what.data });
    }
    if (met !== undefined) {
      if (reason.trim() === '')
        return fail('bad_input', 'A clock is met by something.', 'Add --reason with the reference.');
      acts.push({ do: 'meetClock', id, by, clock: met, note: reason });
    }
    const status = CASE_STATUSES.find((one) => one === options.status);
    if (options.status !== undefined && status === undefined) return unknown('status', options.status, CASE_STATUSES);
    if (acts.length === 0 && status === undefined)
      return fail('bad_input', 'Nothing was said.', 'logbook case set --help.');
    const done = inOrder(acts, act);
    if (!done.ok || status === undefined) return done.ok ? told(id, done.value) : done;
    if (status === 'closed') {
      const dir = archiveDir(options, terminal);
      const state = book.refresh(writer).of(id);
      const remedies = dir.ok && state ? remediesOfCase(writer, placesOfArchive(dir.value), state) : null;
      const detail = caseDetail(writer, book, id, now, remedies);
      if (!detail.ok) return detail;
      if (detail.value.missing.length > 0)
        return fail(
          'bad_input',
          `${id} cannot be closed yet. ${detail.value.missing.join(' ')}`,
          'Do what is missing, then close it.',
        );
    }
    return toldOf(id, act({ do: 'setStatus', id, by, status, reason }));
  });
}

function inOrder(acts: readonly CaseAct[], act: Writing['act']): Result<number | null> {
  let line: number | null = null;
  for (const what of acts) {
    const done = act(what);
    if (!done.ok) return done;
    line = done.value.line;
  }
  return ok(line);
}
