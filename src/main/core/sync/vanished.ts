import type { Result } from '../../../shared/errors.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { ArchiveWriter } from '../archive/writer.ts';

/** An entry that was served once and is no longer. Instants in milliseconds UTC. */
export type Vanished = {
  readonly id: string;
  readonly key: number;
  readonly ts: number;
  /** When it was first noticed. */
  readonly noticedAt: number;
};

const SETTING = 'vanished:';

/** Writes down which entries of a UTC day have vanished upstream, in place of what was written before. */
export function rememberVanished(
  writer: Pick<ArchiveWriter, 'setSetting'>,
  day: string,
  gone: readonly Vanished[],
): Result<void> {
  return writer.setSetting(SETTING + day, JSON.stringify(gone));
}

/** The entries of a UTC day that were found to have vanished upstream, oldest first. */
export function vanishedOn(reader: Pick<ArchiveReader, 'setting'>, day: string): readonly Vanished[] {
  const text = reader.setting(SETTING + day);
  return text === null ? [] : (JSON.parse(text) as Vanished[]);
}

/** All of them, oldest first. */
export function vanishedUpstream(reader: Pick<ArchiveReader, 'setting' | 'coverage'>): readonly Vanished[] {
  return reader.coverage('1970-01-01', '9999-12-31').flatMap(({ day }) => vanishedOn(reader, day));
}
