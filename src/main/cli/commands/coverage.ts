import { ok, type Result } from '../../../shared/errors.ts';
import { type Answer, columns, grouped } from '../answer.ts';
import type { CommonOptions } from '../common-options.ts';
import type { FilterOptions } from '../filter-options.ts';
import type { Terminal } from '../terminal.ts';
import { ask } from './questions.ts';

const BEGINNING = '1970-01-01';
const END = '9999-12-31';

/** `logbook coverage`: what the archive knows of each UTC day. */
export function coverage(options: CommonOptions & FilterOptions, terminal: Terminal): Promise<Result<Answer>> {
  return ask(undefined, options, terminal, (reader) => {
    const days = reader.coverage(options.from ?? BEGINNING, options.to ?? END);
    return ok({
      json: {
        days: days.map((d) => ({
          day: d.day,
          state: d.state,
          served: d.served,
          stored: d.stored,
          checked_at: d.checkedAt,
          note: d.note,
        })),
      },
      text: columns(
        days.map((d) => [
          d.day,
          d.state,
          grouped(d.stored).padStart(9),
          d.served === null ? '' : `of ${grouped(d.served)}`,
          d.note ?? '',
        ]),
      ),
    });
  });
}
