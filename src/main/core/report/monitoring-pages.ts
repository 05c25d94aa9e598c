import type { Content, TableCell } from 'pdfmake/interfaces';
import type { RuleInfo } from '../../../shared/finding.ts';
import type { Desk, SectionHead } from './blocks.ts';
import { criterionWidth, paragraph, sectionHead, styled } from './blocks.ts';
import { capital, counted, dayRange, number } from './format.ts';
import type { ReportModel, RuleRun } from './model.ts';
import { columnWidths, listTables } from './tables.ts';
import { DENSE, INK, SIZE } from './theme.ts';

const widthsOf = (model: ReportModel) => ['*', 40, criterionWidth(model, model.term.many), 80, 34, 40, 48] as const;
const quietWidthsOf = (model: ReportModel) =>
  ['*', 40, Math.max(LISTED, criterionWidth(model, model.term.many)), 46, 34] as const;
// Room for three ids of most frameworks on a line.
const LISTED = 84;

/** Which rules watched over the period, in which version: those that noticed something with what they look for, then the others. */
export function monitoring(desk: Desk, head: SectionHead): Content[] {
  const { rules, period } = desk.model;
  if (rules.length === 0) {
    return [...sectionHead(head), paragraph('No rule ran: this report lists entries and does not test them.')];
  }
  const run = rules.filter(({ rule }) => rule.enabled);
  const off = rules.filter(({ rule }) => !rule.enabled);
  const found = run.filter(({ noticed }) => noticed > 0);
  const quiet = run.filter(({ noticed }) => noticed === 0);
  const lead = `${counted(run.length, 'rule', 'rules')} ran over the entries of ${dayRange(period.fromDay, period.toDay)}${off.length > 0 ? `; ${counted(off.length, 'rule is', 'rules are')} switched off` : ''}. ${number(found.length)} noticed something, ${number(quiet.length)} did not. rules.csv, inside this PDF, says of each what it looks for.`;
  return [
    ...sectionHead(head, lead),
    ...(found.length === 0 ? [] : foundTable(desk, found)),
    ...quietTable(desk, 'Rules that noticed nothing', quiet),
    ...quietTable(desk, 'Rules that are switched off', off),
  ];
}

function foundTable(desk: Desk, rules: readonly RuleRun[]): Content[] {
  const widths = widthsOf(desk.model);
  const [what = 150, , criteria, technique = 80] = columnWidths(widths);
  return listTables({
    title: { text: 'Rules that noticed something', style: 'h3' },
    head: ['Rule', 'Severity', capital(desk.model.term.many), 'Technique', 'Version', 'Findings', 'Exceptions'],
    widths,
    right: [4, 5, 6],
    rows: rules.map(({ rule, noticed, exceptions }): TableCell[] => [
      {
        stack: [
          styled(desk, rule.title, { size: SIZE.cell, width: what - 2, bold: true, most: 160 }),
          {
            ...(styled(desk, rule.description, {
              size: SIZE.fine,
              width: what - 2,
              most: 500,
              color: INK.text2,
            }) as object),
            margin: [0, 1, 0, 1],
          } as Content,
          styled(desk, rule.id, { mono: true, size: 6.8, width: what - 2, most: 120, color: INK.text3 }),
        ],
      },
      { text: rule.severity },
      styled(desk, bearsOn(desk.model, rule), { size: SIZE.cell, width: criteria ?? 70, most: 300 }) as TableCell,
      { stack: techniqueOf(desk, rule, technique) },
      { text: number(rule.version) },
      { text: number(noticed) },
      { text: number(exceptions) },
    ]),
  });
}

function techniqueOf(desk: Desk, { technique }: RuleInfo, width: number): Content[] {
  if (technique === null) return [];
  const { id, name, attackVersion } = technique;
  return [
    styled(desk, `${id} ${name}`, { size: SIZE.cell, width, most: 100 }),
    styled(desk, `ATT&CK ${attackVersion}`, { size: SIZE.fine, width, most: 40, color: INK.text3 }),
  ];
}

/** A line each: what a rule that noticed nothing looks for is in the file. */
function quietTable(desk: Desk, title: string, rules: readonly RuleRun[]): Content[] {
  if (rules.length === 0) return [];
  const widths = quietWidthsOf(desk.model);
  const [name = 250, , criteria = LISTED] = columnWidths(widths);
  return listTables({
    title: { text: title, style: 'h3', margin: [0, 12, 0, 0] },
    head: ['Rule', 'Severity', capital(desk.model.term.many), 'Technique', 'Version'],
    widths,
    right: [4],
    layout: DENSE,
    rows: rules.map(({ rule }): TableCell[] => [
      {
        text: [
          styled(desk, rule.title, { size: SIZE.cell, width: name, most: 160 }),
          { text: '   ' },
          styled(desk, rule.id, { mono: true, size: 6.6, width: name, most: 120, color: INK.text3 }),
        ],
      } as TableCell,
      { text: rule.severity },
      styled(desk, bearsOn(desk.model, rule), { size: SIZE.fine, width: criteria, most: 300 }) as TableCell,
      styled(desk, rule.technique?.id ?? '', { size: SIZE.fine, width: 44, most: 40 }) as TableCell,
      { text: number(rule.version) },
    ]),
  });
}

/** The criteria that rest on a rule among others; one that rests on all rules says so itself. */
function bearsOn({ criteria }: ReportModel, { id }: RuleInfo): string {
  return criteria
    .filter((one) => one.rules.includes(id) && !one.everyRule)
    .map((one) => one.id)
    .join(', ');
}
