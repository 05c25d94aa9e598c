import { type OfficeHours, officeHours, officesOr } from '../../../shared/office.ts';
import { officesIn } from '../detection/triage/register.ts';
import type { JournalLine } from './journal.ts';

/** The office hours that hold, as the journal says them last. */
export class Hours {
  #seq = 0;
  #now: OfficeHours | null = null;
  #kept: ReturnType<typeof officesIn> = null;

  /** The last line that is about offices; equal numbers mean equal hours. */
  get seq(): number {
    return this.#seq;
  }

  /** Takes in further lines of the journal, in order. */
  take(lines: readonly JournalLine[]): void {
    for (const line of lines) {
      const offices = officesIn(line);
      if (offices === null) continue;
      this.#kept = offices;
      this.#now = null;
      this.#seq = line.seq;
    }
  }

  /** `zone` is the archive's own, for as long as nobody named an office. */
  at(zone: string): OfficeHours {
    this.#now ??= officeHours(officesOr(this.#kept, zone));
    return this.#now;
  }
}
