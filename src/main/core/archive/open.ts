import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Failure, fail, ok, type Result } from '../../../shared/errors.ts';
import { explainFile } from '../files/explain-file.ts';
import { touchPrivate } from '../files/touch-private.ts';
import type { Places } from '../geo/places.ts';
import { placesOfArchive } from '../geo/shipped-places.ts';
import type { Clock, KeyWrapper, Random } from '../ports.ts';
import { createView, type Viewing } from './archive-view.ts';
import { rebuildColumns } from './columns/rebuild.ts';
import { createDeletion } from './deletion/deletion.ts';
import { frozenWriter } from './frozen-lists.ts';
import { createIngest } from './ingest/ingest.ts';
import { FreshLeaves } from './integrity/fresh-leaves.ts';
import { withHeadCopies } from './integrity/head-copies.ts';
import { ensureSealKey } from './integrity/seal-key.ts';
import { createSealing } from './integrity/sealing.ts';
import { stampWriter } from './integrity/stamp-store.ts';
import { createUnsealedNotes } from './integrity/unsealed.ts';
import { journalWriter } from './journal.ts';
import { type KdfCost, RFC9106_COST } from './key-wrap.ts';
import { createKeyring } from './keyring.ts';
import { checkCurrent, DATABASE, KEYRING, notAnArchive, readKeyring, writeKeyring } from './keyring-file.ts';
import { lockForWriting } from './lock.ts';
import { migrate, NEWEST_SCHEMA, schemaVersion } from './migrate.ts';
import { openForReading } from './read-only-medium.ts';
import type { ArchiveReader } from './reader.ts';
import { createReader } from './reading.ts';
import { unlockKeyring } from './rekey.ts';
import { explain, openEncrypted, type WriteConnection } from './sqlite.ts';
import type { ArchiveWriter } from './writer.ts';

/**
 * What opening an archive needs from outside. `kdfCost` is lowered by tests, and with `fleeting` where the archive ends with
 * the process: it need not survive a power cut, so nothing waits for the disk.
 */
export type ArchivePorts = {
  readonly clock: Clock;
  readonly random: Random;
  readonly kdfCost?: KdfCost;
  readonly fleeting?: boolean;
};

/** How an archive is unlocked. `key` is the raw data key, handed from one thread of the program to another. */
export type Secret =
  | { readonly passphrase: string }
  | { readonly recoveryCode: string }
  | { readonly keychain: KeyWrapper }
  | { readonly key: Uint8Array };

/**
 * Creates an archive folder (0700, files 0600): an encrypted database and a keyring. `exists` where the folder already
 * holds something. The recovery code is returned once and kept nowhere.
 */
export async function createArchive(
  dir: string,
  options: { readonly name: string; readonly passphrase: string; readonly zone: string },
  ports: ArchivePorts,
): Promise<Result<{ writer: ArchiveWriter; recoveryCode: string; key: Uint8Array }>> {
  const made = makeFolder(dir);
  if (!made.ok) return made;
  const archiveId = Buffer.from(ports.random.bytes(12)).toString('hex');
  const { keyring, dataKey, recoveryCode } = await createKeyring(
    archiveId,
    options.passphrase,
    ports.random,
    ports.kdfCost ?? RFC9106_COST,
    ports.clock.now(),
  );
  // The key is on disk before there is anything it could be needed for.
  const kept = writeKeyring(dir, keyring);
  if (!kept.ok) return kept;
  const writer = openWriter(dir, dataKey, ports);
  if (!writer.ok) return writer;
  for (const [name, value] of Object.entries({
    archive_id: archiveId,
    name: options.name,
    zone: options.zone,
    created_at: String(ports.clock.now()),
  })) {
    const set = writer.value.setSetting(name, value);
    if (!set.ok) return set;
  }
  return ok({ writer: writer.value, recoveryCode, key: dataKey });
}

/** Whether a folder looks like an archive; decides between "not found" and "wrong passphrase" before any key is tried. */
export function isArchive(dir: string): boolean {
  return existsSync(join(dir, KEYRING)) && existsSync(join(dir, DATABASE));
}

/** The archive's id: all that can be known of it without a key. */
export function peekArchive(dir: string): Result<{ archiveId: string }> {
  const keyring = readKeyring(dir);
  return keyring.ok ? ok({ archiveId: keyring.value.archiveId }) : keyring;
}

/**
 * Unwraps the data key. `wrong_passphrase`, `damaged_keyring`, `newer_version` or `not_found`; `in_use` while the key is
 * being changed. A change that was cut off is brought to its end first, or back.
 */
export async function unlockArchive(dir: string, secret: Secret): Promise<Result<Uint8Array>> {
  return 'key' in secret ? ok(secret.key) : unlockKeyring(dir, secret);
}

/**
 * Opens an archive for reading; any number may, while one writes. A view of one `moment` sees nothing of what is committed
 * after, and keeps memory flat: for an export or a report.
 */
