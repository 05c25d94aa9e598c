import type { Command } from 'commander';
import { fail } from '../../shared/errors.ts';
import { type Outcome, outcome } from './answer.ts';
import { type ExceptionOptions, exception } from './commands/review-exceptions.ts';
import { type IdentityOptions, identity, type PlanOptions, plan } from './commands/review-people.ts';
import {
  exportBundle,
  type ItemsOptions,
  type LeaversOptions,
  leavers,
  listItems,
  listReviews,
  openReview,
} from './commands/review-read.ts';
import {
  type DecideOptions,
  decideItems,
  drawReviewSample,
  type ReasonOptions,
  type SampleOptions,
  type SignOptions,
  type StartOptions,
  sayReason,
  signReview,
  startAddendum,
  startReview,
} from './commands/review-write.ts';
import type { CommonOptions } from './common-options.ts';
import { withFilterOptions } from './filter-options.ts';
import type { Terminal } from './terminal.ts';

type Run<O> = (options: O, positional: readonly string[]) => Outcome | Promise<Outcome>;

const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value];
const BY = ['--by <identity>', 'who does it: an identity’s id or e-mail address'] as const;
const PIN = ['--pin-file <file>', 'file whose first line is the PIN (else LOGBOOK_PIN, else asked)'] as const;

