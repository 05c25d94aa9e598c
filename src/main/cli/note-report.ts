import type { Clock } from '../core/ports.ts';
import { type IssuedFacts, noteIssued } from '../core/report/issued.ts';
import { systemUser } from '../system-user.ts';
import type { CommonOptions } from './common-options.ts';
import { openForWriting } from './open-archive.ts';
import type { Terminal } from './terminal.ts';

/** Keeps a line of a report in the archive's journal. A report that cannot be noted is a report all the same. */
export async function noteReport(
  facts: IssuedFacts,
  options: CommonOptions & { readonly by?: string },
  clock: Clock,
  terminal: Terminal,
): Promise<void> {
  const writer = await openForWriting(options, terminal, clock);
  const word = { by: options.by ?? systemUser(), at: clock.now() };
  const noted = writer.ok ? noteIssued(writer.value, facts, word) : writer;
  if (writer.ok) writer.value.close();
  if (!noted.ok) terminal.err(`The report was written, but not noted in the archive: ${noted.error.message}\n`);
}
