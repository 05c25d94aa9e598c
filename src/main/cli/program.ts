import { Command, CommanderError } from 'commander';
import { fail } from '../../shared/errors.ts';
import { EXPORT_FORMATS } from '../../shared/export-format.ts';
import { FACETS } from '../../shared/facet.ts';
import { REPORT_KINDS } from '../../shared/report-template.ts';
import { VERDICTS } from '../../shared/triage.ts';
import { BUCKETS } from '../core/archive/reader.ts';
import { type Outcome, outcome } from './answer.ts';
import { addBundleCommands } from './bundle-commands.ts';
import { addCaseCommands } from './case-commands.ts';
import { batch } from './commands/batch.ts';
import { coverage } from './commands/coverage.ts';
import { type DetectOptions, rules, runDetect } from './commands/detect.ts';
import { type ExportOptions, runExport } from './commands/export.ts';
import { runImport } from './commands/import.ts';
import { type InitOptions, init } from './commands/init.ts';
import {
  count,
  type FacetOptions,
  facets,
  type HistogramOptions,
  histogram,
  type QuestionOptions,
  type SearchOptions,
  search,
} from './commands/questions.ts';
import { type ReportOptions, report } from './commands/report.ts';
import { type ScheduleOptions, SYSTEM_NAMES, schedule } from './commands/schedule.ts';
import { type SimulateOptions, simulate } from './commands/simulate.ts';
import { type SyncOptions, sync } from './commands/sync.ts';
import { runTriage, type TriageOptions } from './commands/triage.ts';
import { type CommonOptions, withCommonOptions } from './common-options.ts';
import { answerOf, type Ended, errorLine, exitOf, failureOf, jsonOf, notePrinted } from './ended.ts';
import { withFilterOptions } from './filter-options.ts';
import { addIntegrityCommands } from './integrity-commands.ts';
import { addKeepingCommands } from './keeping-commands.ts';
import { addKeyCommands } from './key-commands.ts';
import { addReviewCommands } from './review-commands.ts';
import type { Terminal } from './terminal.ts';

const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value];

/** Runs one `logbook` command, prints what it has to say and returns its exit code. `argv` is what stands after `logbook`. */
export async function runLogbook(argv: readonly string[], terminal: Terminal, version: string): Promise<number> {
  const ended = await runCommand(argv, terminal, version);
  if (ended.kind === 'help') terminal.out(ended.text);
  const answer = answerOf(ended);
  const asJson = ended.kind === 'outcome' && ended.asJson;
  if (answer) terminal.out(`${asJson ? jsonOf(answer) : answer.text}\n`);
  if (answer?.printed) await notePrinted(answer.printed, terminal);
  const failed = failureOf(ended);
  const stack = ended.kind === 'fault' && ended.stack !== null ? `${ended.stack}\n` : '';
  if (failed) terminal.err(ended.kind === 'usage' && ended.help ? ended.help : `${errorLine(failed)}\n${stack}`);
  return exitOf(ended);
}

