import { join } from 'node:path';
import { z } from 'zod';
import {
  DEFAULT_PREFERENCES,
  DENSITIES,
  LOCK_MINUTES,
  type Preferences,
  SCHEMES,
} from '../../../shared/preferences.ts';
import { type JsonFile, jsonFile } from './json-file.ts';

// What an earlier Logbook did not know of, or this one cannot read, counts as not chosen; the rest stays as it was.
const preferences = z.object({
  scheme: z.enum(SCHEMES).catch(DEFAULT_PREFERENCES.scheme),
  zone: z.string().nullable().catch(DEFAULT_PREFERENCES.zone),
  density: z.enum(DENSITIES).catch(DEFAULT_PREFERENCES.density),
  lockMinutes: z.literal(LOCK_MINUTES).catch(DEFAULT_PREFERENCES.lockMinutes),
  columns: z.string().nullable().catch(DEFAULT_PREFERENCES.columns),
});

/** How this person likes the window; nothing secret. */
export function preferencesFile(userData: string): JsonFile<Preferences> {
  return jsonFile(join(userData, 'preferences.json'), preferences, DEFAULT_PREFERENCES);
}
