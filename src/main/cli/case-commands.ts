import type { Command } from 'commander';
import { CASE_STATUSES, PHASES, REMEDIES, SCOPE_KINDS, SEED_KINDS } from '../../shared/case.ts';
import { fail } from '../../shared/errors.ts';
import { SEVERITIES } from '../../shared/finding.ts';
import { CASE_FORMATS } from '../core/investigation/case-export.ts';
import { type Outcome, outcome } from './answer.ts';
import { DECISIONS, type DecideOptions, decideInCase } from './commands/case-decide.ts';
import { type ExportCaseOptions, runExportCase } from './commands/case-export.ts';
import { type OpenOptions, openCaseCommand } from './commands/case-open.ts';
import { checkCase, listAllCases, type ScopeOptions, showCase, showScope } from './commands/case-read.ts';
import { type ReportCaseOptions, runReportCase } from './commands/case-report.ts';
import { type SetOptions, setCase } from './commands/case-set.ts';
import * as write from './commands/case-write.ts';
import type { CommonOptions } from './common-options.ts';
import { withFilterOptions } from './filter-options.ts';
import type { Terminal } from './terminal.ts';

type Run<O> = (options: O, positional: readonly string[]) => Outcome | Promise<Outcome>;

const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value];
const BY = ['--by <name>', 'who does it'] as const;
const PHASE = ['--phase <phase>', PHASES.join(', ')] as const;
const TECHNIQUE = ['--technique <id>', 'ATT&CK technique, such as T1078'] as const;

