import { EXPORT_NAMES } from '../../shared/import-names.ts';

// What is dropped comes as entries of a file system that shows names and contents, never where they lie.

/** The files of a drop, those in dropped folders included as far as their names look like exports. */
export async function filesOf(transfer: DataTransfer): Promise<File[]> {
  // The list is emptied as soon as the event is over: everything is taken from it before the first wait.
  const entries = [...transfer.items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null;
    return entry === null ? [] : [entry];
  });
  const plain = [...transfer.files];
  if (entries.length === 0) return plain;
  const found = await Promise.all(entries.map((entry) => filesUnder(entry, true)));
  return found.flat();
}

async function filesUnder(entry: FileSystemEntry, named: boolean): Promise<File[]> {
  if (isFile(entry)) {
    if (!named && !EXPORT_NAMES.test(entry.name)) return [];
    return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))];
  }
  if (!isFolder(entry)) return [];
  const reader = entry.createReader();
  const inside: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    inside.push(...some);
  }
  inside.sort((a, b) => (a.name < b.name ? -1 : 1));
  const files: File[] = [];
  for (const one of inside) files.push(...(await filesUnder(one, false)));
  return files;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
