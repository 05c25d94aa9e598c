import type { Timing } from './timing.ts';

const NAME = 34;
const CELL = 25;
const RATIO = 28;

/** One line: a name, what each of the three did, and the ratios to the two others. */
export function row(name: string, cells: readonly string[], ratios: readonly string[] = []): void {
  const padded = [...cells.map((cell) => cell.padStart(CELL)), ...ratios.map((ratio) => ratio.padStart(RATIO))];
  say(`${name.padEnd(NAME)}${padded.join('')}`.trimEnd());
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function span({ median, min, max }: Timing): string {
  return `${digits(median)} ms (${digits(min)}–${digits(max)})`;
}

export function rate(entries: number, ms: number): string {
  return `${Math.round(entries / ms)}k/s`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

function digits(ms: number): string {
  return ms.toFixed(ms < 10 ? 2 : ms < 100 ? 1 : 0);
}
