const GROUPED = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const THIN_SPACE = '\u202f';

/** `412 806`, with a no-break thin space. */
export function grouped(n: number): string {
  return GROUPED.format(n).replaceAll(',', THIN_SPACE);
}

/** `1 entry`, `64 entries`. */
export function counted(n: number, one: string, many: string): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}
