import type { Content, TableCell } from 'pdfmake/interfaces';
import type { ScopeThing } from '../../../../shared/case-schema.ts';
import { sectionHead, spanCell, styled } from '../blocks.ts';
import { counted, stamp } from '../format.ts';
import { columnWidths, listTables } from '../tables.ts';
import { SIZE } from '../theme.ts';
import type { IncidentSheet } from './incident-model.ts';
import { KIND_NAMES, REMEDY_WORDS, SCOPE_STATE_WORDS } from './incident-words.ts';

const SCOPE_WIDTHS = [62, '*', 168, 92] as const;
const REMEDY_WIDTHS = ['*', 120, 150] as const;

/** What the incident reached: things that were taken in, and those that were left out and are named all the same. */
export function scopePages(sheet: IncidentSheet): Content[] {
  const { scope } = sheet.model;
  const inside = scope.things.filter((thing) => thing.state !== 'rejected');
  const outside = scope.things.length - inside.length;
  const widths = columnWidths(SCOPE_WIDTHS);
  const lead =
    inside.length === 0
      ? 'Nothing was put in scope.'
      : `${counted(scope.total, 'entry', 'entries')} in scope, computed in ${counted(scope.steps, 'step', 'steps')} from what the case began with.${
          outside === 0
            ? ''
            : ` ${counted(outside, 'thing was', 'things were')} left out by hand; scope.csv names them.`
        }`;
  return [
    ...sectionHead({ id: 'scope', mark: sheet.model.detail.id, title: 'Scope' }, lead),
    ...listTables({
      head: ['Kind', 'Which', 'Why', 'First and last sign'],
      widths: SCOPE_WIDTHS,
      rows: inside.map((thing): TableCell[] => [
        { text: KIND_NAMES[thing.kind] },
        { stack: thingCell(sheet, thing, widths[1] ?? 150) },
        styled(sheet, thing.reasons.join(' '), { size: SIZE.cell, width: widths[2] ?? 168, most: 900 }) as TableCell,
        thing.first === null || thing.last === null
          ? { text: 'none' }
          : { stack: spanCell(thing.first, thing.last, sheet.model.period.zone) },
      ]),
    }),
  ];
}

function thingCell(sheet: IncidentSheet, thing: ScopeThing, width: number): Content[] {
  const fine = (text: string): Content => styled(sheet, text, { size: SIZE.fine, width, most: 400 });
  return [
    styled(sheet, thing.label, { size: SIZE.cell, width, bold: true, most: 300 }),
    ...(thing.label === thing.value ? [] : [fine(thing.value)]),
    fine(`${counted(thing.entries, 'entry', 'entries')}, ${SCOPE_STATE_WORDS[thing.state]}`),
    ...(thing.standing === null ? [] : [fine(thing.standing.words)]),
  ];
}

/** What should have followed, and whether the log shows it. */
export function remedyPages(sheet: IncidentSheet): Content[] {
  const { remedies, period } = sheet.model;
  const head = sectionHead(
    { id: 'remediation', mark: sheet.model.detail.id, title: 'Remediation' },
    remedies.length === 0
      ? 'Nothing in scope calls for a remedy that the log would show.'
      : 'What should follow for everything in scope, looked for in the log.',
  );
  const widths = columnWidths(REMEDY_WIDTHS);
  const rows = listTables({
    head: ['What should follow', 'State', 'When and by whom'],
    widths: REMEDY_WIDTHS,
    rows: remedies.map((check): TableCell[] => {
      const lines = [
        ...(check.done === null ? [] : [`${stamp(check.done.at, period.zone)}, ${check.done.by}`]),
        ...(check.undone === null ? [] : [`taken back ${stamp(check.undone.at, period.zone)}, ${check.undone.by}`]),
        ...(check.note === null || check.note === '' ? [] : [check.note]),
      ];
      return [
        styled(sheet, check.words, { size: SIZE.cell, width: widths[0] ?? 200, most: 300 }) as TableCell,
        { text: REMEDY_WORDS[check.state], bold: check.state === 'missing' || check.state === 'undone' },
        { stack: lines.map((line) => styled(sheet, line, { size: SIZE.cell, width: widths[2] ?? 150, most: 600 })) },
      ];
    }),
  });
  return [...head, ...rows];
}
