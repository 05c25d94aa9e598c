import { createHash } from 'node:crypto';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of made-up chance. Two streams with the same seed and labels give the same numbers, on every machine. */
export type Random = {
  /** Uniform in [0, 1). */
  fraction(): number;
  /** Uniform whole number, both ends included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(values: readonly T[]): T;
  /** A new array in random order. */
  shuffled<T>(values: readonly T[]): T[];
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string;
};

/** The stream that belongs to a seed and a purpose; streams of different purposes are independent of each other. */
export function randomFor(seed: number, ...labels: readonly (string | number)[]): Random {
  const digest = createHash('sha256')
    .update(`${seed}\n${labels.join('\n')}`)
    .digest();
  const words = [digest.readInt32LE(0), digest.readInt32LE(4), digest.readInt32LE(8), digest.readInt32LE(12)];
  const source = xoroshiro128plusFromState(words);
  const fraction = () => (source.next() >>> 0) / 2 ** 32;
  const int = (min: number, max: number) => min + Math.floor(fraction() * (max - min + 1));
  const pick = <T>(values: readonly T[]): T => {
    if (values.length === 0) throw new RangeError('nothing to pick from');
    return values[int(0, values.length - 1)] as T;
  };
  return {
    fraction,
    int,
    chance: (probability) => fraction() < probability,
    pick,
    shuffled: (values) => {
      const copy = [...values];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = int(0, i);
        [copy[i], copy[j]] = [copy[j]!, copy[i]!];
      }
      return copy;
    },
    hex: (digits) => Array.from({ length: digits }, () => int(0, 15).toString(16)).join(''),
  };
}
