import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { StampedHead } from '../../../shared/integrity.ts';
import { stampSettingText } from '../../core/archive/integrity/stamp-setting.ts';
import { explainFile } from '../../core/files/explain-file.ts';
import { askForStamp } from '../../core/stamp/authority.ts';
import { authorityAddress } from '../../core/stamp/authority-address.ts';
import { type KnownCertificate, trustedCertificates } from '../../core/stamp/certificate.ts';
import { systemFetch } from '../../system-fetch.ts';
import { systemRandom } from '../../system-ports.ts';
import { type Answer, printable } from '../answer.ts';
import { type CommonOptions, clockOf } from '../common-options.ts';
import { openForWriting } from '../open-archive.ts';
import type { Terminal } from '../terminal.ts';

/**
 * `logbook head --stamp URL`: has the newest head stamped by this authority, now and at every seal; `off` ends it. Nothing is
 * set where it does not answer as an authority does.
 */
export async function headStamp(
  options: CommonOptions & { readonly stamp: string; readonly stampCa?: string },
  terminal: Terminal,
): Promise<Result<Answer>> {
  const clock = clockOf(options);
  if (!clock.ok) return clock;
  const address = options.stamp === 'off' ? ok(null) : authorityAddress(options.stamp);
  if (!address.ok) return address;
  const trust = options.stampCa === undefined ? ok(null) : readTrust(options.stampCa, terminal);
  if (!trust.ok) return trust;
  const opened = await openForWriting(options, terminal, clock.value);
  if (!opened.ok) return opened;
  const writer = opened.value;
  try {
    if (address.value === null) {
      const { name, value } = stampSettingText(null);
      const set = writer.setSetting(name, value);
      return set.ok ? ok({ json: { stamp_by: null }, text: 'Heads are time-stamped by nobody.' }) : set;
    }
    const url = address.value.href;
    const head = writer.head();
    const asked =
      head === null
        ? ok(null)
        : await askForStamp(
            { url, trust: trust.value, head: head.hash },
            {
              fetch: systemFetch({ env: terminal.env }),
              random: systemRandom,
              signal: terminal.signal,
            },
          );
    if (!asked.ok) return asked;
    const stamped = asked.value;
    const at = stamped === null ? null : clock.value.now();
    const { name, value } = stampSettingText({ url, trust: trust.value, at, failed: null });
    const set = writer.setSetting(name, value);
    if (!set.ok) return set;
    const kept =
      stamped === null || head === null
        ? ok(undefined)
        : writer.keepStamp({ seal: head.sequence, response: stamped.response });
    if (!kept.ok) return kept;
    const newest = writer.stampedHead();
    return ok({
      json: { head: head?.hash ?? null, stamp_by: url, stamp: newest === null ? null : stampJson(newest) },
      text: [
        `Heads are time-stamped by ${address.value.host}, now and at every seal.`,
        newest === null ? 'Nothing is sealed yet.' : stampText(newest),
      ].join('\n'),
    });
  } finally {
    writer.close();
  }
}

/** Certificates to be trusted, from a file that was named. */
export function trustFrom(file: string, terminal: Terminal): Result<readonly KnownCertificate[]> {
  const read = readTrust(file, terminal);
  return read.ok ? trustedCertificates(read.value) : read;
}

export function stampJson({ sequence, hash, at, authority, trusted }: StampedHead): object {
  return { sequence, head: hash, at: new Date(at).toISOString(), authority, trusted };
}

export function stampText({ sequence, at, authority, trusted }: StampedHead): string {
  const trust = trusted
    ? 'its certificate leads to one that this archive was told to trust'
    : 'the stamp agrees with itself; whose it is, nobody has said (--stamp-ca)';
  return `seal ${sequence} time-stamped ${new Date(at).toISOString()} by ${printable(authority)}: ${trust}`;
}

function readTrust(file: string, terminal: Terminal): Result<string> {
  let pem: string;
  try {
    pem = readFileSync(resolve(terminal.cwd, file), 'utf8');
  } catch (error) {
    return explainFile(error, `read the certificates in ${basename(file)}`);
  }
  const read = trustedCertificates(pem);
  if (!read.ok) return read;
  if (pem.length > MOST_PEM) return fail('bad_input', 'The file of certificates is too large.', 'Give the root alone.');
  return ok(pem);
}

const MOST_PEM = 200_000;
