import { type CaseStatus, CLOCKS, type Phase, type Remedy, type ScopeKind } from '../../../shared/case.ts';
import type { CaseClock, CaseNote, Seed } from '../../../shared/case-schema.ts';
import type { Severity } from '../../../shared/finding.ts';
import type { MarkedEntry } from '../marks/mark-lines.ts';
import { CASE_LINES, type CaseBody, LOGBOOK, type ReadLine } from './case-lines.ts';
import { standingLines } from './undone.ts';

type Placed = {
  readonly id: string;
  readonly phase: Phase | null;
  readonly technique: string | null;
  readonly notes: readonly CaseNote[];
  readonly by: string;
  readonly at: number;
};

/** An event as its lines tell it; of an entry what binds it to the archive, which tells the rest. */
export type KeptEvent = Placed &
  (
    | { readonly kind: 'entry'; readonly entry: MarkedEntry }
    | { readonly kind: 'manual'; readonly ts: number; readonly title: string; readonly source: string }
    | {
        readonly kind: 'foreign';
        readonly ts: number;
        readonly title: string;
        readonly file: string;
        readonly sha256: string;
        readonly fileLine: number;
        readonly fields: Readonly<Record<string, string>>;
      }
  );

type Verdict = 'accepted' | 'rejected';
export type ThingVerdict = { readonly kind: ScopeKind; readonly value: string; readonly verdict: Verdict };
export type RemedyVerdict = {
  readonly kind: ScopeKind;
  readonly value: string;
  readonly remedy: Remedy;
  readonly verdict: 'by_hand' | 'not_needed';
  readonly note: string;
  readonly by: string;
  readonly at: number;
};
export type KeptWatch = {
  readonly kind: CaseBody<typeof CASE_LINES.watch>['kind'];
  readonly value: string;
  readonly label: string;
  readonly since: number;
  readonly by: string;
  readonly seen: number;
  readonly last: number | null;
};

/** A case as the lines that stand tell it. Instants are milliseconds UTC. */
export type CaseState = {
  readonly id: string;
  readonly openedAt: number;
  readonly openedBy: string;
  title: string;
  severity: Severity;
  lead: string | null;
  summary: string;
  aware: number | null;
  contained: number | null;
  breach: CaseBody<typeof CASE_LINES.updated>['fields']['breach'];
  status: CaseStatus;
  closed: number | null;
  clocks: readonly CaseClock[];
  readonly findings: readonly string[];
  /** By id, in the order in which they came in. */
  readonly events: ReadonlyMap<string, KeptEvent>;
  /** Pinned entries: the id of their event by key. */
  readonly pinned: ReadonlyMap<number, string>;
  readonly notes: readonly CaseNote[];
  readonly seeds: readonly Seed[];
  readonly things: readonly ThingVerdict[];
  readonly entries: ReadonlyMap<number, MarkedEntry & { readonly verdict: Verdict }>;
  readonly remedies: readonly RemedyVerdict[];
  readonly watched: readonly KeptWatch[];
  /** Entries of watched things seen since a person last wrote into the case. */
  seenAgain: number;
  story: { readonly text: string; readonly by: string | null; readonly at: number | null };
};

const HOUR = 3_600_000;

/** Puts a case together from its lines, in order; the first one opened it. */
export function stateOf(id: string, lines: readonly ReadLine[]): CaseState {
  const fold = new Folding(lines);
  for (const line of standingLines(lines)) fold.take(line);
  return fold.state(id);
}

/** The id of an event: of its line, and its place in it where the line holds several. */
export function eventIdOf(seq: number, place: number, of: number): string {
  return of === 1 ? `E-${seq}` : `E-${seq}.${place + 1}`;
}

