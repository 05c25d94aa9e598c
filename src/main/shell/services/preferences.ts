import { join } from 'node:path';
import { z } from 'zod';
import { type JsonFile, jsonFile } from './json-file.ts';

const preferences = z.object({ scheme: z.enum(['auto', 'light', 'dark']), zone: z.string().nullable() });
export type Preferences = z.output<typeof preferences>;

/** How this person likes the window; nothing secret. */
export function preferencesFile(userData: string): JsonFile<Preferences> {
  return jsonFile(join(userData, 'preferences.json'), preferences, { scheme: 'auto', zone: null });
}