/** What stands after `logbook case`. `add` makes a command with the options all have, `on` lets it run. */
export function addCaseCommands(
  group: Command,
  add: (name: string, description: string, parent: Command) => Command,
  on: <O extends CommonOptions>(command: Command, run: Run<O>) => Command,
  terminal: Terminal,
): void {
  group.enablePositionalOptions();
  on(group, () => outcome(fail('bad_input', 'Nothing was asked of case.', 'logbook case --help shows what it does.')));
  on(add('list', 'lists cases, those not closed first', group), async (options) =>
    outcome(await listAllCases(options, terminal)),
  );
  on(add('show <case>', 'shows a case with its timeline, notes and history', group), async (options, [id = '']) =>
    outcome(await showCase(id, options, terminal)),
  );
  on<ScopeOptions>(
    add('scope <case>', 'computes what is in scope from where the case starts, and why', group)
      .option('--steps <n>', 'how far from the seeds (default: until nothing more is found)')
      .option('--entries', 'lists the entries in scope, too'),
    async (options, [id = '']) => outcome(await showScope(id, options, terminal)),
  );
  on(
    add('check <case>', 'looks in the log for what should follow: done, missing, undone', group),
    async (options, [id = '']) => outcome(await checkCase(id, options, terminal)),
  );
  on<OpenOptions>(
    add('open <title>', 'opens a case; from findings, their entries are pinned', group)
      .option('--severity <severity>', SEVERITIES.join(', '), 'medium')
      .option('--lead <name>', 'who leads it')
      .option('--aware <instant>', 'when it was noticed: an ISO instant')
      .option('--finding <id>', 'a finding that is filed into it (may be repeated)', collect)
      .requiredOption(...BY),
    async (options, [title = '']) => outcome(await openCaseCommand(title, options, terminal)),
  );
  on<SetOptions>(
    add('set <case>', 'changes what is said of a case, or moves it on', group)
      .option('--title <text>', 'another title')
      .option('--severity <severity>', SEVERITIES.join(', '))
      .option('--lead <name>', 'who leads it')
      .option('--summary <text>', 'what happened, in a few sentences')
      .option('--aware <instant>', 'when it was noticed: an ISO instant')
      .option('--contained <instant>', 'when it was contained: an ISO instant')
      .option('--status <status>', CASE_STATUSES.join(', '))
      .option('--reason <text>', 'why it is moved on; needed to open a closed one again')
      .option('--met <clock>', 'a clock that was met (gdpr-33), with --reason')
      .option('--clock <name>', 'a clock of your own, with --hours')
      .option('--hours <n>', 'how many hours from the time of awareness it runs')
      .requiredOption(...BY),
    async (options, [id = '']) => outcome(await setCase(id, options, terminal)),
  );
  on<write.PinOptions>(
    withFilterOptions(add('pin <case> [query...]', 'pins the matching entries to the timeline', group))
      .option(...PHASE)
      .option(...TECHNIQUE)
      .requiredOption(...BY),
    async (options, [id = '', ...query]) => outcome(await write.pinEntries(id, query.join(' '), options, terminal)),
  );
  on<write.EventOptions>(
    add('unpin <case> <events...>', 'takes events out of the timeline', group).requiredOption(...BY),
    async (options, [id = '', ...events]) => outcome(await write.unpinEvents(id, events, options, terminal)),
  );
  on<write.ClassifyOptions>(
    add('classify <case> <events...>', 'says of which phase and technique events are', group)
      .option(...PHASE)
      .option(...TECHNIQUE)
      .requiredOption(...BY),
    async (options, [id = '', ...events]) => outcome(await write.classifyEvents(id, events, options, terminal)),
  );
  on<write.NoteOptions>(
    add('note <case> <text>', 'writes a note beside the case or an event, or an event no log holds', group)
      .option('--event <id>', 'the event it stands beside (E-12.3)')
      .option('--at <instant>', 'makes it an event of its own, at this ISO instant')
      .option('--source <text>', 'where that is from: a call, a ticket')
      .requiredOption(...BY),
    async (options, [id = '', text = '']) => outcome(await write.noteCase(id, text, options, terminal)),
  );
  on<write.ForeignOptions>(
    add('import <case> <file>', 'brings in lines of another log (CSV, NDJSON), marked as such', group)
      .option('--time <column>', 'the column that holds the time (default: found)')
      .requiredOption(...BY),
    async (options, [id = '', file = '']) => outcome(await write.importForeign(id, file, options, terminal)),
  );
  on<write.SeedOptions>(
    add('seed <case> <value>', 'says what the scope starts from', group)
      .option('--kind <kind>', SEED_KINDS.join(', '), 'person')
      .option('--remove', 'the scope no longer starts from it')
      .requiredOption(...BY),
    async (options, [id = '', value = '']) => outcome(await write.seedCase(id, value, options, terminal)),
  );
  on<DecideOptions>(
    add('decide <case> <value>', 'says of a thing whether it is in scope, or of a remedy what the log cannot', group)
      .requiredOption('--as <verdict>', DECISIONS.join(', '))
      .option('--kind <kind>', `${SCOPE_KINDS.join(', ')}; where the value alone does not tell`)
      .option('--remedy <remedy>', `what should follow for it, as check names it: ${REMEDIES.join(', ')}`)
      .option('--note <text>', 'how it is known, or why it is not needed; of a remedy only')
      .requiredOption(...BY),
    async (options, [id = '', value = '']) => outcome(await decideInCase(id, value, options, terminal)),
  );
  on<write.WatchOptions>(
    add('watch <case> <value>', 'opens the case again when this shows up in later entries', group)
      .option('--kind <kind>', 'person, address, network, device or token', 'address')
      .option('--off', 'no longer')
      .requiredOption(...BY),
    async (options, [id = '', value = '']) => outcome(await write.watchThing(id, value, options, terminal)),
  );
  on<write.EventOptions>(
    add('story <case> <file>', 'sets the story from a text file; [E-12] cites an event', group).requiredOption(...BY),
    async (options, [id = '', file = '']) => outcome(await write.saveStory(id, file, options, terminal)),
  );
  on<write.EventOptions>(
    add('undo <case> <line>', 'takes a line of the case’s history back by a further one', group).requiredOption(...BY),
    async (options, [id = '', line = '']) => outcome(await write.undoLine(id, line, options, terminal)),
  );
  on<ReportCaseOptions>(
    add('report <case>', 'writes the incident report as a PDF', group)
      .requiredOption('--out <file>', 'PDF to write; it appears whole or not at all')
      .option('--by <name>', 'who writes it (default: the name of this account)'),
    async (options, [id = '']) => outcome(await runReportCase(id, options, terminal)),
  );
  on<ExportCaseOptions>(
    add('export <case>', 'writes the timeline, the incident finding or an evidence bundle', group)
      .requiredOption('--format <format>', [...CASE_FORMATS, 'bundle'].join(', '))
      .requiredOption('--out <file>', 'file to write; it appears whole or not at all')
      .option('--sidecar', 'writes FILE.json beside it: case, hash of the file, newest seal')
      .option('--recipient <key>', 'bundle: public key of age (age1…) that may open it (may be repeated)', collect)
      .option('--bundle-passphrase-file <file>', 'bundle: file whose first line opens it (else asked)'),
    async (options, [id = '']) => outcome(await runExportCase(id, options, terminal)),
  );
}