/** What stands after `logbook review`. `add` makes a command with the options all have, `on` lets it run. */
export function addReviewCommands(
  review: Command,
  add: (name: string, description: string, parent: Command) => Command,
  on: <O extends CommonOptions>(command: Command, run: Run<O>) => Command,
  terminal: Terminal,
): void {
  review.enablePositionalOptions();
  on(review, () =>
    outcome(fail('bad_input', 'Nothing was asked of review.', 'logbook review --help shows what it does.')),
  );
  const about = (name: string, description: string): Command => add(`${name} <id>`, description, review);

  on(add('list', 'what is due and overdue, and every review', review), async (options) =>
    outcome(await listReviews(options, terminal)),
  );
  on<StartOptions>(
    withFilterOptions(add('start [query...]', 'freezes a population and begins a review of it', review))
      .requiredOption(...BY)
      .option('--plan <id>', 'the recurring review that is due')
      .option('--title <text>', 'what it is called')
      .option('--kind <kind>', 'events or access (default: events)')
      .option('--framework <name>', 'soc2, iso27001, hipaa, pci or gdpr')
      .option('--owner <name>', 'who sees to it')
      .option('--due <date>', 'by when it is to be done'),
    async (options, query) => outcome(await startReview(query.join(' '), options, terminal)),
  );
  on<StartOptions>(
    about('addendum', 'begins a review of what came late for a signed one').requiredOption(...BY),
    async (options, [id = '']) => outcome(await startAddendum(id, options, terminal)),
  );
  on(about('open', 'where a review stands: population, coverage, checks, signatures'), async (options, [id = '']) =>
    outcome(await openReview(id, options, terminal)),
  );
  on<ItemsOptions>(
    about('items', 'its worksheet')
      .option('--view <view>', 'all, open, decided, exceptions, or a decision (default: all)')
      .option('--offset <n>', 'items to leave out at the beginning')
      .option('--limit <n>', 'how many to show (default: 100)'),
    async (options, [id = '']) => outcome(await listItems(id, options, terminal)),
  );
  on<DecideOptions>(
    about('decide', 'decides items, or takes a decision back')
      .requiredOption(...BY)
      .option('--as <decision>', 'appropriate, deviation, not_applicable; of access keep, revoke, change, exception')
      .option('--item <number>', 'an item, by its number from 1 (may be repeated)', collect)
      .option('--open', 'all that is not decided yet')
      .option('--rationale <text>', 'why')
      .option('--evidence <text>', 'what was looked at')
      .option('--ticket <reference>', 'where it is followed')
      .option('--undo <line>', 'takes back the decision of that line of the journal'),
    async (options, [id = '']) => outcome(await decideItems(id, options, terminal)),
  );
  on<SampleOptions>(
    about('sample', 'draws a sample, the same everywhere from its seed')
      .requiredOption(...BY)
      .requiredOption('--size <n>', 'how many items; 0 is the whole population')
      .requiredOption('--seed <text>', 'what it is drawn by')
      .option('--reason <text>', 'why it is drawn again'),
    async (options, [id = '']) => outcome(await drawReviewSample(id, options, terminal)),
  );
  const reasons = [
    ['gaps', 'gaps', 'acknowledges the days that are not provably whole'],
    ['back', 'giveBack', 'gives a prepared review back to be worked on'],
    ['abandon', 'abandon', 'gives a review up'],
  ] as const;
  for (const [name, kind, description] of reasons)
    on<ReasonOptions>(
      about(name, description)
        .requiredOption(...BY)
        .requiredOption('--reason <text>', 'why'),
      async (options, [id = '']) => outcome(await sayReason(kind, id, options, terminal)),
    );
  on<ExceptionOptions>(
    add('exception [id]', 'lists exceptions; raises one in a review, or follows one to its closure', review)
      .option(...BY)
      .option('--raise <nature>', 'raises one in the review named: what is wrong')
      .option('--item <number>', 'an item it is about (may be repeated)', collect)
      .option('--nature <text>', 'what is wrong')
      .option('--cause <text>', 'why it happened')
      .option('--extent <extent>', 'isolated, systematic or unknown')
      .option('--remediation <text>', 'what is done about it')
      .option('--owner <name>', 'who sees to it')
      .option('--due <date>', 'by when')
      .option('--control <clause>', 'the clause it is against, such as CC6.2')
      .option('--ticket <reference>', 'where it is followed')
      .option('--retest <result>', 'passed, failed or not_needed')
      .option('--note <text>', 'what the re-test showed')
      .option('--close <reason>', 'closes it')
      .option('--reopen <reason>', 'opens it again'),
    async (options, [id = null]) => outcome(await exception(id, options, terminal)),
  );
  on<IdentityOptions>(
    add('identity', 'lists the people who decide and sign; creates one, with a key that a PIN opens', review)
      .option('--create', 'creates one from --name and --email')
      .option('--name <name>', 'the person’s name')
      .option('--email <address>', 'the address the log knows the person by')
      .option(...PIN)
      .option('--change-pin <identity>', 'gives it another PIN')
      .option('--new-pin-file <file>', 'file whose first line is the new PIN (else LOGBOOK_NEW_PIN, else asked)')
      .option('--retire <identity>', 'it signs no more')
      .option('--reason <text>', 'why it is retired')
      .option(...BY),
    async (options) => outcome(await identity(options, terminal)),
  );
  on<SignOptions>(
    about('sign', 'signs a review: first its preparer, then its reviewer, who is somebody else')
      .requiredOption(...BY)
      .requiredOption('--as <role>', 'preparer or reviewer')
      .option(...PIN),
    async (options, [id = '']) => outcome(await signReview(id, options, terminal)),
  );
  on(
    add('export <id> <dir>', 'writes what an auditor needs to check it without Logbook into a new folder', review),
    async (options, [id = '', dir = '']) => outcome(await exportBundle(id, dir, options, terminal)),
  );
  on<LeaversOptions>(
    add('leavers <file>', 'compares a list of leavers (CSV) with who belongs to which team', review)
      .option('--review <id>', 'keeps the comparison with that review')
      .option(...BY),
    async (options, [file = '']) => outcome(await leavers(file, options, terminal)),
  );
  on<PlanOptions>(
    withFilterOptions(add('plan <id> [query...]', 'changes a recurring review, or makes one (“new”)', review))
      .requiredOption('--by <name>', 'who says so')
      .option('--name <text>', 'what it is called')
      .option('--cadence <unit>', 'day, week, month or quarter')
      .option('--due-days <n>', 'days after its period by which it is due')
      .option('--owner <name>', 'who sees to it')
      .option('--off', 'nothing is due any more')
      .option('--on', 'follows it again'),
    async (options, [id = '', ...query]) => outcome(await plan(id, query.join(' '), options, terminal)),
  );
}