class Folding {
  readonly #events = new Map<string, KeptEvent>();
  readonly #pinned = new Map<number, string>();
  readonly #notes: CaseNote[] = [];
  readonly #seeds = new Map<string, Seed>();
  readonly #things = new Map<string, ThingVerdict>();
  readonly #entries = new Map<number, MarkedEntry & { verdict: Verdict }>();
  readonly #remedies = new Map<string, RemedyVerdict>();
  readonly #watched = new Map<string, KeptWatch>();
  readonly #findings = new Set<string>();
  readonly #clocks: { id: string; name: string; hours: number }[] = [...CLOCKS];
  readonly #met = new Map<string, NonNullable<CaseClock['met']>>();
  readonly #lines: readonly ReadLine[];
  #fields: Pick<CaseState, 'title' | 'severity' | 'lead' | 'summary' | 'aware' | 'contained' | 'breach'> = {
    title: '',
    severity: 'info',
    lead: null,
    summary: '',
    aware: null,
    contained: null,
    breach: null,
  };
  #status: CaseStatus = 'open';
  #closed: number | null = null;
  #containedAt: number | null = null;
  #seenAgain = 0;
  #story: CaseState['story'] = { text: '', by: null, at: null };

  constructor(lines: readonly ReadLine[]) {
    this.#lines = lines;
  }

  take(line: ReadLine): void {
    const { seq, by, at } = line;
    this.#seenAgain = line.kind === CASE_LINES.seen ? this.#seenAgain + line.body.entries : this.#looked(by);
    switch (line.kind) {
      case CASE_LINES.opened:
        this.#fields = { ...this.#fields, ...line.body };
        break;
      case CASE_LINES.updated:
        this.#fields = Object.assign({ ...this.#fields }, line.body.fields);
        break;
      case CASE_LINES.status:
        this.#move(line.body.status, at);
        break;
      case CASE_LINES.clock:
        this.#clocks.push({ id: `clock-${seq}`, ...line.body });
        break;
      case CASE_LINES.clockMet:
        this.#met.set(line.body.clock, { at, by, note: line.body.note });
        break;
      case CASE_LINES.filed:
        for (const finding of line.body.findings) this.#findings.add(finding);
        break;
      case CASE_LINES.pinned:
        for (const [place, { phase, technique, ...entry }] of line.body.entries.entries()) {
          const id = eventIdOf(seq, place, line.body.entries.length);
          if (this.#pinned.has(entry.key)) continue;
          this.#events.set(id, { kind: 'entry', id, entry, phase, technique, notes: [], by, at });
          this.#pinned.set(entry.key, id);
        }
        break;
      case CASE_LINES.unpinned:
        for (const id of line.body.events) this.#unpin(id);
        break;
      case CASE_LINES.classified: {
        const { events, ...said } = line.body;
        for (const id of events) this.#change(id, (event) => Object.assign({ ...event }, said));
        break;
      }
      case CASE_LINES.noted: {
        const note = { line: seq, text: line.body.text, by, at };
        if (line.body.event === null) this.#notes.push(note);
        else this.#change(line.body.event, (event) => ({ ...event, notes: [...event.notes, note] }));
        break;
      }
      case CASE_LINES.manual: {
        const id = eventIdOf(seq, 0, 1);
        this.#events.set(id, { kind: 'manual', id, ...line.body, technique: null, notes: [], by, at });
        break;
      }
      case CASE_LINES.foreign: {
        const { file, sha256, lines } = line.body;
        for (const [place, { line: fileLine, ...rest }] of lines.entries()) {
          const id = eventIdOf(seq, place, lines.length);
          const own = { file, sha256, fileLine, ...rest };
          this.#events.set(id, { kind: 'foreign', id, ...own, phase: null, technique: null, notes: [], by, at });
        }
        break;
      }
      case CASE_LINES.seeds:
        for (const seed of line.body.seeds)
          if (line.body.set) this.#seeds.set(seedName(seed), seed);
          else this.#seeds.delete(seedName(seed));
        break;
      case CASE_LINES.thing: {
        const { kind, value, verdict } = line.body;
        const name = JSON.stringify([kind, value]);
        if (verdict === null) this.#things.delete(name);
        else this.#things.set(name, { kind, value, verdict });
        break;
      }
      case CASE_LINES.entries:
        for (const entry of line.body.entries)
          if (line.body.verdict === null) this.#entries.delete(entry.key);
          else this.#entries.set(entry.key, { ...entry, verdict: line.body.verdict });
        break;
      case CASE_LINES.remedy: {
        const { kind, value, remedy, verdict, note } = line.body;
        const name = JSON.stringify([kind, value, remedy]);
        if (verdict === null) this.#remedies.delete(name);
        else this.#remedies.set(name, { kind, value, remedy, verdict, note, by, at });
        break;
      }
      case CASE_LINES.watch: {
        const { kind, value, label, on } = line.body;
        const name = JSON.stringify([kind, value]);
        if (!on) this.#watched.delete(name);
        else if (!this.#watched.has(name))
          this.#watched.set(name, { kind, value, label, since: at, by, seen: 0, last: null });
        break;
      }
      case CASE_LINES.seen: {
        const { kind, value, entries, last, reopened } = line.body;
        const name = JSON.stringify([kind, value]);
        const known = this.#watched.get(name);
        if (known)
          this.#watched.set(name, { ...known, seen: known.seen + entries, last: Math.max(last, known.last ?? last) });
        if (reopened) this.#move('open', at);
        break;
      }
      case CASE_LINES.story:
        this.#story = { text: line.body.text, by, at };
        break;
      default:
        break;
    }
  }

  state(id: string): CaseState {
    const [first] = this.#lines;
    const { aware } = this.#fields;
    return {
      id,
      openedAt: first?.at ?? 0,
      openedBy: first?.by ?? '',
      ...this.#fields,
      contained: this.#fields.contained ?? this.#containedAt,
      status: this.#status,
      closed: this.#closed,
      clocks: this.#clocks.map((clock) => ({
        ...clock,
        dueAt: aware === null ? null : aware + clock.hours * HOUR,
        met: this.#met.get(clock.id) ?? null,
      })),
      findings: [...this.#findings],
      events: this.#events,
      pinned: this.#pinned,
      notes: this.#notes,
      seeds: [...this.#seeds.values()],
      things: [...this.#things.values()],
      entries: this.#entries,
      remedies: [...this.#remedies.values()],
      watched: [...this.#watched.values()],
      seenAgain: this.#seenAgain,
      story: this.#story,
    };
  }

  #looked(by: string): number {
    return by === LOGBOOK ? this.#seenAgain : 0;
  }

  #move(status: CaseStatus, at: number): void {
    this.#status = status;
    this.#closed = status === 'closed' ? at : null;
    if (status === 'open') this.#containedAt = null;
    else this.#containedAt ??= at;
  }

  #unpin(id: string): void {
    const event = this.#events.get(id);
    if (event?.kind === 'entry') this.#pinned.delete(event.entry.key);
    this.#events.delete(id);
  }

  #change(id: string, change: (event: KeptEvent) => KeptEvent): void {
    const event = this.#events.get(id);
    if (event !== undefined) this.#events.set(id, change(event));
  }
}

/** What two seeds are the same by. */
export function seedName({ kind, value, from, to }: Seed): string {
  return JSON.stringify([kind, value, from, to]);
}
