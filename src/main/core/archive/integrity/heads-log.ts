import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result } from '../../../../shared/errors.ts';
import type { Head } from '../../../../shared/integrity.ts';
import { explainFile } from '../../files/explain-file.ts';

// Every head an archive had, a line each, beside the encrypted file: whoever cuts the chain, or brings back an earlier copy
// of the file, has to alter this as well. It holds no secret, and copies of it elsewhere are what makes it strong.

export const HEADS_LOG = 'heads.log';

/** A head as it is written down outside of the archive; what only a hash was given of has no sequence. */
export type WrittenHead = {
  readonly sequence: number | null;
  readonly hash: string;
  readonly fingerprint: string | null;
};

const LINE = /^(\d{1,12}) (?:\d{4}-\d{2}-\d{2}|-) ([0-9a-f]{64}) ([0-9a-f]{64}) \S+$/;

/** `SEQUENCE DAY HASH FINGERPRINT MADE-AT`; the day is `-` where none is sealed yet. */
export function headLine({ sequence, day, hash, fingerprint, at }: Head): string {
  return `${sequence} ${day ?? '-'} ${hash} ${fingerprint} ${new Date(at).toISOString()}`;
}

/** A line of the log, or a hash alone; null where it is neither. */
export function parseHead(line: string): WrittenHead | null {
  const text = line.trim();
  if (/^[0-9a-f]{64}$/i.test(text)) return { sequence: null, hash: text.toLowerCase(), fingerprint: null };
  const [, sequence, hash, fingerprint] = LINE.exec(text) ?? [];
  return sequence === undefined ? null : { sequence: Number(sequence), hash: hash!, fingerprint: fingerprint! };
}

/** Whole lines of the log, oldest first; a last one that was cut off while it was written is none. */
export function readHeadsLog(dir: string): readonly string[] {
  return wholeLines(readLog(dir))
    .split('\n')
    .filter((line) => line !== '');
}

/** Adds a head, unless it is the last one there. */
export function appendHead(dir: string, head: Head): Result<void> {
  try {
    const there = readLog(dir);
    const whole = wholeLines(there);
    const line = headLine(head);
    if (whole.endsWith(`\n${line}\n`) || whole === `${line}\n`) return ok(undefined);
    const fd = openSync(join(dir, HEADS_LOG), 'a', 0o600);
    try {
      if (whole.length < there.length) ftruncateSync(fd, Buffer.byteLength(whole));
      writeSync(fd, `${line}\n`);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    return ok(undefined);
  } catch (error) {
    return explainFile(error, `write ${HEADS_LOG}`);
  }
}

function readLog(dir: string): string {
  try {
    return readFileSync(join(dir, HEADS_LOG), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}
