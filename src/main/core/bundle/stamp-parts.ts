import type { ArchiveReader } from '../archive/reader.ts';
import { checkStamp } from '../stamp/stamp.ts';
import { PARTS } from './format.ts';
import type { Part } from './tar.ts';

/** The time stamps of the seals from `since` on, each as the authority answered it: what any tool for RFC 3161 reads. */
export function stampParts(reader: Pick<ArchiveReader, 'stamps'>, since: number): readonly Part[] {
  const numbers = new Map<number, number>();
  return reader
    .stamps()
    .filter(({ seal }) => seal >= since)
    .map(({ seal, response }) => {
      const n = (numbers.get(seal) ?? 0) + 1;
      numbers.set(seal, n);
      return { name: PARTS.stamp(seal, n), content: Buffer.from(response) };
    });
}

/** What is wrong with such a part, where anything is; `hashOf` gives the hash of a seal that is in the bundle. */
export function stampProblem({ name, content }: Part, hashOf: (seal: number) => string | undefined): string | null {
  const seal = Number(/^stamps\/(\d+)(?:-\d+)?\.tsr$/.exec(name)?.[1]);
  const head = hashOf(seal);
  if (head === undefined) return `${name} is of a seal that is not there.`;
  const stamp = checkStamp(content, { head, trusted: [] });
  return typeof stamp === 'string' ? `The time stamp of seal ${seal} does not fit: ${stamp}.` : null;
}
