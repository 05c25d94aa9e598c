import type { Content, TableCell } from 'pdfmake/interfaces';
import type { Desk, SectionHead } from './blocks.ts';
import {
  criterionWidth,
  exceptionName,
  exceptionsInWords,
  findingTitle,
  paragraph,
  sectionHead,
  spanCell,
  styled,
} from './blocks.ts';
import { ENTRY_HEADS, ENTRY_WIDTHS, entryRow } from './entry-rows.ts';
import { appendixTarget, beyond, dayOf, entriesOf, MOST_EXCEPTIONS } from './exception-entries.ts';
import { capital, counted, number } from './format.ts';
import type { ReportEntry, ReportException, ReportModel } from './model.ts';
import { decisionText, setAsideTables } from './set-aside-tables.ts';
import { columnWidths, listTables } from './tables.ts';
import { DENSE, INK, SIZE } from './theme.ts';

// A list in print has an end: what is beyond it is counted, named and whole in the attached file.
const MOST_CHANGES = 1_000;
const MOST_IDS = 6;

const exceptionWidths = (model: ReportModel) => [26, '*', criterionWidth(model, model.term.many), 120, 76] as const;
const whatWidth = (model: ReportModel) => columnWidths(exceptionWidths(model))[1] ?? 190;

/** Every finding of medium or above in the period, in order of weight; the others are counted. */
export function exceptions(desk: Desk, head: SectionHead): Content[] {
  const { model } = desk;
  if (model.exceptions.length === 0) {
    return [
      ...sectionHead(head, 'No rule found an exception in the period.'),
      paragraph(
        'This says that none of the rules listed under “Monitoring” found anything of medium severity or above, and no more than that.',
      ),
      ...setAsideTables(desk),
    ];
  }
  return [
    ...sectionHead(
      head,
      `${exceptionsInWords(model.exceptions)}. In order of weight. An exception is what rules noticed of one happening, of medium severity or above: it calls for an evaluation and is not yet a conclusion.`,
    ),
    ...whatIsWhere(desk),
    ...listTables({
      ...(model.exceptions.length > MOST_EXCEPTIONS ? { title: { text: 'Exceptions in full', style: 'h3' } } : {}),
      head: ['No.', 'What happened', capital(model.term.many), 'Rule and technique', 'First and last'],
      widths: exceptionWidths(model),
      rows: model.exceptions.slice(0, MOST_EXCEPTIONS).map((exception) => exceptionRow(desk, exception)),
    }),
    ...setAsideTables(desk),
  ];
}

/** Where not all are listed one by one: all of them by rule, and where each is. */
function whatIsWhere(desk: Desk): Content[] {
  const { exceptions: all, period } = desk.model;
  if (all.length <= MOST_EXCEPTIONS) return [];
  const rules = [...Map.groupBy(all, ({ finding }) => finding.rule)];
  return [
    paragraph(
      `All ${number(all.length)} are counted here by rule. E-1 to E-${MOST_EXCEPTIONS}, those of most weight, follow in full; ${beyond(all)}`,
    ),
    ...listTables({
      title: { text: 'All exceptions, by rule', style: 'h3', margin: [0, 8, 0, 0] },
      head: ['Rule', 'What it notices', 'First', 'Last', 'In full', 'All', 'Entries'],
      widths: [112, '*', 56, 56, 34, 38, 42],
      right: [4, 5, 6],
      layout: DENSE,
      rows: rules.map(([rule, group]): TableCell[] => [
        styled(desk, rule, { mono: true, size: 7, width: 110, most: 120 }) as TableCell,
        styled(desk, group[0]?.finding.title ?? '', { size: SIZE.cell, width: 130, most: 160 }) as TableCell,
        { text: dayOf(Math.min(...group.map(({ finding }) => finding.first)), period.zone) },
        { text: dayOf(Math.max(...group.map(({ finding }) => finding.last)), period.zone) },
        { text: number(group.filter((one) => one.number <= MOST_EXCEPTIONS).length) },
        { text: number(group.length) },
        { text: number(entriesOf(group)) },
      ]),
    }),
    { text: ' ', fontSize: 8 },
  ];
}

