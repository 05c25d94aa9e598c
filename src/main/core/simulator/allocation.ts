import type { Calendar } from './calendar.ts';
import { randomFor } from './random.ts';

/**
 * How many ordinary entries each day gets: exactly `total` in all, weekends thin, no two days alike, today only as much
 * as has passed of it. Rounding is carried along the running sum, so nothing is ever left over.
 */
export function allocate(seed: number, calendar: Calendar, total: number): Uint32Array {
  const chance = randomFor(seed, 'allocation');
  const weights = Float64Array.from({ length: calendar.days }, (_, day) => {
    const weekend = calendar.weekday(day) > 5 ? 0.09 : 1;
    const growth = 1 + (0.35 * day) / calendar.days;
    return weekend * growth * (0.85 + 0.3 * chance.fraction()) * passed(calendar, day);
  });
  const sum = weights.reduce((a, b) => a + b, 0);
  const counts = new Uint32Array(calendar.days);
  let running = 0;
  let given = 0;
  for (let day = 0; day < calendar.days; day++) {
    running += weights[day]!;
    const due = day === calendar.days - 1 ? total : Math.min(total, Math.floor((running / sum) * total));
    counts[day] = due - given;
    given = due;
  }
  return counts;
}

function passed(calendar: Calendar, day: number): number {
  const whole = calendar.startOf(day + 1) - calendar.startOf(day);
  return (calendar.endOf(day) - calendar.startOf(day) + 1) / whole;
}
