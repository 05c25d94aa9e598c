import { closeSync, constants, copyFileSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Failure, FailureError, fail, ok, type Result, unwrap } from '../../../shared/errors.ts';
import { explainFile } from '../files/explain-file.ts';
import type { KeyWrapper } from '../ports.ts';
import {
  keyIdOf,
  RFC9106_COST,
  sealUnder,
  unsealUnder,
  type WrapContext,
  type WrapKind,
  wrapByKeychain,
} from './key-wrap.ts';
import { freshWraps, type Keyring, type KeyringSecret, unlockWraps } from './keyring.ts';
import { beingChanged, DATABASE, KEYRING, readKeyring, writeKeyring } from './keyring-file.ts';
import { lockForWriting, lockKeyring } from './lock.ts';
import type { ArchivePorts } from './open.ts';
import { openForReading } from './read-only-medium.ts';
import { explain, openEncrypted, type ReadConnection } from './sqlite.ts';

/** The steps of a change of the data key, as they begin. */
export const REKEY_STEPS = ['announce', 'settle', 'copy', 'encrypt', 'check', 'replace', 'finish'] as const;
export type RekeyStep = (typeof REKEY_STEPS)[number];

export type Rekeyed = {
  /** Shown once and kept nowhere; the one before opens nothing any more. Not shown until `confirmRecoveryCode`. */
  readonly recoveryCode: string;
  /** Ways to the archive that could not be carried over. */
  readonly dropped: readonly WrapKind[];
};

const DRAFT = 'entries.rekey.db';

/**
 * Gives the archive a new data key: a copy of the database is encrypted anew, checked, and takes the place of the old one
 * in a single rename, under the writer's lock. From the first step to the last the keyring holds both keys, each secret
 * of before leading to either: killed at any moment, the archive opens, and the next opening tidies up.
 *
 * `in_use` where somebody has it open, `wrong_passphrase`, `disk`. Needs as much free space again as the database takes.
 */
export async function rekeyArchive(
  dir: string,
  passphrase: string,
  ports: ArchivePorts,
  options: { readonly keychain?: KeyWrapper; readonly onStep?: (step: RekeyStep) => void } = {},
): Promise<Result<Rekeyed>> {
  const unlocked = await unlockKeyring(dir, { passphrase });
  if (!unlocked.ok) return unlocked;
  const locks = takeLocks(dir, ports.clock.now());
  if (!locks.ok) return locks;
  try {
    const keyring = readKeyring(dir);
    if (!keyring.ok) return keyring;
    if (keyring.value.rekey) return beingChanged();
    return await replaceKey(dir, keyring.value, unlocked.value, passphrase, ports, options);
  } finally {
    locks.value.release();
  }
}

/** The archive's data key by any secret; first brings a change that was cut off to its end, or back. */
export async function unlockKeyring(dir: string, secret: KeyringSecret): Promise<Result<Uint8Array>> {
  const keyring = readKeyring(dir);
  if (!keyring.ok) return keyring;
  const { archiveId, wraps, rekey } = keyring.value;
  const present = await unlockWraps(wraps, archiveId, secret);
  if (!rekey) return present;
  const next = present.ok
    ? unsealUnder(present.value, rekey.bridge, archiveId)
    : await unlockWraps(rekey.wraps, archiveId, secret).then((opened) => (opened.ok ? opened.value : null));
  const keys = [...(present.ok ? [present.value] : []), ...(next ? [next] : [])];
  return keys.length === 0 ? present : settle(dir, keys);
}

async function replaceKey(
  dir: string,
  keyring: Keyring,
  present: Uint8Array,
  passphrase: string,
  ports: ArchivePorts,
  {
    keychain,
    onStep = () => undefined,
  }: { readonly keychain?: KeyWrapper; readonly onStep?: (step: RekeyStep) => void },
): Promise<Result<Rekeyed>> {
  const next: WrapContext = {
    dataKey: ports.random.bytes(32),
    archiveId: keyring.archiveId,
    random: ports.random,
    at: ports.clock.now(),
  };
  const { wraps, recoveryCode } = await freshWraps(next, passphrase, ports.kdfCost ?? RFC9106_COST);
  if (keychain && keyring.wraps.some((wrap) => wrap.kind === 'keychain')) {
    const wrap = await wrapByKeychain(next, keychain);
    if (wrap.ok) wraps.push(wrap.value);
  }
  const keyId = keyIdOf(next.dataKey);
  const pending: Keyring = { ...keyring, rekey: { keyId, wraps, bridge: sealUnder(present, next) } };
  try {
    onStep('announce');
    unwrap(writeKeyring(dir, pending));
    onStep('settle');
    foldJournal(join(dir, DATABASE), present);
    encryptCopy(dir, present, next.dataKey, onStep);
    onStep('replace');
    renameSync(join(dir, DRAFT), join(dir, DATABASE));
    sync(dir);
    onStep('finish');
    unwrap(writeKeyring(dir, settled(pending)));
    removeDraft(dir);
  } catch (error) {
    tidy(dir, [present, next.dataKey]);
    if (error instanceof FailureError) return { ok: false, error: error.failure };
    return explainFile(error, 'change the data key');
  }
  const kept = new Set<WrapKind>(wraps.map((wrap) => wrap.kind));
  return ok({ recoveryCode, dropped: keyring.wraps.map((wrap) => wrap.kind).filter((kind) => !kept.has(kind)) });
}

