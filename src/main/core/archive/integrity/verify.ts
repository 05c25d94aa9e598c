import { fail, ok, type Result } from '../../../../shared/errors.ts';
import type { Verification } from '../../../../shared/integrity.ts';
import type { Cancel, OnProgress } from '../../ports.ts';
import type { KnownCertificate } from '../../stamp/certificate.ts';
import { dateOfDay, MS_PER_DAY } from '../columns/day-columns.ts';
import { indexBlocks, type ParseRaw } from '../columns/from-blocks.ts';
import { openForReading } from '../read-only-medium.ts';
import { explain, type ReadConnection } from '../sqlite.ts';
import { readHeadsLog } from './heads-log.ts';
import { Cancelled, Problems } from './problems.ts';
import { readPublicKey } from './seal-key.ts';
import { createSealReader, hasSeals } from './seal-store.ts';
import { STAMP_SETTING, trustedIn } from './stamp-setting.ts';
import { createStampReader } from './stamp-store.ts';
import { type CheckedChain, checkChain } from './verify-chain.ts';
import { CountByDay, checkCoverage } from './verify-coverage.ts';
import { DayChecks } from './verify-days.ts';
import { checkHeads } from './verify-heads.ts';
import { checkJournal } from './verify-journal.ts';
import { checkStamps } from './verify-stamps.ts';

export type VerifyOptions = {
  /** How raw bytes are read as an entry. */
  readonly parse: ParseRaw;
  /** Heads that were written down elsewhere: hashes, or lines of a `heads.log`. */
  readonly against?: readonly string[];
  /** Certificates of time-stamp authorities to be trusted; without them, those the archive was told of. */
  readonly trusted?: readonly KnownCertificate[];
  readonly cancel?: Cancel;
  readonly onProgress?: OnProgress;
};

const CANCELLED = fail('cancelled', 'The verification was cancelled.', 'Start it again to know.');
const SAY_EVERY_BLOCKS = 64;
const NO_STAMPS = { count: 0, trusted: 0 };

/**
 * Recomputes everything that can be: the file, the chain of seals and its signatures, the days' roots from the raw bytes, the
 * columns, the coverage, the reviewers' log, and the heads written down outside. Memory stays flat. What is wrong is in the
 * answer; it fails only where the archive cannot be opened, or with `cancelled`.
 */
export function verifyArchive(dir: string, key: Uint8Array, options: VerifyOptions): Result<Verification> {
  const opened = openForReading(dir, key);
  if (!opened.ok) return opened;
  try {
    return ok(new Verifying(dir, opened.value, options).run());
  } catch (error) {
    return error instanceof Cancelled ? CANCELLED : explain(error, 'verify the archive');
  } finally {
    opened.value.close();
  }
}

class Verifying {
  readonly #dir: string;
  readonly #db: ReadConnection;
  readonly #options: VerifyOptions;
  readonly #problems = new Problems();
  #done = 0;
  #total: number | null = null;

  constructor(dir: string, db: ReadConnection, options: VerifyOptions) {
    this.#dir = dir;
    this.#db = db;
    this.#options = options;
  }

  run(): Verification {
    const db = this.#db;
    const problems = this.#problems;
    // One moment for all of it: nothing is committed in between.
    db.prepare('BEGIN').run();
    this.#step('The file');
    problems.within({ part: 'file', day: null }, 'The file', () => this.#checkFile());
    this.#step('The seals');
    const chain = problems.within({ part: 'seal', day: null }, 'The chain of seals', () => checkChain(db, problems));
    const stamps = chain === null ? NO_STAMPS : this.#checkBeside(chain);
    const days = problems.within({ part: 'entry', day: null }, 'What was received', () => this.#checkDays(chain));
    this.#step('Done');
    return {
      ok: problems.count === 0,
      entries: days?.entries ?? 0,
      days: chain?.sealedDays.size ?? 0,
      seals: chain?.hashes.size ?? 0,
      unsealed: days?.unsealed ?? 0,
      head: problems.within({ part: 'seal', day: null }, 'The newest seal', () => createSealReader(db).head()),
      stamps,
      found: problems.count,
      problems: problems.list,
    };
  }

  #checkFile(): void {
    for (const { integrity_check: line } of this.#db.pragma('integrity_check(10)') as { integrity_check: string }[]) {
      if (line === 'ok') continue;
      const message = `The database file is damaged: ${line}.`;
      this.#problems.add({ what: 'damaged', part: 'file', day: null, entry: null, message });
    }
  }

  #checkBeside(chain: CheckedChain): Verification['stamps'] {
    const problems = this.#problems;
    if (hasSeals(this.#db)) {
      const journal = { part: 'journal', day: null } as const;
      problems.within(journal, 'The reviewers’ log', () => checkJournal(this.#db, chain, problems));
    }
    const log = { part: 'head', day: null } as const;
    problems.within(log, 'heads.log', () => checkHeads(readHeadsLog(this.#dir), 'heads.log', chain, problems));
    checkHeads(this.#options.against ?? [], 'the list given', chain, problems);
    const stamp = { part: 'stamp', day: null } as const;
    return problems.within(stamp, 'The time stamps', () => this.#checkStamps(chain)) ?? NO_STAMPS;
  }

  #checkStamps(chain: CheckedChain): Verification['stamps'] {
    const select = this.#db.prepare('SELECT value FROM setting WHERE name = ?').pluck();
    const setting = (name: string) => (select.get(name) as string | undefined) ?? null;
    const trusted = this.#options.trusted ?? trustedIn(setting(STAMP_SETTING));
    const stamps = createStampReader(this.#db, setting).stamps();
    if (stamps.length === 0) return NO_STAMPS;
    return checkStamps(stamps, chain, readPublicKey(this.#db), trusted, this.#problems);
  }

  #checkDays(chain: CheckedChain | null): DayChecks {
    const db = this.#db;
    const problems = this.#problems;
    const { parse } = this.#options;
    const blocks = db.prepare('SELECT count(*) FROM block').pluck().get() as number;
    this.#total = blocks + (db.prepare('SELECT coalesce(sum(entries), 0) FROM segment').pluck().get() as number);
    const index = indexBlocks(db, () => {
      this.#done++;
      if (this.#done % SAY_EVERY_BLOCKS === 0) this.#step('Raw bytes');
    });
    for (const id of index.broken) {
      const message = `Block ${id} of raw bytes cannot be unpacked: what it held is named with its days.`;
      problems.add({ what: 'damaged', part: 'entry', day: null, entry: null, message });
    }
    const counts = new CountByDay();
    const checks = new DayChecks(db, index, parse, chain, counts, problems);
    const sealed = [...(chain?.sealedDays ?? [])].map((day) => Date.parse(day) / MS_PER_DAY);
    const days = new Set([...index.days, ...checks.listedDays(), ...sealed]);
    for (const day of [...days].sort((a, b) => a - b)) {
      const date = dateOfDay(day);
      this.#step(date);
      this.#done += problems.within({ part: 'entry', day: date }, `The day ${date}`, () => checks.check(day)) ?? 0;
    }
    const unreadable = { part: 'entry', day: null } as const;
    problems.within(unreadable, 'What could not be read', () => checks.checkUnreadable());
    const coverage = { part: 'coverage', day: null } as const;
    problems.within(coverage, 'The coverage', () => checkCoverage(db, chain, counts, parse, problems));
    return checks;
  }

  #step(note: string): void {
    const { cancel, onProgress } = this.#options;
    if (cancel?.aborted) throw new Cancelled();
    onProgress?.({ done: Math.min(this.#done, this.#total ?? this.#done), total: this.#total, note });
  }
}
