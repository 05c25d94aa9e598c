import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder in which the script of the archive's threads lies, built as the application has it. */
    mainDir: string;
  }
}

const root = join(import.meta.dirname, '../..');

/**
 * Builds the script of the archive's threads, for tests that start some. A thread that is given TypeScript strips its types
 * with WebAssembly, and V8's registry of WebAssembly wrappers, one for the whole process, does not survive several threads
 * that do so at once: the process dies of SIGSEGV, now and then. The application's threads never do.
 */
export async function setup(project: TestProject): Promise<() => void> {
  // Inside the checkout, so that dependencies are found from there; of its own, because runs may overlap.
  mkdirSync(join(root, '.cache'), { recursive: true });
  const outDir = mkdtempSync(join(root, '.cache/threads-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: 'src/main/worker/archive-worker.ts',
      target: 'node22',
      outDir,
      rolldownOptions: { output: { entryFileNames: '[name].js' } },
    },
  });
  project.provide('mainDir', outDir);
  return () => rmSync(outDir, { recursive: true, force: true });
}
