import { fail, ok, type Result } from '../../../../shared/errors.ts';
import type { Verification } from '../../../../shared/integrity.ts';
import type { Cancel, OnProgress } from '../../ports.ts';
import type { KnownCertificate } from '../../stamp/certificate.ts';
import { MS_PER_DAY } from '../columns/day-columns.ts';
import type { ParseRaw } from '../columns/from-blocks.ts';
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
import { checkFile } from './verify-file.ts';
import { checkHeads } from './verify-heads.ts';
import { beginTogether, type VerifyHelper } from './verify-helper.ts';
import { checkJournal } from './verify-journal.ts';
import { checkShares, giveUp, type SharesFound, settleShares, sharesOf } from './verify-shares.ts';
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
  /** Another thread to share the work with, over the same archive. */
  readonly helper?: () => Promise<Result<VerifyHelper>>;
  /** So many entries it takes for a helper to be worth its beginning; lowered by tests. */
  readonly helpFrom?: number;
};

const CANCELLED = fail('cancelled', 'The verification was cancelled.', 'Start it again to know.');
const NO_STAMPS = { count: 0, trusted: 0 };

/**
 * Recomputes everything that can be: the file, the chain of seals and its signatures, the days' roots from the raw bytes, the
 * columns, the coverage, the reviewers' log, and the heads written down outside. Memory stays flat. What is wrong is in the
 * answer; it fails only where the archive cannot be opened, or with `cancelled`.
 */
export async function verifyArchive(
  dir: string,
  key: Uint8Array,
  options: VerifyOptions,
): Promise<Result<Verification>> {
  const opened = openForReading(dir, key);
  if (!opened.ok) return opened;
  try {
    return ok(await new Verifying(dir, opened.value, options).run());
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
  #names = new Problems();
  #total: number | null = null;

  constructor(dir: string, db: ReadConnection, options: VerifyOptions) {
    this.#dir = dir;
    this.#db = db;
    this.#options = options;
  }

  async run(): Promise<Verification> {
    const helper = await beginTogether(this.#db, this.#options);
    try {
      return await this.#run(helper);
    } finally {
      await helper?.close();
    }
  }

  async #run(helper: VerifyHelper | null): Promise<Verification> {
    const db = this.#db;
    const problems = this.#problems;
    this.#step('The file');
    const file = helper?.file() ?? Promise.resolve(ok(checkFile(db)));
    this.#step('The seals');
    const chain = problems.within({ part: 'seal', day: null }, 'The chain of seals', () => checkChain(db, problems));
    const stamps = chain === null ? NO_STAMPS : this.#checkBeside(chain);
    const days = await this.#checkDays(chain, helper);
    const head = problems.within({ part: 'seal', day: null }, 'The newest seal', () => createSealReader(db).head());
    const all = new Problems();
    const ofFile = await file;
    all.take(ofFile.ok ? ofFile.value : checkFile(db));
    all.take(problems);
    this.#step('Done');
    return {
      ok: all.count === 0,
      entries: days?.entries ?? 0,
      days: chain?.sealedDays.size ?? 0,
      seals: chain?.hashes.size ?? 0,
      unsealed: days?.unsealed ?? 0,
      head,
      stamps,
      found: all.count,
      problems: all.list,
    };
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

  async #checkDays(
    chain: CheckedChain | null,
    helper: VerifyHelper | null,
  ): Promise<{ readonly entries: number; readonly unsealed: number } | null> {
    const problems = this.#problems;
    const received = { part: 'entry', day: null } as const;
    const given = problems.within(received, 'What was received', () => this.#giveOut(chain));
    if (given === null) return null;
    const { checks, days, shares } = given;
    const helping = helper?.days(shares);
    try {
      const own = await checkShares(checks, shares, (date, done) => this.#step(date, done));
      const helped = await helping;
      const parts = helped?.ok ? [own, helped.value] : [own];
      return problems.within(received, 'What was received', () =>
        this.#settle(checks, settleShares(checks, parts, days), chain),
      );
    } finally {
      giveUp(shares);
      await helping;
    }
  }

  #giveOut(chain: CheckedChain | null) {
    const accounted = chain === null ? null : (chain.last?.deletion ?? 0);
    // What cannot be read of the lists of names is told behind the blocks.
    const names = new Problems();
    const checks = new DayChecks(this.#db, this.#options.parse, accounted, names);
    const listed = new Map(checks.listedDays().map(({ day, entries }) => [day, entries]));
    this.#total = listed.values().reduce((sum, entries) => sum + entries, 0);
    const sealed = [...(chain?.sealedDays ?? [])].map((day) => Date.parse(day) / MS_PER_DAY);
    const days = [...new Set([...listed.keys(), ...sealed])].sort((a, b) => a - b);
    const shares = sharesOf(days, (day) => listed.get(day) ?? 0, accounted);
    this.#names = names;
    return { checks, days, shares };
  }

  #settle(checks: DayChecks, { days, broken }: SharesFound, chain: CheckedChain | null) {
    const db = this.#db;
    const problems = this.#problems;
    for (const id of broken) {
      const message = `Block ${id} of raw bytes cannot be unpacked: what it held is named with its days.`;
      problems.add({ what: 'damaged', part: 'entry', day: null, entry: null, message });
    }
    problems.take(this.#names);
    const counts = new CountByDay();
    let entries = 0;
    let unsealed = 0;
    for (const day of days) {
      problems.take(day);
      for (const [at, count] of day.instants) counts.addTo(at, count);
      entries += day.entries;
      unsealed += day.unsealed;
    }
    const unreadable = { part: 'entry', day: null } as const;
    problems.within(unreadable, 'What could not be read', () => {
      const found = checks.checkUnreadable();
      problems.take(found);
      unsealed += found.unsealed;
    });
    const coverage = { part: 'coverage', day: null } as const;
    problems.within(coverage, 'The coverage', () => checkCoverage(db, chain, counts, this.#options.parse, problems));
    return { entries, unsealed };
  }

  #step(note: string, done = 0): void {
    const { cancel, onProgress } = this.#options;
    if (cancel?.aborted) throw new Cancelled();
    onProgress?.({ done: Math.min(done, this.#total ?? done), total: this.#total, note });
  }
}
