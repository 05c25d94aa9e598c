import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'core',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/e2e/**'],
          environment: 'node',
          expect: { poll: { timeout: 30_000 } },
          globalSetup: 'test/support/built-worker.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Left to itself vitest leaves a core idle, on two cores half of what there is.
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          globalSetup: 'test/support/made-demo.ts',
          expect: { poll: { timeout: 30_000 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          // After the others: a window that shares two cores with many waits for its turn. Two at once wait little, as each
          // waits half the time for what its window shows.
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
