import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { parseHead } from '../../core/archive/integrity/heads-log.ts';
import { heldIfBroken } from '../../core/archive/integrity/last-verification.ts';
import { type ForWhom, identitiesIn, type Opener } from '../../core/bundle/age-file.ts';
import { type BundleVerdict, checkBundle, type Trust } from '../../core/bundle/check.ts';
import { createBundle } from '../../core/bundle/create.ts';
import { openBundle, openerKind } from '../../core/bundle/open.ts';
import { unpackBundle } from '../../core/bundle/unpack.ts';
import { placesOfArchive } from '../../core/geo/shipped-places.ts';
import { systemRandom } from '../../system-ports.ts';
import { type Answer, grouped, type Outcome, outcome, printable } from '../answer.ts';
import { archiveDir, type CommonOptions } from '../common-options.ts';
import type { FilterOptions } from '../filter-options.ts';
import { progressBar } from '../progress.ts';
import { readBundlePassphrase, warnOfShortPassphrase } from '../secrets.ts';
import type { Terminal } from '../terminal.ts';
import { headsFrom } from './integrity.ts';
import { ask } from './questions.ts';

export type CreateOptions = CommonOptions &
  FilterOptions & {
    readonly out: string;
    readonly recipient?: readonly string[];
    readonly bundlePassphraseFile?: string;
    readonly pseudonymise?: boolean;
    readonly report?: readonly string[];
  };

export type OpenOptions = CommonOptions & {
  readonly bundlePassphraseFile?: string;
  readonly identity?: readonly string[];
  readonly out?: string;
  readonly key?: string;
  readonly against?: readonly string[];
};

/** `logbook bundle create`: chosen entries with all that proves them, as one encrypted file. */
export async function create(query: string, options: CreateOptions, terminal: Terminal): Promise<Result<Answer>> {
  const whom = await whomFrom(options, terminal);
  if (!whom.ok) return whom;
  return ask(query, options, terminal, async (reader, plan, zone, now) => {
    const held = heldIfBroken(reader);
    if (held !== null) return held;
    const progress = progressBar(terminal);
    const dir = archiveDir(options, terminal);
    const made = await createBundle(reader, {
      plan,
      zone,
      now,
      random: systemRandom,
      out: resolve(terminal.cwd, options.out),
      whom: whom.value,
      pseudonymise: options.pseudonymise ?? false,
      reports: (options.report ?? []).map((file) => resolve(terminal.cwd, file)),
      ...(dir.ok ? { places: placesOfArchive(dir.value) } : {}),
      onProgress: progress.onProgress,
      signal: terminal.signal,
    });
    progress.stop();
    if (!made.ok) return made;
    const { out, sha256, bytes, entries, versions, proven, findings, head } = made.value;
    const unproven = entries + versions - proven;
    return ok({
      json: {
        out,
        sha256,
        bytes,
        entries,
        versions,
        proven,
        findings,
        pseudonymised: options.pseudonymise ?? false,
        head: head?.hash ?? null,
        public_key: head?.publicKey ?? null,
      },
      text: [
        `${grouped(entries)} ${entries === 1 ? 'entry' : 'entries'} and ${grouped(findings)} findings in ${out}`,
        ...(unproven === 0 ? [] : [`${grouped(unproven)} are not proven by a seal, only by the signature.`]),
        `SHA-256 ${sha256}`,
        ...(head === null ? [] : [`Head    ${head.hash}`, `Key     ${head.publicKey}`]),
      ].join('\n'),
    });
  });
}

/** `logbook bundle verify`: checks a bundle from its bytes up; needs no archive. */
export async function verifyBundle(file: string, options: OpenOptions, terminal: Terminal): Promise<Outcome> {
  const trust = trustFrom(options, terminal);
  if (!trust.ok) return outcome(trust);
  const path = resolve(terminal.cwd, file);
  const opener = await openerFrom(path, options, terminal);
  if (!opener.ok) return outcome(opener);
  const parts = await openBundle(path, opener.value);
  if (!parts.ok) return outcome(parts);
  const verdict = await checkBundle(parts.value, trust.value);
  return verdict.ok ? judged(verdict.value, {}) : outcome(verdict);
}

