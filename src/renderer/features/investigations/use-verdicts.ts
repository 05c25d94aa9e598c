import type { ScopeEntry, ScopeThing, Seed } from '../../../shared/case-schema.ts';
import { entriesOf } from '../../lib/case-subject.ts';
import { call } from '../../lib/client.ts';
import { counted } from '../../lib/number.ts';
import { visible } from '../../lib/visible-text.ts';
import type { WatchedKind } from './scope-panel.tsx';
import type { Author } from './use-author.tsx';
import type { Writing } from './use-writing.tsx';

type Verdict = 'accepted' | 'rejected' | null;

/** What a person says of what was computed: entries are pinned or left out, things are in scope or not, and watched. */
export function useVerdicts(id: string, zone: string, ask: Author['ask'], { write }: Writing) {
  const short = (text: string): string => visible(text).slice(0, 60);

  // Accepted entries of one phase and technique are pinned together, so that each comes into the timeline in its place.
  async function pin(by: string, entries: readonly ScopeEntry[]): Promise<void> {
    const groups = new Map<string, ScopeEntry[]>();
    for (const entry of entries) {
      const group = `${entry.phase} ${entry.technique}`;
      groups.set(group, [...(groups.get(group) ?? []), entry]);
    }
    for (const own of groups.values()) {
      const keys = own.map(({ row }) => row.key);
      const done = await write(by, `${counted(own.length, 'entry', 'entries')} pinned.`, () =>
        call('cases.pin', {
          id,
          by,
          entries: entriesOf(keys, zone),
          phase: own[0]?.phase ?? null,
          technique: own[0]?.technique ?? null,
        }),
      );
      if (!done) return;
    }
  }
  return {
    entries(entries: readonly ScopeEntry[], verdict: Verdict): void {
      if (entries.length === 0) return;
      ask((by) => {
        if (verdict === 'accepted') void pin(by, entries);
        else {
          const what = counted(entries.length, 'entry', 'entries');
          void write(by, verdict === null ? `${what} suggested again.` : `${what} left out.`, () =>
            call('cases.decideEntries', { id, by, keys: entries.map(({ row }) => row.key), verdict }),
          );
        }
      });
    },
    thing(thing: ScopeThing, verdict: Verdict): void {
      const { kind, value, label } = thing;
      const words =
        verdict === 'accepted' ? 'in scope' : verdict === 'rejected' ? 'left out of the scope' : 'undecided';
      ask((by) => {
        void write(by, `${short(label)} is ${words}.`, () =>
          call('cases.decideThing', { id, by, kind, value, verdict }),
        );
      });
    },
    removeSeed(seed: Seed): void {
      const what = seed.kind === 'span' ? 'that stretch of time' : short(seed.value);
      ask((by) => {
        void write(by, `The scope no longer starts from ${what}.`, () => call('cases.removeSeed', { id, by, seed }));
      });
    },
    watch(kind: WatchedKind, value: string, on: boolean): void {
      ask((by) => {
        void write(by, `${short(value)} is ${on ? 'watched' : 'no longer watched'}.`, () =>
          call('cases.watch', { id, by, kind, value, on }),
        );
      });
    },
  };
}