export function openReader(dir: string, key: Uint8Array, viewing: Viewing = 'present'): Result<ArchiveReader> {
  if (!isArchive(dir)) return notAnArchive(dir);
  const before = checkKey(dir, key);
  if (!before.ok) return before;
  const db = openForReading(dir, key);
  if (!db.ok) return db;
  // Looked at again, because the file may have been exchanged by a change of the data key in between.
  const after = checkKey(dir, key);
  const version = after.ok ? schemaVersion(db.value) : after;
  if (!version.ok) {
    db.value.close();
    return version;
  }
  return ok(createReader(db.value, createView(db.value, viewing, placesWhenAsked(dir))));
}

/** Opens an archive for writing. `in_use` where another writer holds it. */
export function openWriter(dir: string, key: Uint8Array, ports: ArchivePorts): Result<ArchiveWriter> {
  if (!existsSync(join(dir, KEYRING))) return notAnArchive(dir);
  const lock = lockForWriting(dir, ports.clock.now());
  if (!lock.ok) return lock;
  const giveUp = <T extends { ok: false; error: Failure }>(problem: T): T => {
    lock.value.release();
    return problem;
  };
  const current = checkKey(dir, key);
  if (!current.ok) return giveUp(current);
  // SQLite gives its side files the mode of the database, so that must be right before the first of them is made.
  const touched = touchPrivate(join(dir, DATABASE));
  if (!touched.ok) return giveUp(touched);
  const safe = backUpBeforeMigration(dir, key);
  if (!safe.ok) return giveUp(safe);
  const db = openEncrypted(join(dir, DATABASE), key, 'write');
  if (!db.ok) return giveUp(db);
  if (ports.fleeting === true) db.value.pragma('synchronous = OFF');
  const ready = migrate(db.value);
  if (!ready.ok) {
    db.value.close();
    return giveUp(ready);
  }
  try {
    ensureSealKey(db.value, ports.random, ports.clock.now());
  } catch (error) {
    db.value.close();
    return giveUp(explain(error, 'make the key that signs the seals'));
  }
  return ok(writerOver(db.value, dir, () => lock.value.release()));
}

function checkKey(dir: string, key: Uint8Array): Result<void> {
  const keyring = readKeyring(dir);
  return keyring.ok ? checkCurrent(keyring.value, key) : keyring;
}

// Many who open an archive never ask where an address is.
function placesWhenAsked(dir: string): () => Places {
  let places: Places | null = null;
  return () => {
    places ??= placesOfArchive(dir);
    return places;
  };
}

function writerOver(db: WriteConnection, dir: string, release: () => void): ArchiveWriter {
  const view = createView(db, 'present', placesWhenAsked(dir));
  const reader = createReader(db, view);
  const unsealed = createUnsealedNotes(db);
  const fresh = new FreshLeaves(view.deletions);
  const walk = db.prepare('SELECT state FROM walk WHERE day = ?').pluck();
  const set = db.prepare('INSERT INTO setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value');
  const setSetting = (name: string, value: string): Result<void> => {
    try {
      set.run(name, value);
      return ok(undefined);
    } catch (error) {
      return explain(error, 'store a setting');
    }
  };
  const sealing = createSealing(db, view, unsealed, fresh, dir);
  return {
    ...reader,
    ingest: createIngest(db, view, unsealed, fresh),
    appendJournal: journalWriter(db),
    freezePart: frozenWriter(db),
    keepStamp: stampWriter(db),
    ...createDeletion(db, view, reader),
    ...withHeadCopies(sealing, { dir, setting: view.setting, setSetting }),
    rebuild(parse) {
      try {
        return ok(rebuildColumns(db, view, parse));
      } catch (error) {
        return explain(error, 'make the columns anew');
      }
    },
    walk: (day) => (walk.get(day) as string | undefined) ?? null,
    setSetting,
    close() {
      db.close();
      release();
    },
  };
}

function makeFolder(dir: string): Result<void> {
  if (existsSync(join(dir, KEYRING)) || existsSync(join(dir, DATABASE))) {
    return fail('exists', `There is already an archive at ${dir}.`, 'Open it, or choose another folder.');
  }
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    if (readdirSync(dir).length > 0)
      return fail('exists', `The folder ${dir} is not empty.`, 'Choose a new folder for the archive.');
    chmodSync(dir, 0o700);
    return ok(undefined);
  } catch (error) {
    return explainFile(error, `create the folder ${dir}`);
  }
}

// Taken before the file is opened for writing: copying a file drops the locks this process holds on it.
function backUpBeforeMigration(dir: string, key: Uint8Array): Result<void> {
  const file = join(dir, DATABASE);
  if (!existsSync(file) || statSync(file).size === 0) return ok(undefined);
  const db = openEncrypted(file, key, 'read');
  if (!db.ok) return db;
  const version = schemaVersion(db.value);
  db.value.close();
  if (!version.ok) return version;
  if (version.value === 0 || version.value === NEWEST_SCHEMA) return ok(undefined);
  try {
    for (const suffix of ['', '-wal'].filter((tail) => existsSync(file + tail))) {
      copyFileSync(file + suffix, join(dir, `entries.before-${NEWEST_SCHEMA}.db${suffix}`));
    }
    return ok(undefined);
  } catch (error) {
    return explainFile(error, 'back up the archive before changing its format');
  }
}