/** Runs one command line. Nothing is printed but what the command itself has to warn of. */
export async function runCommand(argv: readonly string[], terminal: Terminal, version: string): Promise<Ended> {
  let ended: Ended | null = null;
  let text = '';
  const program = buildProgram(
    {
      out(help) {
        text += help;
      },
      err(usage) {
        text += usage;
      },
    },
    terminal,
    version,
    (end) => {
      ended = end;
    },
  );
  try {
    await program.parseAsync(shieldQueries(argv, program), { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return endedByCommander(error, text);
    const debug = terminal.defaults?.debug || argv.includes('--debug');
    return { kind: 'fault', stack: debug && error instanceof Error ? (error.stack ?? null) : null };
  }
  return ended ?? { kind: 'help', text };
}

function endedByCommander(error: CommanderError, text: string): Ended {
  if (error.exitCode === 0) return { kind: 'help', text };
  // Commander's own sentences have no end and may go on in a second line with what was probably meant.
  const message = `${error.message
    .replace(/^error: /, '')
    .trim()
    .replace(/\s*\n\s*/g, ' ')}.`;
  return { kind: 'usage', message, ...(error.code === 'commander.help' ? { help: text } : {}) };
}

// A query may begin with a minus (`-team:Ops`), which would be taken for an option; after a space it is not. What follows
// an option that takes a value is that value, whatever it begins with.
function shieldQueries(argv: readonly string[], program: Command): string[] {
  const commands = program.commands.flatMap((command) => [command, ...command.commands]);
  const takesValue = new Set(
    commands.flatMap((command) => command.options.filter((option) => option.required).map((option) => option.long)),
  );
  return argv.map((argument, i) =>
    /^-[^-\s]/.test(argument) && argument !== '-h' && argument !== '-V' && !takesValue.has(argv[i - 1] ?? '')
      ? ` ${argument}`
      : argument,
  );
}

/** The commands and flags of `logbook`. Help and complaints about usage go to `shown`; `end` takes how a command ended. */
export function buildProgram(
  shown: { out(text: string): void; err(text: string): void },
  terminal: Terminal,
  version: string,
  end: (ended: Ended) => void,
): Command {
  const program = new Command('logbook')
    .description('Keeps Jetty’s audit log for good, encrypted on this machine, and turns it into reviews and reports.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: shown.out,
      writeErr: shown.err,
      outputError: () => undefined,
    });
  const add = (name: string, description: string, parent = program): Command =>
    withCommonOptions(parent.command(name).description(description));
  const question = (name: string, description: string): Command =>
    withFilterOptions(add(`${name} [query...]`, description));
  // Options of a batch stand behind those of its line; those of `key` behind those of what follows it.
  type Run<O> = (options: O, positional: readonly string[]) => Outcome | Promise<Outcome>;
  const on = <O extends CommonOptions>(command: Command, run: Run<O>): Command =>
    command.action(async (...args: unknown[]) => {
      const positional = (args.slice(0, command.registeredArguments.length) as (string | string[] | undefined)[])
        .flat()
        .filter((one) => one !== undefined);
      const options = { ...terminal.defaults, ...command.parent?.opts(), ...command.opts() } as O;
      end({ kind: 'outcome', asJson: options.json ?? false, outcome: await run(options, positional) });
    });
  const alone = (what: string, why: string): Outcome | null =>
    terminal.warm ? outcome(fail('bad_input', `${what} cannot be a line of a batch.`, why)) : null;

  on<InitOptions>(
    add('init', 'creates an archive and prints its recovery code, once').option(
      '--name <name>',
      'name of the archive (default: the folder’s)',
    ),
    async (options) => outcome(await init(options, terminal)),
  );

  on<SyncOptions>(
    add('sync', 'fetches everything new from Jetty')
      .requiredOption('--url <base>', 'base address, such as https://usejetty.online')
      .option(
        '--token-file <file>',
        'file with the API token (else JETTY_TOKEN, JETTY_API_TOKEN, the jetty command’s config)',
      )
      .option('--from <date>', 'first UTC day to fetch')
      .option('--to <date>', 'last UTC day to fetch')
      .option('--plan <plan>', 'harbor, coastal or fleet: how long Jetty keeps the log')
      .option('--full', 'fetches settled days again')
      .option('--reconcile', 'fetches settled days again and tells what is stored and no longer served'),
    (options) => sync(options, terminal),
  );

  on<ScheduleOptions>(
    add('schedule', 'prints what makes the system sync by itself; installs nothing')
      .option('--print', 'prints it (there is nothing else it does)')
      .requiredOption('--url <base>', 'base address, such as https://usejetty.online')
      .option('--token-file <file>', 'file with the API token (else the jetty command’s config)')
      .option('--plan <plan>', 'harbor, coastal or fleet: how long Jetty keeps the log')
      .option('--every <interval>', 'such as 30m, 6h or 1d', '6h')
      .option('--system <name>', `${inWords(SYSTEM_NAMES)} (default: what this system has)`),
    (options) => outcome(schedule(options, terminal)),
  );

  on(add('import <files...>', 'reads earlier exports: JSON, pages, NDJSON, CSV, .gz, folders'), (options, files) =>
    runImport(files, options, terminal),
  );

  on<SearchOptions>(
    question('search', 'lists matching entries, newest first')
      .option('--limit <n>', 'how many entries to show (default 100)')
      .option('--after <cursor>', 'goes on where an earlier answer ended (its “next”)'),
    async (options, query) => outcome(await search(query.join(' '), options, terminal)),
  );

  on<QuestionOptions>(question('count', 'counts matching entries'), async (options, query) =>
    outcome(await count(query.join(' '), options, terminal)),
  );

  on<FacetOptions>(
    question('facets', 'counts the distinct values of a field among matching entries')
      .requiredOption('--by <field>', inWords(FACETS))
      .option('--limit <n>', 'how many values (default: all)'),
    async (options, query) => outcome(await facets(query.join(' '), options, terminal)),
  );

  on<HistogramOptions>(
    question('histogram', 'counts matching entries over time').requiredOption('--by <bucket>', inWords(BUCKETS)),
    async (options, query) => outcome(await histogram(query.join(' '), options, terminal)),
  );

  on<QuestionOptions>(
    add('coverage', 'tells day by day what the archive holds and how completely')
      .option('--from <date>', 'first UTC day')
      .option('--to <date>', 'last UTC day'),
    async (options) => outcome(await coverage(options, terminal)),
  );

  on<DetectOptions>(
    question('detect', 'runs the rules over matching entries').option(
      '--rule <id>',
      'runs only this rule (may be repeated)',
      collect,
    ),
    async (options, query) => outcome(await runDetect(query.join(' '), options, terminal)),
  );

  on<TriageOptions>(
    add('triage <findings...>', 'writes down what somebody makes of findings')
      .requiredOption('--as <verdict>', inWords(VERDICTS))
      .requiredOption('--reason <text>', 'why')
      .requiredOption('--by <name>', 'who decides')
      .option('--until <date>', 'until when it is accepted or put off (inclusive)'),
    async (options, findings) => outcome(await runTriage(findings, options, terminal)),
  );

  on(add('rules', 'lists the rule catalogue'), () => outcome(rules()));

  on<ExportOptions>(
    question('export', 'writes exactly the matching entries to a file')
      .requiredOption('--format <format>', inWords(EXPORT_FORMATS))
      .requiredOption('--out <file>', 'file to write; it appears whole or not at all')
      .option('--partition <by>', 'month: a folder with a file a month (parquet only)')
      .option('--sidecar', 'writes FILE.json beside it: query, hash of the file, newest seal'),
    async (options, query) => outcome(await runExport(query.join(' '), options, terminal)),
  );

  on<ReportOptions>(
    add('report', 'writes the review report as a PDF')
      .requiredOption('--template <name>', REPORT_KINDS.join(', '))
      .option('--person <email>', 'whom the report “person” is about: e-mail, id or a name nobody else has')
      .option('--review <id>', 'the campaign an evidence report is of: its period and zone are taken (R-1)')
      .option('--from <date>', 'first day of the period')
      .option('--to <date>', 'last day of the period')
      .option('--by <name>', 'who writes it, for the archive’s journal (the system’s user)')
      .option('--verify', 'verifies everything first: the report says how that ended')
      .requiredOption('--out <file>', 'PDF to write'),
    async (options) => outcome(await report(options, terminal)),
  );

  addKeepingCommands(add, on, terminal);
  addIntegrityCommands(add, on, terminal);
  addBundleCommands(add('bundle', 'evidence for somebody outside, as one encrypted file'), add, on, terminal);
  addKeyCommands(add('key', 'manages what opens the archive'), add, on, terminal);

  addCaseCommands(add('case', 'keeps investigations: timeline, notes, watch, exports'), add, on, terminal);
  addReviewCommands(add('review', 'plans, carries out and signs reviews'), add, on, terminal);

  const batchCommand = add('batch', 'runs commands from standard input, one a line, with the archive kept open');
  batchCommand.action(async (options: CommonOptions) => {
    const refused = alone('batch', 'Write its lines into this one.');
    if (refused) end({ kind: 'outcome', asJson: true, outcome: refused });
    else
      end({
        kind: 'exit',
        code: await batch(options, terminal, (argv, lineTerminal) => runCommand(argv, lineTerminal, version)),
      });
  });

  on<SimulateOptions>(
    add('simulate', 'serves a made-up organisation as a local Jetty server, until stopped')
      .option('--port <n>', 'port on the loopback interface; 0 takes a free one', '0')
      .option('--entries <n>', 'entries in the whole history', '10000')
      .option('--days <n>', 'days of history', '90')
      .option('--seed <n>', 'the same seed gives the same organisation', '1')
      .option(
        '--incident <name>',
        'plants only this story (may be repeated; “none” for a quiet one; default: five of them)',
        collect,
      )
      .option('--fault <name>', 'makes the server misbehave (may be repeated)', collect)
      .option('--plan <plan>', 'how long the server keeps entries: harbor, coastal or fleet', 'fleet'),
    async (options) =>
      alone('simulate', 'It serves until it is stopped: start it beside the batch.') ??
      outcome(await simulate(options, terminal)),
  );

  return program;
}

function inWords(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
