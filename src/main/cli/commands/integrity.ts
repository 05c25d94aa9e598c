import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Head, Verification } from '../../../shared/integrity.ts';
import {
  copyHeads,
  HEAD_COPIES_SETTING,
  headCopiesText,
  readHeadCopies,
} from '../../core/archive/integrity/head-copies.ts';
import { parseHead } from '../../core/archive/integrity/heads-log.ts';
import { readStampSetting, STAMP_SETTING } from '../../core/archive/integrity/stamp-setting.ts';
import { openWriter } from '../../core/archive/open.ts';
import { systemRandom } from '../../system-ports.ts';
import { type Answer, grouped, type Outcome, outcome, printable } from '../answer.ts';
import { type CommonOptions, clockOf } from '../common-options.ts';
import { openForReading, openForWriting, unlock } from '../open-archive.ts';
import { progressBar } from '../progress.ts';
import { stampAfter } from '../stamp-after.ts';
import type { Terminal } from '../terminal.ts';
import { notAsSealed, verifyNow } from '../verify-now.ts';
import { stampJson, stampText, trustFrom } from './head-stamp.ts';

export type VerifyOptions = CommonOptions & { readonly against?: readonly string[]; readonly stampCa?: string };

const NOTHING_SEALED = 'Nothing is sealed yet: a day is sealed once it is complete and over.';

/** `logbook seal`: seals the finished days that are not sealed yet, and amends those that have changed lawfully. */
export async function seal(options: CommonOptions, terminal: Terminal): Promise<Outcome> {
  const clock = clockOf(options);
  if (!clock.ok) return outcome(clock);
  const opened = await openForWriting(options, terminal, clock.value);
  if (!opened.ok) return outcome(opened);
  try {
    const sealed = opened.value.seal(clock.value.now());
    if (!sealed.ok) return outcome(sealed);
    await stampAfter(opened.value, clock.value, terminal);
    const { made, refused, head } = sealed.value;
    const answer: Answer = {
      json: { sealed_days: head?.sealedDays ?? 0, head: head?.hash ?? null, new_seals: made, refused },
      text:
        head === null
          ? NOTHING_SEALED
          : `${made === 0 ? 'Nothing to seal' : `${grouped(made)} new ${made === 1 ? 'seal' : 'seals'}`}; ${grouped(head.sealedDays)} days are sealed, up to ${head.day ?? 'none'}.\n${head.hash}`,
    };
    if (refused.length === 0) return outcome(ok(answer));
    const days =
      refused.length > 3 ? `${refused.slice(0, 3).join(', ')} and ${refused.length - 3} more` : refused.join(', ');
    const failed = fail(
      'integrity',
      `Not sealed anew, because what is there is not what was sealed: ${days}.`,
      'Run logbook verify; it names what is wrong.',
    );
    return { result: failed, achieved: answer };
  } finally {
    opened.value.close();
  }
}

/** `logbook head`: the newest seal, to be written down elsewhere. */
export async function head(options: CommonOptions, terminal: Terminal): Promise<Result<Answer>> {
  const opened = await openForReading(options, terminal);
  if (!opened.ok) return opened;
  try {
    const found = opened.value.reader.head();
    const copies = readHeadCopies(opened.value.reader.setting(HEAD_COPIES_SETTING));
    if (copies !== null && copies.failed !== null)
      terminal.err(`${copies.failed} It is tried again at the next seal.\n`);
    const stamping = readStampSetting(opened.value.reader.setting(STAMP_SETTING));
    if (stamping !== null && stamping.failed !== null)
      terminal.err(`${stamping.failed} It is asked again at the next seal.\n`);
    const stamped = opened.value.reader.stampedHead();
    return ok({
      json: {
        head: found?.hash ?? null,
        sequence: found?.sequence ?? 0,
        day: found?.day ?? null,
        sealed_days: found?.sealedDays ?? 0,
        made: found === null ? null : new Date(found.at).toISOString(),
        key_fingerprint: found?.fingerprint ?? null,
        public_key: found?.publicKey ?? null,
        to: copies?.path ?? null,
        stamp_by: stamping?.url ?? null,
        stamp: stamped === null ? null : stampJson(stamped),
      },
      text:
        found === null
          ? NOTHING_SEALED
          : [headText(found), ...(stamped === null ? [] : [stampText(stamped)])].join('\n'),
    });
  } finally {
    opened.value.release();
  }
}

