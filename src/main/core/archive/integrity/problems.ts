import type { IntegrityProblem } from '../../../../shared/integrity.ts';

const MOST = 200;

/** What a part of a verification found; `count` may be more than are kept. */
export type Found = { readonly list: readonly IntegrityProblem[]; readonly count: number };

/** Collects what a verification finds. The first two hundred are kept, all are counted. */
export class Problems {
  readonly list: IntegrityProblem[] = [];
  count = 0;

  add(problem: IntegrityProblem): void {
    this.count++;
    if (this.list.length < MOST) this.list.push(problem);
  }

  /** Adds what another part found, behind what is there. */
  take({ list, count }: Found): void {
    this.list.push(...list.slice(0, MOST - this.list.length));
    this.count += count;
  }

  /** Runs a part of the verification; what it cannot read is a problem of that part, and the others go on. */
  within<T>(place: Pick<IntegrityProblem, 'part' | 'day'>, what: string, work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      this.add({ ...place, what: 'damaged', entry: null, message: `${what} cannot be read: it is damaged.` });
      return null;
    }
  }
}

/** Thrown where whoever asked does not want to know any more. */
export class Cancelled extends Error {}