// A write-ahead log belongs to its file by name, so there must be none when the file is exchanged; and leaving the mode
// succeeds only where nobody else has the database open.
function foldJournal(file: string, key: Uint8Array): void {
  const db = unwrap(openEncrypted(file, key, 'write'));
  try {
    db.pragma('busy_timeout = 1000');
    db.pragma('journal_mode = DELETE');
  } catch (error) {
    throw new FailureError(openElsewhere(explain(error, 'change the data key').error));
  } finally {
    db.close();
  }
}

function encryptCopy(dir: string, present: Uint8Array, next: Uint8Array, onStep: (step: RekeyStep) => void): void {
  const draft = join(dir, DRAFT);
  onStep('copy');
  removeDraft(dir);
  copyFileSync(join(dir, DATABASE), draft, constants.COPYFILE_FICLONE);
  onStep('encrypt');
  const db = unwrap(openEncrypted(draft, present, 'write'));
  try {
    // No journal: a copy that is cut off is thrown away.
    db.pragma('journal_mode = OFF');
    db.pragma(`rekey = "x'${Buffer.from(next).toString('hex')}'"`);
    db.pragma('journal_mode = WAL');
  } catch (error) {
    throw new FailureError(explain(error, 'encrypt the archive anew').error);
  } finally {
    db.close();
  }
  onStep('check');
  const copy = unwrap(openEncrypted(draft, next, 'read'));
  try {
    if (copy.pragma('quick_check', { simple: true }) !== 'ok') throw new FailureError(DAMAGED);
  } finally {
    copy.close();
  }
  sync(draft);
}

const DAMAGED: Failure = fail(
  'integrity',
  'The archive encrypted anew did not pass its check; the archive is as it was.',
  'Check the disk, and verify the archive, before trying again.',
).error;

function openElsewhere(found: Failure): Failure {
  return found.code === 'in_use'
    ? fail(
        'in_use',
        'The archive is open in another Logbook; its data key can only be changed while nobody has it open.',
        'Close it there (windows that only read too), then try again.',
      ).error
    : found;
}

// What is left of a change that was cut off, decided by the key that the database is under.
async function settle(dir: string, keys: readonly Uint8Array[]): Promise<Result<Uint8Array>> {
  const locks = takeLocks(dir, null);
  if (locks.ok) {
    try {
      return tidy(dir, keys);
    } finally {
      locks.value.release();
    }
  }
  // Where nothing can be written (a read-only medium) nothing can be tidied, but it can be read.
  return locks.error.code === 'disk' ? fitting(keys, (key) => openForReading(dir, key)) : locks;
}

function tidy(dir: string, keys: readonly Uint8Array[]): Result<Uint8Array> {
  const keyring = readKeyring(dir);
  if (!keyring.ok) return keyring;
  const key = fitting(keys, (one) => openEncrypted(join(dir, DATABASE), one, 'write'));
  if (!key.ok || !keyring.value.rekey) return key;
  removeDraft(dir);
  const over = keyIdOf(key.value) === keyring.value.rekey.keyId;
  const { rekey: _rekey, ...before } = keyring.value;
  const written = writeKeyring(dir, over ? settled(keyring.value) : before);
  return written.ok ? key : written;
}

// The present key comes first: leaving the journal may have been cut off, and what SQLite then rolls back is under it.
function fitting(keys: readonly Uint8Array[], open: (key: Uint8Array) => Result<ReadConnection>): Result<Uint8Array> {
  let last: Result<Uint8Array> = beingChanged();
  for (const key of keys) {
    const db = open(key);
    if (db.ok) {
      db.value.close();
      return ok(key);
    }
    last = db;
  }
  return last;
}

// Whoever is cut off from here on has not shown the new recovery code yet (`confirmRecoveryCode`).
function settled(keyring: Keyring): Keyring {
  const { rekey, ...rest } = keyring;
  return rekey ? { ...rest, keyId: rekey.keyId, wraps: rekey.wraps, recoveryCodeNotShown: true } : keyring;
}

function takeLocks(dir: string, now: number | null): Result<{ release(): void }> {
  const writer = lockForWriting(dir, now);
  if (!writer.ok) return writer;
  const keyring = lockKeyring(dir);
  if (!keyring.ok) {
    writer.value.release();
    return keyring;
  }
  return ok({
    release() {
      keyring.value.release();
      writer.value.release();
    },
  });
}

// A keyring cut off while it was written goes too: it may seal a later key under an earlier one.
function removeDraft(dir: string): void {
  for (const name of readdirSync(dir)) if (name.startsWith(`.${KEYRING}.`)) rmSync(join(dir, name), { force: true });
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(join(dir, DRAFT) + suffix, { force: true });
}

function sync(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
