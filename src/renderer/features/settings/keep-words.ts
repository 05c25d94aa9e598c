/** Usual times to keep entries, days: a year is one of 366, so that nothing goes a day too early. */
export const USUAL_DAYS = [366, 732, 1_098, 1_830, 2_562, 3_660] as const;

const DAYS_PER_YEAR = 366;

/** `5 years`, `400 days`. */
export function keepWords(days: number): string {
  const years = days / DAYS_PER_YEAR;
  if (Number.isInteger(years)) return years === 1 ? '1 year' : `${years} years`;
  return days === 1 ? '1 day' : `${days} days`;
}
