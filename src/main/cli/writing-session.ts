import type { Result } from '../../shared/errors.ts';
import type { ArchiveWriter } from '../core/archive/writer.ts';
import { type CommonOptions, clockOf, zoneOf } from './common-options.ts';
import { openForWriting } from './open-archive.ts';
import type { Terminal } from './terminal.ts';

/** An archive open for a command that writes. `now` is milliseconds UTC. */
export type WritingSession = { readonly writer: ArchiveWriter; readonly now: number; readonly zone: string };

/** Writes to an archive for the length of a command. */
export async function withWriter<T>(
  options: CommonOptions,
  terminal: Terminal,
  work: (session: WritingSession) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  const clock = clockOf(options);
  if (!clock.ok) return clock;
  const opened = await openForWriting(options, terminal, clock.value);
  if (!opened.ok) return opened;
  const writer = opened.value;
  try {
    const zone = zoneOf(options, writer.info().zone);
    return zone.ok ? await work({ writer, now: clock.value.now(), zone: zone.value }) : zone;
  } finally {
    writer.close();
  }
}
