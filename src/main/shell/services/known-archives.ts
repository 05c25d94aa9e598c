import { basename, dirname, join, relative, sep } from 'node:path';
import { z } from 'zod';
import type { ArchiveSummary } from '../../../shared/contract.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { keyStatus } from '../../core/archive/keys.ts';
import { isArchive, peekArchive } from '../../core/archive/open.ts';
import { type JsonFile, jsonFile } from './json-file.ts';

const known = z.object({
  version: z.literal(1),
  archives: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      dir: z.string(),
      // Absent from what an earlier Logbook wrote.
      source: z.string().nullable().default(null),
      lastOpened: z.number().nullable(),
      demo: z.boolean(),
    }),
  ),
});
type Known = z.output<typeof known>['archives'][number];

/** The archives this person has opened. Their folders stay in the main process; the window knows them by id and words. */
export type KnownArchives = {
  list(): ArchiveSummary[];
  dirOf(id: string): Result<string>;
  isDemo(id: string): boolean;
  /** What to call an archive, known or not. */
  nameOf(id: string): string;
  /** Adds a folder (or finds it among the known). `not_found` where it is no archive. */
  add(dir: string, demo?: boolean): Result<ArchiveSummary>;
  /** Remembers that an archive was opened, and the name it has. */
  opened(id: string, name: string, at: number): void;
  /** Remembers which host an archive is connected to. */
  sourced(id: string, host: string | null): void;
  forget(id: string): void;
};

export function knownArchives(userData: string, documents: string): KnownArchives {
  const file: JsonFile<z.output<typeof known>> = jsonFile(join(userData, 'archives.json'), known, {
    version: 1,
    archives: [],
  });
  const all = (): Known[] => file.read().archives;
  const save = (archives: Known[]): void => {
    file.write({ version: 1, archives });
  };
  const summary = (one: Known): ArchiveSummary => ({
    id: one.id,
    name: one.name,
    place: one.demo ? 'Made-up organisation' : placeInWords(dirname(one.dir), documents),
    source: one.source,
    lastOpened: one.lastOpened,
    demo: one.demo,
    remembered: one.demo ? null : keychainOf(one.dir),
  });
  return {
    list: () =>
      all()
        .sort((a, b) => (b.lastOpened ?? 0) - (a.lastOpened ?? 0))
        .map(summary),
    dirOf(id) {
      const found = all().find((one) => one.id === id);
      return found ? ok(found.dir) : fail('not_found', 'This archive is not known any more.', 'Open its folder again.');
    },
    nameOf: (id) => all().find((one) => one.id === id)?.name ?? 'An archive',
    isDemo: (id) => all().some((one) => one.id === id && one.demo),
    add(dir, demo = false) {
      if (!isArchive(dir))
        return fail(
          'not_found',
          `The folder “${basename(dir)}” is no archive.`,
          'Choose a folder that holds entries.db and keyring.json.',
        );
      const peeked = peekArchive(dir);
      if (!peeked.ok) return peeked;
      const id = peeked.value.archiveId;
      const before = all().find((one) => one.id === id);
      // Its own name is encrypted; until it is unlocked it goes by its folder's.
      const name = before?.name ?? basename(dir).replace(/\.logbook$/, '');
      const { source = null, lastOpened = null } = before ?? {};
      const entry: Known = { id, name, dir, source, lastOpened, demo };
      save([...all().filter((one) => one.id !== id && one.dir !== dir), entry]);
      return ok(summary(entry));
    },
    opened: (id, name, at) => save(all().map((one) => (one.id === id ? { ...one, name, lastOpened: at } : one))),
    sourced: (id, host) => save(all().map((one) => (one.id === id ? { ...one, source: host } : one))),
    forget: (id) => save(all().filter((one) => one.id !== id)),
  };
}

function keychainOf(dir: string): string | null {
  const status = keyStatus(dir);
  return status.ok ? (status.value.wraps.find((wrap) => wrap.kind === 'keychain')?.method ?? null) : null;
}

// Enough to recognise the place by, too little to find it with.
function placeInWords(dir: string, documents: string): string {
  const inside = relative(dirname(documents), dir);
  const words = inside.startsWith('..') ? dir : inside;
  return words
    .split(sep)
    .filter((part) => part !== '')
    .slice(-2)
    .join(' / ');
}
