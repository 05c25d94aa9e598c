import type { ArchiveReader } from '../core/archive/reader.ts';

/** Archives held open between the commands of a batch: the passphrase is worked through once, the reader stays warm. */
export type WarmArchives = {
  /** The data key that a passphrase was found to open; null where it was not tried yet. */
  key(dir: string, passphrase: string): Uint8Array | null;
  keepKey(dir: string, passphrase: string, key: Uint8Array): void;
  reader(dir: string, key: Uint8Array): ArchiveReader | null;
  keepReader(dir: string, key: Uint8Array, reader: ArchiveReader): void;
  /** Closes what is open for reading: for commands that write and ask again. */
  forgetReaders(): void;
  /** Closes what is open of an archive and forgets its keys: for commands that change them. */
  forget(dir: string): void;
  close(): void;
};

export function warmArchives(): WarmArchives {
  const keys = new Map<string, Map<string, Uint8Array>>();
  const readers = new Map<string, { readonly key: Uint8Array; readonly reader: ArchiveReader }>();
  const closeReader = (dir: string): void => {
    readers.get(dir)?.reader.close();
    readers.delete(dir);
  };
  return {
    key: (dir, passphrase) => keys.get(dir)?.get(passphrase) ?? null,
    keepKey(dir, passphrase, key) {
      keys.set(dir, (keys.get(dir) ?? new Map()).set(passphrase, key));
    },
    reader(dir, key) {
      const held = readers.get(dir);
      return held && Buffer.from(held.key).equals(key) ? held.reader : null;
    },
    keepReader(dir, key, reader) {
      closeReader(dir);
      readers.set(dir, { key, reader });
    },
    forgetReaders() {
      for (const dir of [...readers.keys()]) closeReader(dir);
    },
    forget(dir) {
      closeReader(dir);
      keys.delete(dir);
    },
    close() {
      for (const dir of [...readers.keys()]) closeReader(dir);
      keys.clear();
    },
  };
}
