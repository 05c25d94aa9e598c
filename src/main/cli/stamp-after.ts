import type { ArchiveWriter } from '../core/archive/writer.ts';
import type { Clock } from '../core/ports.ts';
import { stampHead } from '../core/stamp/stamp-head.ts';
import { systemFetch } from '../system-fetch.ts';
import { systemRandom } from '../system-ports.ts';
import type { Terminal } from './terminal.ts';

/**
 * Has the newest head stamped where an authority is set, once what a command is about is done and kept. That none can be had
 * is said, and no failure of the command: the next that seals asks again.
 */
export async function stampAfter(writer: ArchiveWriter, clock: Clock, terminal: Terminal): Promise<void> {
  const stamped = await stampHead(writer, {
    clock,
    fetch: systemFetch({ env: terminal.env }),
    random: systemRandom,
    signal: terminal.signal,
  });
  if (!stamped.ok) terminal.err(`The head is not time-stamped: ${stamped.error.message} ${stamped.error.hint}\n`);
}
