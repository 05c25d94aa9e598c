import type { HouseRule, SourceFile } from './house.ts';

const inside = (file: SourceFile, ...folders: string[]): boolean =>
  folders.some((folder) => file.place === folder || file.place.startsWith(`${folder}/`));
const importing = (file: SourceFile, test: (name: string) => boolean): string | null => {
  const found = file.imports.find(test);
  return found === undefined ? null : `imports ${found}`;
};
const ours = (name: string): boolean => name.startsWith('src/');
const code = (file: SourceFile): string => file.text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, ' ');
const feature = (place: string): string | null => /^src\/renderer\/features\/([^/]+)\//.exec(place)?.[1] ?? null;

const SQL =
  /\b(SELECT\s[^'"`]*\bFROM\b|INSERT\s+(OR\s+\w+\s+)?INTO\b|CREATE\s+(TABLE|INDEX|TRIGGER)\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b|PRAGMA\s+\w+)/;

/** The layering rules of docs/architecture.md, each as a check of one file. */
export const HOUSE_RULES: readonly HouseRule[] = [
  {
    name: 'shared imports nothing of ours outside shared, no Node, no DOM library, no electron',
    check: (file) =>
      inside(file, 'src/shared')
        ? importing(
            file,
            (name) =>
              (ours(name) && !name.startsWith('src/shared/')) ||
              name.startsWith('node:') ||
              /^(electron|react|better-sqlite3)/.test(name),
          )
        : null,
  },
  {
    name: 'core imports neither electron nor shell, command line, worker, preload or renderer',
    check: (file) =>
      inside(file, 'src/main/core')
        ? importing(
            file,
            (name) =>
              name === 'electron' ||
              (ours(name) && !name.startsWith('src/main/core/') && !name.startsWith('src/shared/')),
          )
        : null,
  },
  {
    name: 'electron is imported only by the shell, the preload script and the entry; not by the services',
    check: (file) =>
      (inside(file, 'src/main/shell', 'src/preload') && !inside(file, 'src/main/shell/services')) ||
      file.place === 'src/main/index.ts'
        ? null
        : importing(file, (name) => name === 'electron'),
  },
  {
    name: 'the SQLite module is loaded in one file',
    check: (file) => {
      if (file.place === 'src/main/core/archive/sqlite.ts') return null;
      return importing(file, (name) => name.startsWith('better-sqlite3'));
    },
  },
  {
    name: 'SQL stands only under core/archive',
    check: (file) => (inside(file, 'src/main/core/archive') || !SQL.test(code(file)) ? null : 'holds SQL'),
  },
  {
    name: 'the renderer imports shared and itself',
    check: (file) =>
      inside(file, 'src/renderer')
        ? importing(
            file,
            (name) =>
              (ours(name) && !name.startsWith('src/renderer/') && !name.startsWith('src/shared/')) ||
              name.startsWith('node:') ||
              name === 'electron',
          )
        : null,
  },
  {
    name: 'features do not import each other',
    check: (file) => {
      const own = feature(file.place);
      return own === null ? null : importing(file, (name) => feature(name) !== null && feature(name) !== own);
    },
  },
  {
    name: 'shared parts of the renderer do not import features',
    check: (file) =>
      inside(file, 'src/renderer/ui', 'src/renderer/lib')
        ? importing(file, (name) => name.startsWith('src/renderer/features/') || name.startsWith('src/renderer/app/'))
        : null,
  },
  {
    name: 'core takes time, chance and the network from its ports',
    check: (file) => {
      if (!inside(file, 'src/main/core')) return null;
      // A file that binds the name `fetch` calls the port it was handed, not the platform's.
      const ownFetch = /\bfetch\b\s*[:,}=]/.test(code(file));
      const found =
        /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|(?<![.\w#])fetch\(|\brandomBytes\b|\brandomUUID\b/.exec(
          code(file),
        );
      return found && !(ownFetch && found[0] === 'fetch(') ? `uses ${found[0]}` : null;
    },
  },
  { name: 'no default exports', check: (file) => (file.defaultExport ? 'has a default export' : null) },
  { name: 'no barrel files', check: (file) => (file.barrel ? 'only passes on what other files export' : null) },
  {
    name: 'no file is called after nothing in particular',
    check: (file) =>
      /\/(utils?|helpers?|misc|common)\.tsx?$/.test(file.place) ? 'has a name that says nothing' : null,
  },
];

/** Every breach of every rule, a line each. */
export function breaches(files: readonly SourceFile[], rules: readonly HouseRule[] = HOUSE_RULES): string[] {
  return rules.flatMap((rule) =>
    files.flatMap((file) => {
      const wrong = rule.check(file);
      return wrong === null ? [] : [`${file.place} ${wrong} (${rule.name})`];
    }),
  );
}
