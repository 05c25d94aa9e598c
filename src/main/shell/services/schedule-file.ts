import { join } from 'node:path';
import { z } from 'zod';
import { SYNC_HOURS } from '../../../shared/schedule.ts';
import { type JsonFile, jsonFile } from './json-file.ts';

const schedules = z.object({
  version: z.literal(1),
  archives: z.record(
    z.string(),
    z.object({
      onOpen: z.boolean(),
      everyHours: z.literal(SYNC_HOURS),
      onWake: z.boolean(),
      notify: z.boolean(),
    }),
  ),
  /** When the next day that is not here whole begins to fall out of retention, ms UTC: known while all is locked. */
  riskAt: z.record(z.string(), z.number()),
  /** What was announced last, by archive and cause, and on which UTC date. */
  told: z.record(z.string(), z.string()),
});

export type Schedules = z.output<typeof schedules>;

/**
 * Schedules are this person's, on this machine: an archive that is handed to an auditor does not begin to sync there.
 */
export function scheduleFile(userData: string): JsonFile<Schedules> {
  return jsonFile(join(userData, 'schedules.json'), schedules, { version: 1, archives: {}, riskAt: {}, told: {} });
}