/** `logbook bundle open`: decrypts a bundle into a folder of its parts, checked on the way. */
export async function openIntoFolder(file: string, options: OpenOptions, terminal: Terminal): Promise<Outcome> {
  const trust = trustFrom(options, terminal);
  if (!trust.ok) return outcome(trust);
  if (options.out === undefined) return outcome(fail('bad_input', 'No folder was named.', 'Add --out DIR, a new one.'));
  const path = resolve(terminal.cwd, file);
  const opener = await openerFrom(path, options, terminal);
  if (!opener.ok) return outcome(opener);
  const read = await openBundle(path, opener.value);
  if (!read.ok) return outcome(read);
  const out = resolve(terminal.cwd, options.out);
  const written = await unpackBundle(read.value, out);
  if (!written.ok) return outcome(written);
  const again = await openBundle(path, opener.value);
  if (!again.ok) return outcome(again);
  const verdict = await checkBundle(again.value, trust.value);
  return verdict.ok ? judged(verdict.value, { out, parts: written.value }) : outcome(verdict);
}

function judged(verdict: BundleVerdict, more: { readonly out?: string; readonly parts?: number }): Outcome {
  const { manifest, known, found, problems } = verdict;
  const { lines, versions, proven } = manifest.entries;
  const answer: Answer = {
    json: {
      ok: found === 0,
      ...more,
      archive: manifest.archive,
      made: new Date(manifest.made).toISOString(),
      query: manifest.asked.query,
      pseudonymised: manifest.pseudonymised,
      entries: lines - versions,
      versions,
      proven,
      head: manifest.head?.hash ?? null,
      public_key: manifest.key,
      key_fingerprint: manifest.fingerprint,
      compared: known,
      found,
      problems,
    },
    text: [
      `${printable(manifest.archive.name)}, made ${new Date(manifest.made).toISOString()}${manifest.pseudonymised ? ', pseudonymised' : ''}`,
      ...(more.out === undefined ? [] : [`${more.parts} parts in ${more.out}`]),
      ...problems.map((problem) => `  ${printable(problem)}`),
      ...(found === 0 ? [wellText(lines, proven)] : []),
      `Head ${manifest.head?.hash ?? 'none'}`,
      `Key  ${manifest.key}`,
      ...(known
        ? []
        : ['Whose archive it is was not checked: give --key or --against, from elsewhere than the bundle.']),
    ].join('\n'),
  };
  if (found === 0) return outcome(ok(answer));
  const failed = fail(
    'integrity',
    `The bundle is not as it was made: ${found === 1 ? 'one problem' : `${grouped(found)} problems`}.`,
    'Rely on nothing in it; ask for it again.',
  );
  return { result: failed, achieved: answer };
}

function wellText(lines: number, proven: number): string {
  const rest = lines - proven;
  return `All parts are as they were made; ${grouped(proven)} contents are proven by seals${rest === 0 ? '' : `, ${grouped(rest)} by the archive’s signature alone`}.`;
}

export async function whomFrom(
  options: Pick<CreateOptions, 'recipient' | 'bundlePassphraseFile'>,
  terminal: Terminal,
): Promise<Result<ForWhom>> {
  const { recipient = [] } = options;
  if (recipient.length > 0) {
    return options.bundlePassphraseFile === undefined
      ? ok({ recipients: recipient })
      : fail(
          'bad_input',
          'A bundle is encrypted to keys or to a passphrase.',
          'Keep --recipient or --bundle-passphrase-file.',
        );
  }
  const passphrase = await readBundlePassphrase(options, terminal, true);
  if (!passphrase.ok) return passphrase;
  warnOfShortPassphrase(passphrase.value, terminal);
  return ok({ passphrase: passphrase.value });
}

// What has been decrypted already is not asked for.
async function openerFrom(path: string, options: OpenOptions, terminal: Terminal): Promise<Result<Opener | null>> {
  const kind = openerKind(path);
  if (!kind.ok) return kind;
  if (kind.value === null) return ok(null);
  if (kind.value === 'key' && options.identity === undefined)
    return fail('bad_input', 'The bundle is encrypted to a key.', 'Name the key file with --identity.');
  if (options.identity === undefined) {
    const passphrase = await readBundlePassphrase(options, terminal, false);
    return passphrase.ok ? ok({ passphrase: passphrase.value }) : passphrase;
  }
  const identities: string[] = [];
  for (const file of options.identity) {
    try {
      identities.push(...identitiesIn(readFileSync(resolve(terminal.cwd, file), 'utf8')));
    } catch {
      return fail('bad_input', `The key file ${file} cannot be read.`, 'Check its name and permissions.');
    }
  }
  return ok({ identities });
}

function trustFrom(options: OpenOptions, terminal: Terminal): Result<Trust> {
  const { key = null, against = [] } = options;
  if (key !== null && !/^[0-9a-f]{64}$/i.test(key))
    return fail(
      'bad_input',
      '--key is no public key.',
      'Give the 64 characters of public_key or key_fingerprint that logbook head prints.',
    );
  const heads = headsFrom(against, terminal);
  return heads.ok ? ok({ key, heads: heads.value.flatMap((line) => parseHead(line)?.hash ?? []) }) : heads;
}