function exceptionRow(desk: Desk, exception: ReportException): TableCell[] {
  const { finding, entries } = exception;
  const { zone } = desk.model.period;
  const decided = decisionText(finding, zone);
  const version = desk.model.rules.find(({ rule }) => rule.id === finding.rule)?.rule.version;
  const rule: Content[] = [
    styled(desk, finding.rule, { mono: true, size: 7, width: 118, most: 120 }),
    { text: version === undefined ? 'version not known' : `version ${version}`, style: 'fine' },
  ];
  if (finding.technique !== null) {
    const { id, name, attackVersion } = finding.technique;
    rule.push(
      styled(desk, `${id} ${name}`, { size: SIZE.cell, width: 118, most: 120 }),
      styled(desk, `ATT&CK ${attackVersion}`, { size: SIZE.fine, width: 118, most: 40, color: INK.text3 }),
    );
  }
  return [
    { text: exceptionName(exception), bold: true },
    {
      stack: [
        findingTitle(desk, finding, whatWidth(desk.model)),
        {
          ...(styled(desk, finding.why, { size: SIZE.cell, width: whatWidth(desk.model), most: 2_000 }) as object),
          margin: [0, 2, 0, 3],
        } as Content,
        ...(decided === null
          ? []
          : [
              {
                ...(styled(desk, decided, { size: SIZE.cell, width: whatWidth(desk.model), most: 800 }) as object),
                margin: [0, 0, 0, 3],
              } as Content,
            ]),
        entryReference(desk, exception, entries),
      ],
    },
    {
      stack:
        exception.criteria.length === 0
          ? [{ text: 'none', color: INK.text3 }]
          : exception.criteria.map((id) => ({ text: id })),
    },
    { stack: rule },
    { stack: spanCell(finding.first, finding.last, zone) },
  ];
}

function entryReference(desk: Desk, exception: ReportException, entries: readonly ReportEntry[]): Content {
  const ids = entries.slice(0, MOST_IDS).map((entry) => entry.id);
  const more = entries.length - ids.length;
  const link = { linkToDestination: appendixTarget(exception), color: INK.accent };
  return {
    stack: [
      {
        text: [
          { text: `${counted(entries.length, 'entry', 'entries')}, appendix A, page `, ...link },
          { pageReference: appendixTarget(exception), ...link },
        ],
        fontSize: SIZE.fine,
      },
      styled(desk, ids.join('  '), {
        mono: true,
        size: 6.6,
        width: whatWidth(desk.model),
        most: 600,
        color: INK.text3,
      }),
      ...(more > 0 ? [{ text: `and ${number(more)} more`, fontSize: SIZE.fine, color: INK.text3 }] : []),
    ],
  } as Content;
}

/** Who was given or denied what: every change, by kind. */
export function privileged(desk: Desk, head: SectionHead): Content[] {
  const { model } = desk;
  const { groups, total, routine } = model.privileged;
  const out = sectionHead(
    head,
    total === 0
      ? 'No change of roles, members, tokens, second factors, allow-lists, teams or payment methods in the period.'
      : `${counted(total, 'change', 'changes')} of roles, members, tokens, second factors, allow-lists, teams and payment methods, by kind and in order of time. Times are in ${model.period.zone}.`,
  );
  out.push(
    ...listTables({
      head: ['Kind', 'Changes'],
      widths: ['*', 70],
      right: [1],
      layout: DENSE,
      rows: [
        ...groups.map((group): TableCell[] => [{ text: group.title }, { text: number(group.entries.length) }]),
        [
          { text: 'All', bold: true },
          { text: number(total), bold: true },
        ],
      ],
    }),
  );
  if (routine > 0) {
    out.push(
      paragraph(
        `${counted(routine, 'routine entry', 'routine entries')} of the same categories (profiles updated, passwords changed) ${routine === 1 ? 'is' : 'are'} counted under “Activity” and not listed here.`,
        5,
      ),
    );
  }
  let room = MOST_CHANGES;
  for (const group of groups) {
    if (group.entries.length === 0) continue;
    const shown = group.entries.slice(0, Math.max(0, room));
    room -= shown.length;
    if (shown.length > 0) {
      out.push(
        ...listTables({
          title: {
            text: `${group.title}: ${counted(group.entries.length, 'change', 'changes')}`,
            style: 'h3',
            margin: [0, 10, 0, 2],
          },
          head: ENTRY_HEADS,
          widths: ENTRY_WIDTHS,
          rows: shown.map((entry) => entryRow(desk, entry)),
        }),
      );
    }
    const left = group.entries.length - shown.length;
    if (left > 0)
      out.push(
        paragraph(
          `${counted(left, 'further change', 'further changes')} under “${group.title}” in privileged-changes.csv, inside this PDF.`,
          4,
        ),
      );
  }
  return out;
}
