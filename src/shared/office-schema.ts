import { z } from 'zod';
import { CLOCK_TIME, type Office } from './office.ts';

const time = z.string().regex(CLOCK_TIME);

/** An office as it crosses to the window and as it is kept. What a later Logbook adds to one is left aside. */
export const officeSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().trim().min(1).max(80),
  zone: z.string().min(1).max(64),
  weekdays: z.array(z.int().min(1).max(7)).max(7).readonly(),
  opens: time,
  closes: time,
  holidays: z
    .array(z.object({ date: z.string().max(10), name: z.string().trim().max(80) }))
    .max(400)
    .readonly(),
}) satisfies z.ZodType<Office>;
