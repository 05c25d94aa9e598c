import { ok, type Result } from '../../../shared/errors.ts';
import { readStampSetting, STAMP_SETTING, stampSettingText } from '../archive/integrity/stamp-setting.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { ArchiveWriter } from '../archive/writer.ts';
import type { Clock } from '../ports.ts';
import { askForStamp, type Stamped, type StampPorts, type StampWish } from './authority.ts';

/** A head that is to be stamped, and by whom. */
export type StampDue = StampWish & { readonly sequence: number };

/** How it went: the authority's answer, or why there is none. */
export type StampOutcome = {
  readonly sequence: number;
  readonly response: Uint8Array | null;
  readonly failed: string | null;
};

/** The newest head, where an authority is set and it is not stamped yet; else null. */
export function stampDue(reader: Pick<ArchiveReader, 'head' | 'setting' | 'isStamped'>): StampDue | null {
  const setting = readStampSetting(reader.setting(STAMP_SETTING));
  const head = setting === null ? null : reader.head();
  if (setting === null || head === null || reader.isStamped(head.sequence)) return null;
  return { url: setting.url, trust: setting.trust, head: head.hash, sequence: head.sequence };
}

export function outcomeOf({ sequence }: StampDue, asked: Result<Stamped>): StampOutcome {
  return asked.ok
    ? { sequence, response: asked.value.response, failed: null }
    : { sequence, response: null, failed: asked.error.message };
}

/** Keeps a stamp beside its seal, or why there is none. `at` in milliseconds UTC. */
export function noteStamp(
  writer: Pick<ArchiveWriter, 'keepStamp' | 'setting' | 'setSetting'>,
  { sequence, response, failed }: StampOutcome,
  at: number,
): Result<void> {
  const kept = response === null ? ok(undefined) : writer.keepStamp({ seal: sequence, response });
  const setting = readStampSetting(writer.setting(STAMP_SETTING));
  if (!kept.ok || setting === null) return kept;
  const { name, value } = stampSettingText({ ...setting, at: response === null ? setting.at : at, failed });
  return writer.setSetting(name, value);
}

/**
 * Has the newest head stamped where that is wanted and it is not yet. Null where there is nothing to do. Whatever goes wrong is
 * an answer and kept for people to see; the next call tries again.
 */
export async function stampHead(
  writer: ArchiveWriter,
  { clock, ...ports }: StampPorts & { readonly clock: Clock },
): Promise<Result<Stamped | null>> {
  const due = stampDue(writer);
  if (due === null) return ok(null);
  const asked = await askForStamp(due, ports);
  const noted = noteStamp(writer, outcomeOf(due, asked), clock.now());
  return asked.ok && !noted.ok ? noted : asked;
}
