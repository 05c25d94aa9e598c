import { resolve } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../../shared/export-format.ts';
import { heldIfBroken } from '../../core/archive/integrity/last-verification.ts';
import { exportWithSidecar } from '../../core/export/sidecar.ts';
import { type Answer, grouped } from '../answer.ts';
import type { CommonOptions } from '../common-options.ts';
import type { FilterOptions } from '../filter-options.ts';
import { progressBar } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { ask } from './questions.ts';

export type ExportOptions = CommonOptions &
  FilterOptions & {
    readonly format: string;
    readonly out: string;
    readonly partition?: string;
    readonly sidecar?: boolean;
  };

/** `logbook export`: exactly the filtered set, whole or not at all. */
export async function runExport(query: string, options: ExportOptions, terminal: Terminal): Promise<Result<Answer>> {
  const { format, partition } = options;
  if (!isFormat(format))
    return fail('bad_input', `--format “${format}” is not known.`, `Formats: ${EXPORT_FORMATS.join(', ')}.`);
  if (partition !== undefined && partition !== 'month')
    return fail('bad_input', `--partition “${partition}” is not known.`, 'Write --partition month.');
  return ask(query, options, terminal, async (reader, plan) => {
    const held = heldIfBroken(reader);
    if (held !== null) return held;
    const progress = progressBar(terminal);
    const exported = await exportWithSidecar(reader, plan, {
      format,
      ...(partition === undefined ? {} : { partition }),
      out: resolve(terminal.cwd, options.out),
      resourcesDir: terminal.resourcesDir,
      sidecar: options.sidecar ?? false,
      onProgress: progress.onProgress,
      signal: terminal.signal,
    });
    progress.stop();
    if (!exported.ok) return exported;
    const { entries, out, sha256, files } = exported.value;
    return ok({
      json: exported.value,
      text: `${grouped(entries)} ${entries === 1 ? 'entry' : 'entries'} in ${out}${files ? `, ${files.length} files` : ''}\nSHA-256 ${sha256}`,
    });
  });
}

function isFormat(name: string): name is ExportFormat {
  return (EXPORT_FORMATS as readonly string[]).includes(name);
}
