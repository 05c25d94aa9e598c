import type { Command } from 'commander';
import { type Outcome, outcome } from './answer.ts';
import { type CheckOptions, check } from './commands/check.ts';
import { type AddHoldOptions, addHold, listHolds, releaseHold } from './commands/hold.ts';
import { type RetentionOptions, retention } from './commands/retention.ts';
import type { CommonOptions } from './common-options.ts';
import { withFilterOptions } from './filter-options.ts';
import type { Terminal } from './terminal.ts';

type Run<O> = (options: O, positional: readonly string[]) => Outcome | Promise<Outcome>;

/** What is kept, and whether it is whole. `add` makes a command with the options all have, `on` lets it run. */
export function addKeepingCommands(
  add: (name: string, description: string, parent?: Command) => Command,
  on: <O extends CommonOptions>(command: Command, run: Run<O>) => Command,
  terminal: Terminal,
): void {
  on<RetentionOptions>(
    add('retention', 'how long entries are kept in this archive (for good, unless said otherwise)')
      .option('--keep <time>', 'sets it: 400d, 18m, 7y, or off')
      .option('--apply', 'deletes what is older, legal holds excepted; a tombstone stays for each')
      .option('--yes', 'yes, it is gone for good')
      .option('--by <name>', 'who says so, for the archive’s journal (the system’s user)'),
    async (options) => outcome(await retention(options, terminal)),
  );

  const hold = add('hold', 'keeps entries from being deleted, whatever the retention');
  on<AddHoldOptions>(
    withFilterOptions(add('add [query...]', 'places a legal hold on the matching entries', hold))
      .requiredOption('--reason <why>', 'why: a case, a letter')
      .option('--by <name>', 'who says so, for the archive’s journal (the system’s user)'),
    async (options, query) => outcome(await addHold(query.join(' '), options, terminal)),
  );
  on(add('list', 'lists the holds', hold), async (options) => outcome(await listHolds(options, terminal)));
  on<CommonOptions & { readonly by?: string }>(
    add('release <id...>', 'ends a hold', hold).option(
      '--by <name>',
      'who says so, for the archive’s journal (the system’s user)',
    ),
    async (options, ids) => outcome(await releaseHold(ids.join(' '), options, terminal)),
  );

  on<CheckOptions>(
    add('check', 'compares what answers are made from with the raw bytes, and checks the file').option(
      '--repair',
      'makes the columns anew from the raw bytes first',
    ),
    (options) => check(options, terminal),
  );
}
