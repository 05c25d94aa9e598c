import { type Failure, failure } from '../../../shared/errors.ts';

/** What a run could not bring home: days that nothing proves whole, and days that could not be read. */
export type Shortfall = {
  unproven(days: readonly string[], why: string): void;
  unread(days: readonly string[], error: Failure): void;
  /** The server turned out to be asked wrongly: what could not be proven so may be provable otherwise. */
  startOver(): void;
  /** What the run has to say at its end; null where it is complete. */
  verdict(): Failure | null;
};

const RUN_AGAIN = 'What arrived is kept. Run the sync again to go on from there.';

export function createShortfall(): Shortfall {
  let unproven: { readonly day: string; readonly why: string }[] = [];
  let unread: { readonly days: readonly string[]; readonly error: Failure } | null = null;
  return {
    unproven(days, why) {
      unproven.push(...days.map((day) => ({ day, why })));
    },
    unread(days, error) {
      unread = { days: [...(unread?.days ?? []), ...days], error };
    },
    startOver() {
      unproven = [];
    },
    verdict() {
      if (unread !== null) {
        const { days, error } = unread;
        return failure(error.code, `${dayList(days)} could not be read: ${error.message}`, RUN_AGAIN);
      }
      const [first] = unproven;
      if (first === undefined) return null;
      const days = unproven.map(({ day }) => day);
      return failure('server', `Nothing proves ${dayList(days)} whole: ${first.why}.`, RUN_AGAIN);
    },
  };
}

function dayList(days: readonly string[]): string {
  return days.length <= 3 ? days.join(', ') : `${days[0]} and ${days.length - 1} more days`;
}