/** `logbook head --to PATH`: writes the heads there now and at every seal from then on; `off` ends it. */
export async function headTo(to: string, options: CommonOptions, terminal: Terminal): Promise<Result<Answer>> {
  const clock = clockOf(options);
  if (!clock.ok) return clock;
  const unlocked = await unlock(options, terminal);
  if (!unlocked.ok) return unlocked;
  const { dir, key } = unlocked.value;
  const writer = openWriter(dir, key, { clock: clock.value, random: systemRandom });
  if (!writer.ok) return writer;
  try {
    const path = to === 'off' ? null : resolve(terminal.cwd, to);
    const written = path === null ? ok(null) : copyHeads(dir, writer.value.info().archiveId, path);
    if (!written.ok) return written;
    const { name, value } = headCopiesText(
      // The file itself: where its folder is away, nothing else is made in its place.
      written.value === null ? null : { path: written.value, at: clock.value.now(), failed: null },
    );
    const set = writer.value.setSetting(name, value);
    if (!set.ok) return set;
    const found = writer.value.head();
    return ok({
      json: { head: found?.hash ?? null, to: written.value },
      text:
        written.value === null
          ? 'Heads are written nowhere else.'
          : `Heads are written to ${written.value}, now and at every seal.`,
    });
  } finally {
    writer.value.close();
  }
}

/** `logbook verify`: recomputes everything and names what is wrong. */
export async function verify(options: VerifyOptions, terminal: Terminal): Promise<Outcome> {
  const against = headsFrom(options.against ?? [], terminal);
  if (!against.ok) return outcome(against);
  const trusted = options.stampCa === undefined ? null : trustFrom(options.stampCa, terminal);
  if (trusted !== null && !trusted.ok) return outcome(trusted);
  const clock = clockOf(options);
  if (!clock.ok) return outcome(clock);
  const unlocked = await unlock(options, terminal);
  if (!unlocked.ok) return outcome(unlocked);
  const progress = progressBar(terminal);
  try {
    const verified = await verifyNow(unlocked.value, clock.value, {
      against: against.value,
      ...(trusted !== null && { trusted: trusted.value }),
      cancel: terminal.signal,
      onProgress: progress.onProgress,
      threads: terminal.threads,
    });
    progress.stop();
    if (!verified.ok) return outcome(verified);
    const { verification } = verified.value;
    const answer = answerOf(verification);
    if (verification.ok) return outcome(ok(answer));
    const { found } = verification;
    return { result: notAsSealed(found), achieved: answer };
  } finally {
    progress.stop();
  }
}

/** Heads as they are given: each may be a hash, a line of a heads.log, or a file of either. */
export function headsFrom(given: readonly string[], terminal: Terminal): Result<readonly string[]> {
  const lines: string[] = [];
  for (const one of given) {
    if (parseHead(one) !== null) {
      lines.push(one);
      continue;
    }
    const read = readLines(resolve(terminal.cwd, one));
    const heads = (read ?? []).filter((line) => line.trim() !== '');
    if (heads.length === 0 || heads.some((line) => parseHead(line) === null)) {
      return fail(
        'bad_input',
        `--against “${printable(one)}” is neither a head nor a file of heads.`,
        'Give a hash of 64 characters as logbook head prints it, a line of a heads.log, or such a file.',
      );
    }
    lines.push(...heads);
  }
  return ok(lines);
}

function readLines(file: string): readonly string[] | null {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return null;
  }
}

function answerOf(v: Verification): Answer {
  const sealed =
    v.head === null
      ? NOTHING_SEALED
      : `${grouped(v.days)} sealed days up to ${v.head.day ?? 'none'}, ${grouped(v.seals)} seals, head ${v.head.hash}`;
  const found = v.problems.map((one) => `  ${one.what}: ${printable(one.message)}`);
  if (v.found > found.length) found.push(`  … and ${grouped(v.found - found.length)} more`);
  const verdict = v.ok ? soundText(v) : [`${grouped(v.entries)} entries. Not as it should be:`, ...found].join('\n');
  const open = v.unsealed > 0 ? `\n${grouped(v.unsealed)} entries are not sealed yet.` : '';
  return {
    json: {
      ok: v.ok,
      entries: v.entries,
      days: v.days,
      head: v.head?.hash ?? null,
      problems: v.problems,
      found: v.found,
      seals: v.seals,
      unsealed: v.unsealed,
      stamps: v.stamps,
      key_fingerprint: v.head?.fingerprint ?? null,
    },
    text: `${verdict}\n${sealed}${stampsText(v.stamps)}${open}`,
  };
}

// That a stamp is sound says little where nobody has said whose it is.
function stampsText({ count, trusted }: Verification['stamps']): string {
  if (count === 0) return '';
  const these = `${grouped(count)} time ${count === 1 ? 'stamp' : 'stamps'}`;
  if (trusted === count) return `\n${these}, by an authority that is trusted.`;
  const known = trusted === 0 ? 'none' : grouped(trusted);
  return `\n${these}, ${known} by an authority that is trusted; the rest agree with themselves and no more (--stamp-ca FILE).`;
}

function soundText({ head, entries }: Verification): string {
  return head === null
    ? `${grouped(entries)} entries; they agree with what is told of them, and nothing proves that they are as they arrived.`
    : `${grouped(entries)} entries; everything is as it was sealed.`;
}

function headText({ sequence, day, sealedDays, hash, fingerprint, publicKey }: Head): string {
  return [
    hash,
    `seal ${sequence}, ${grouped(sealedDays)} days sealed up to ${day ?? 'none'}`,
    `signed with the key ${fingerprint}`,
    `public key (Ed25519) ${publicKey}`,
  ].join('\n');
}
