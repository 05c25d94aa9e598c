import { Command, CommanderError } from 'commander';
import { type Failure, failure } from '../../shared/errors.ts';
import { EXPORT_FORMATS } from '../core/export/export.ts';
import { type Answer, type Outcome, outcome } from './answer.ts';
import { coverage } from './commands/coverage.ts';
import { rules, runDetect } from './commands/detect.ts';
import { runExport } from './commands/export.ts';
import { runImport } from './commands/import.ts';
import { init } from './commands/init.ts';
import { count, facets, histogram, search } from './commands/questions.ts';
import { report } from './commands/report.ts';
import { simulate } from './commands/simulate.ts';
import { sync } from './commands/sync.ts';
import { type CommonOptions, withCommonOptions } from './common-options.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { withFilterOptions } from './filter-options.ts';
import type { Terminal } from './terminal.ts';

const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value];

/** Runs one `logbook` command and returns its exit code. `argv` is what stands after `logbook`. */
export async function runLogbook(argv: readonly string[], terminal: Terminal, version: string): Promise<number> {
  let code: number = EXIT.done;
  const finish = (options: CommonOptions, { result, achieved }: Outcome): void => {
    const answer = result.ok ? result.value : achieved;
    if (answer) terminal.out(`${options.json ? jsonOf(answer) : answer.text}\n`);
    if (result.ok) return;
    terminal.err(`${errorLine(result.error)}\n`);
    code = exitCodeOf(result.error.code);
  };
  const program = buildProgram(terminal, version, finish);
  try {
    await program.parseAsync(argv.map(shieldQuery), { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badInput;
    const debug = argv.includes('--debug') && error instanceof Error ? `\n${error.stack}` : '';
    terminal.err(
      `${errorLine(failure('unexpected', 'Something unexpected went wrong.', 'Run again with --debug and report what it prints.'))}${debug}\n`,
    );
    return EXIT.fault;
  }
  return code;
}

/** One line: what failed, on what, what to do next. */
export function errorLine(f: Failure): string {
  return `logbook: ${f.message} ${f.hint}`.replace(/\s*\n\s*/g, ' ');
}

function jsonOf(answer: Answer): string {
  return answer.jsonText ?? JSON.stringify(answer.json);
}

// A query may begin with a minus (`-team:Ops`), which would be taken for an option; after a space it is not.
function shieldQuery(argument: string): string {
  return /^-[^-\s]/.test(argument) && /[:"\s]/.test(argument) ? ` ${argument}` : argument;
}

/** The commands and flags of `logbook`; `finish` takes what each came to. */
export function buildProgram(
  terminal: Terminal,
  version: string,
  finish: (options: CommonOptions, outcome: Outcome) => void,
): Command {
  const program = new Command('logbook')
    .description('Keeps Jetty’s audit log for good, encrypted on this machine, and turns it into reviews and reports.')
    .version(version)
    .showHelpAfterError('(logbook --help shows every command)')
    .exitOverride()
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      outputError: (text, write) => write(text.replace(/^error: /, 'logbook: ')),
    });
  const add = (name: string, description: string): Command =>
    withCommonOptions(program.command(name).description(description)).exitOverride();
  const question = (name: string, description: string): Command =>
    withFilterOptions(add(`${name} [query]`, description));

  add('init', 'creates an archive and prints its recovery code, once')
    .option('--name <name>', 'name of the archive (default: the folder’s)')
    .action(async (options) => finish(options, outcome(await init(options, terminal))));

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
    .action(async (options) => finish(options, await sync(options, terminal)));

  add('import <files...>', 'reads earlier exports: JSON, pages, NDJSON, CSV, .gz, folders').action(
    async (files, options) => finish(options, await runImport(files, options, terminal)),
  );

  question('search', 'lists matching entries, newest first')
    .option('--limit <n>', 'how many entries to show (default 100)')
    .option('--after <cursor>', 'goes on where an earlier answer ended (its “next”)')
    .action(async (query, options) => finish(options, outcome(await search(query, options, terminal))));

  question('count', 'counts matching entries').action(async (query, options) =>
    finish(options, outcome(await count(query, options, terminal))),
  );

  question('facets', 'counts the distinct values of a field among matching entries')
    .requiredOption('--by <field>', 'action, category, actor, team, target_type or ip')
    .option('--limit <n>', 'how many values (default: all)')
    .action(async (query, options) => finish(options, outcome(await facets(query, options, terminal))));

  question('histogram', 'counts matching entries over time')
    .requiredOption('--by <bucket>', 'minute, hour, day, week or month')
    .action(async (query, options) => finish(options, outcome(await histogram(query, options, terminal))));

  add('coverage', 'tells day by day what the archive holds and how completely')
    .option('--from <date>', 'first UTC day')
    .option('--to <date>', 'last UTC day')
    .action(async (options) => finish(options, outcome(await coverage(options, terminal))));

  question('detect', 'runs the rules over matching entries')
    .option('--rule <id>', 'runs only this rule (may be repeated)', collect)
    .action(async (query, options) => finish(options, outcome(await runDetect(query, options, terminal))));

  add('rules', 'lists the rule catalogue').action((options) => finish(options, outcome(rules())));

  question('export', 'writes exactly the matching entries to a file')
    .requiredOption('--format <format>', EXPORT_FORMATS.join(', '))
    .requiredOption('--out <file>', 'file to write; it appears whole or not at all')
    .action(async (query, options) => finish(options, outcome(await runExport(query, options, terminal))));

  add('report', 'writes the review report as a PDF')
    .requiredOption('--template <name>', 'soc2')
    .requiredOption('--from <date>', 'first day of the period')
    .requiredOption('--to <date>', 'last day of the period')
    .requiredOption('--out <file>', 'PDF to write')
    .action(async (options) => finish(options, outcome(await report(options, terminal))));

  add('simulate', 'serves a made-up organisation as a local Jetty server, until stopped')
    .option('--port <n>', 'port on the loopback interface; 0 takes a free one', '0')
    .option('--entries <n>', 'entries in the whole history', '10000')
    .option('--days <n>', 'days of history', '90')
    .option('--seed <n>', 'the same seed gives the same organisation', '1')
    .option(
      '--incident <name>',
      'plants only this story (may be repeated; “none” for a quiet one; default: all)',
      collect,
    )
    .option('--fault <name>', 'makes the server misbehave (may be repeated)', collect)
    .option('--plan <plan>', 'how long the server keeps entries: harbor, coastal or fleet', 'fleet')
    .action(async (options) => finish(options, outcome(await simulate(options, terminal))));

  return program;
}
