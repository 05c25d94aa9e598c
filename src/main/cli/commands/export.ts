import { resolve } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { EXPORT_FORMATS, type ExportFormat, exportEntries } from '../../core/export/export.ts';
import { type Answer, grouped } from '../answer.ts';
import type { CommonOptions } from '../common-options.ts';
import type { FilterOptions } from '../filter-options.ts';
import { progressBar } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { ask } from './questions.ts';

/** `logbook export`: exactly the filtered set, whole or not at all. */
export function runExport(
  query: string | undefined,
  options: CommonOptions & FilterOptions & { format: string; out: string },
  terminal: Terminal,
): Promise<Result<Answer>> {
  if (!(EXPORT_FORMATS as readonly string[]).includes(options.format)) {
    return Promise.resolve(
      fail('bad_input', `--format “${options.format}” is not known.`, `Formats: ${EXPORT_FORMATS.join(', ')}.`),
    );
  }
  return ask(query, options, terminal, (reader, plan) => {
    const progress = progressBar(terminal);
    const exported = exportEntries(reader, plan, {
      format: options.format as ExportFormat,
      out: resolve(terminal.cwd, options.out),
      onProgress: progress.onProgress,
      signal: terminal.signal,
    });
    progress.stop();
    if (!exported.ok) return exported;
    return ok({
      json: exported.value,
      text: `${grouped(exported.value.entries)} entries in ${exported.value.out}\nSHA-256 ${exported.value.sha256}`,
    });
  });
}
