import { PHASE_NAMES } from '../../../shared/case.ts';
import { CASE_LINES, type ReadLine } from './case-lines.ts';

/** What a line of a case did, in words. */
export function caseLineWords(line: ReadLine): string {
  switch (line.kind) {
    case CASE_LINES.opened:
      return `Opened “${line.body.title}”`;
    case CASE_LINES.updated:
      return `Changed ${Object.keys(line.body.fields).join(', ')}`;
    case CASE_LINES.status:
      return `Is ${line.body.status}${line.body.reason ? `: ${line.body.reason}` : ''}`;
    case CASE_LINES.clock:
      return `Clock “${line.body.name}”, ${line.body.hours} h`;
    case CASE_LINES.clockMet:
      return `Met the clock ${line.body.clock}: ${line.body.note}`;
    case CASE_LINES.filed:
      return `Filed ${things(line.body.findings.length, 'finding')}`;
    case CASE_LINES.pinned:
      return `Pinned ${things(line.body.entries.length, 'entry', 'entries')}`;
    case CASE_LINES.unpinned:
      return `Took ${things(line.body.events.length, 'event')} out of the timeline`;
    case CASE_LINES.classified: {
      const { phase, technique, events } = line.body;
      const said = [
        ...(phase === undefined ? [] : [phase === null ? 'no phase' : PHASE_NAMES[phase]]),
        ...(technique === undefined ? [] : [technique ?? 'no technique']),
      ];
      return `${things(events.length, 'event')}: ${said.join(', ')}`;
    }
    case CASE_LINES.noted:
      return line.body.event === null ? 'Noted beside the case' : `Noted beside ${line.body.event}`;
    case CASE_LINES.manual:
      return `Wrote down “${line.body.title}”`;
    case CASE_LINES.foreign:
      return `Brought in ${things(line.body.lines.length, 'line')} of ${line.body.file}`;
    case CASE_LINES.undone:
      return `Took line ${line.body.line} back`;
    case CASE_LINES.seeds:
      return `${line.body.set ? 'Starts' : 'No longer starts'} from ${line.body.seeds.map(({ kind, value }) => `${kind} ${value}`.trim()).join(', ')}`;
    case CASE_LINES.thing:
      return `${line.body.kind} ${line.body.value}: ${line.body.verdict ?? 'undecided'}`;
    case CASE_LINES.entries:
      return `${things(line.body.entries.length, 'entry', 'entries')}: ${line.body.verdict ?? 'undecided'}`;
    case CASE_LINES.remedy:
      return `${line.body.remedy} of ${line.body.value}: ${line.body.verdict ?? 'undecided'}`;
    case CASE_LINES.watch:
      return `${line.body.on ? 'Watches' : 'No longer watches'} ${line.body.label}`;
    case CASE_LINES.seen:
      return `${line.body.label} was seen again, ${things(line.body.entries, 'entry', 'entries')}${line.body.reopened ? '; opened again' : ''}`;
    case CASE_LINES.story:
      return 'Wrote the story';
    case CASE_LINES.exported:
      return `Exported ${things(line.body.events, 'event')} (${line.body.format})`;
  }
}

function things(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
