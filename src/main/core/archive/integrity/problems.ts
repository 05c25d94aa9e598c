import type { IntegrityProblem } from '../../../../shared/integrity.ts';

const MOST = 200;

/** Collects what a verification finds. The first two hundred are kept, all are counted. */
export class Problems {
  readonly list: IntegrityProblem[] = [];
  count = 0;

  add(problem: IntegrityProblem): void {
    this.count++;
    if (this.list.length < MOST) this.list.push(problem);
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
