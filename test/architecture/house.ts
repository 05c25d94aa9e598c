import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { parseSync } from 'vite';

/** A source file, its place (`src/main/core/…`, forward slashes) and what it imports. */
export type SourceFile = {
  readonly place: string;
  readonly text: string;
  /** Places of our own files, and names of packages (`electron`, `node:fs`, `@mantine/core`). */
  readonly imports: readonly string[];
  readonly defaultExport: boolean;
  /** Whether every export only passes on what other files export. */
  readonly barrel: boolean;
};

/** A rule of the house: what is wrong with a file, in words, or null. */
export type HouseRule = { readonly name: string; readonly check: (file: SourceFile) => string | null };

/** Reads every source file under a root that has a `src` folder. */
export function readHouse(root: string): SourceFile[] {
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && /\.tsx?$/.test(item.name) && !item.name.endsWith('.d.ts'))
    .map((item) => readSource(root, join(item.parentPath, item.name)));
}

function readSource(root: string, file: string): SourceFile {
  const text = readFileSync(file, 'utf8');
  const { module } = parseSync(file, text);
  const exports = module.staticExports.flatMap((statement) => statement.entries);
  const wanted = [
    ...module.staticImports.map((statement) => statement.moduleRequest.value),
    ...exports.flatMap((entry) => (entry.moduleRequest ? [entry.moduleRequest.value] : [])),
    ...module.dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start + 1, moduleRequest.end - 1)),
    ...[...text.matchAll(/\brequire\)?\(\s*['"]([^'"]+)['"]|createRequire\([^)]*\)\(['"]([^'"]+)['"]/g)].map(
      (m) => m[1] ?? m[2] ?? '',
    ),
  ];
  return {
    place: relative(root, file).split(sep).join('/'),
    text,
    imports: wanted.map((name) =>
      name.startsWith('.')
        ? relative(root, normalize(join(dirname(file), name)))
            .split(sep)
            .join('/')
        : name,
    ),
    defaultExport: exports.some((entry) => entry.exportName.kind === 'Default'),
    barrel: exports.length > 0 && exports.every((entry) => entry.moduleRequest !== null),
  };
}
