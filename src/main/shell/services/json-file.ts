import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import type { Result } from '../../../shared/errors.ts';
import { writeAtomically } from '../../core/files/write-atomically.ts';

/** A small JSON file read through its schema: what does not fit it counts as absent, never as a crash. */
export type JsonFile<T> = { read(): T; write(value: T): Result<void> };

export function jsonFile<S extends z.ZodType>(file: string, schema: S, absent: z.output<S>): JsonFile<z.output<S>> {
  return {
    read() {
      try {
        const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
        return parsed.success ? parsed.data : absent;
      } catch {
        return absent;
      }
    },
    write: (value) => writeAtomically(file, `${JSON.stringify(value, null, 2)}\n`),
  };
}
