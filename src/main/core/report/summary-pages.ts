import type { Content, TableCell } from 'pdfmake/interfaces';
import type { Severity } from '../../../shared/finding.ts';
import type { Desk, SectionHead } from './blocks.ts';
import {
  criterionWidth,
  exceptionName,
  leadText,
  marked,
  paragraph,
  sampledInWords,
  sectionHead,
  statesInWords,
  styled,
  subhead,
} from './blocks.ts';
import { barsOf, coverageStrip, severityBars, volumeInWords, volumeStrip } from './charts.ts';
import { completenessStatement } from './completeness.ts';
import { capital, counted, dayRange, listed, number, shortDay, stamp } from './format.ts';
import { clearMark, dashMark, severityMark } from './marks.ts';
import type { CriterionEvidence, ReportModel } from './model.ts';
import { listTables } from './tables.ts';
import { CONTENT_WIDTH, INK, NOTICE, RULED, SIZE } from './theme.ts';

/** One page for those who read one page. */
export function summary(desk: Desk, head: SectionHead): Content[] {
  const { model } = desk;
  return [
    ...sectionHead(head),
    leadText(summarySentence(model)),
    figures(model),
    ...afterPeriod(desk),
    subhead(`By ${model.term.one}`, 14),
    ...listTables({
      head: [capital(model.term.one), 'What was looked at', 'Entries', 'Exceptions', 'Result'],
      widths: [criterionWidth(model), '*', 54, 54, 92],
      right: [2, 3],
      rows: model.criteria.map((criterion): TableCell[] => [
        { text: criterion.id, bold: true, linkToDestination: 'criteria' },
        { text: criterion.looksAt },
        { text: number(criterion.entries) },
        { text: number(criterion.exceptions.length) },
        resultOf(criterion) as TableCell,
      ]),
    }),
    // Together, so that no chart is left alone on a page where many criteria leave no room for all.
    {
      unbreakable: true,
      stack: [
        subhead('Coverage of the period', 12),
        { svg: coverageStrip(model.coverage.days), alt: completenessStatement(model.coverage) } as Content,
        paragraph(completenessStatement(model.coverage), 2),
        charts(model),
      ],
    },
  ];
}

const LEFT_CHART = 310;
const RIGHT_CHART = CONTENT_WIDTH - LEFT_CHART - 28;
const GRAVE: readonly Severity[] = ['critical', 'high', 'medium'];

/** How much happened when, and how grave what was found is. */
function charts(model: ReportModel): Content {
  const bars = barsOf(model.activity.byDay);
  const incomplete = new Set(model.coverage.days.filter((d) => d.state !== 'complete').map((d) => d.day));
  const counts = GRAVE.map(
    (severity) => [severity, model.exceptions.filter((e) => e.finding.severity === severity).length] as const,
  );
  const { period } = model;
  return {
    columnGap: 28,
    columns: [
      {
        width: LEFT_CHART,
        stack: [
          subhead(`Entries per ${bars.unit}`, 8),
          { svg: volumeStrip(bars, incomplete, 42, LEFT_CHART), alt: volumeInWords(bars) } as Content,
          {
            columns: [
              { text: shortDay(period.fromDay), width: '*' },
              { text: shortDay(period.toDay), alignment: 'right', width: '*' },
            ],
            style: 'fine',
            margin: [0, 3, 0, 0],
          },
        ],
      },
      {
        width: RIGHT_CHART,
        stack: [
          subhead('Exceptions by severity', 8),
          {
            svg: severityBars(counts, RIGHT_CHART),
            alt: `Bar chart of exceptions by severity: ${listed(counts.map(([severity, n]) => `${n} ${severity}`))}.`,
          } as Content,
        ],
      },
    ],
  } as Content;
}

function summarySentence(model: ReportModel): string {
  const { period, population, exceptions, privileged } = model;
  const range = dayRange(period.fromDay, period.toDay);
  if (population.count === 0) {
    return `The archive holds no entry for ${range}. ${completenessStatement(model.coverage)} Where days are not complete, the absence of entries proves nothing.`;
  }
  const bearing = model.criteria.filter((c) => c.exceptions.length > 0 && !c.everyRule).map((c) => c.id);
  const found =
    exceptions.length === 0
      ? 'No rule found an exception.'
      : `The rules found ${counted(exceptions.length, 'exception', 'exceptions')}${bearing.length > 0 ? `, bearing on ${listed(bearing)}` : ''}.`;
  return `Evidence in support of ${counted(model.criteria.length, model.term.one, model.term.many)}, drawn from all ${counted(population.count, 'entry', 'entries')} of ${range}; ${sampledInWords(model)}. ${found} ${counted(privileged.total, 'privileged change is', 'privileged changes are')} listed.`;
}

function figures(model: ReportModel): Content {
  const { population, exceptions, coverage, privileged, period } = model;
  const grave = exceptions.filter((e) => e.finding.severity === 'critical' || e.finding.severity === 'high').length;
  const boxes: [string, string][] = [
    [number(population.count), `entries in ${counted(period.days, 'day', 'days')}, the whole population`],
    [number(exceptions.length), `exceptions, ${number(grave)} of them critical or high`],
    [
      `${coverage.states.complete} of ${coverage.days.length}`,
      coverage.days.length === coverage.states.complete
        ? 'days complete'
        : `days complete; ${statesInWords(model).replace(/^\d+ complete, /, '')}`,
    ],
    [number(privileged.total), 'privileged changes, each listed'],
  ];
  const width = CONTENT_WIDTH / boxes.length;
  const height = 60;
  return {
    stack: [
      {
        canvas: [
          {
            type: 'rect',
            x: 0.4,
            y: 0,
            w: CONTENT_WIDTH - 0.8,
            h: height,
            r: 6,
            lineColor: INK.lineStrong,
            lineWidth: 0.75,
          },
          ...boxes.slice(1).map((_, i) => ({
            type: 'line' as const,
            x1: width * (i + 1),
            x2: width * (i + 1),
            y1: 0,
            y2: height,
            lineColor: INK.line,
            lineWidth: 0.75,
          })),
        ],
      },
      {
        relativePosition: { x: 0, y: -height + 9 },
        columns: boxes.map(([figure, label]) => ({
          width,
          margin: [11, 0, 9, 0],
          stack: [
            { text: figure, fontSize: 15, bold: true, characterSpacing: -0.25, lineHeight: 0.95 },
            { text: label, fontSize: 7.8, color: INK.text2, margin: [0, 1, 0, 0] },
          ],
        })),
      },
    ],
  } as Content;
}

/** A shape and a word; a criterion without a rule is listed, which is less than tested. */
export function resultOf(criterion: CriterionEvidence): Content {
  const n = criterion.exceptions.length;
  if (criterion.worst !== null) return marked(severityMark(criterion.worst), n === 1 ? 'exception' : 'exceptions');
  if (criterion.rules.length === 0) return marked(dashMark(), 'listed, no rule');
  return marked(clearMark(), 'no exception');
}

// The summary has one page: what happened later is named here, and told by the report of its own period.
const MOST_AFTER = 2;
const LONGEST_AFTER = 160;

function afterPeriod(desk: Desk): Content[] {
  const { model } = desk;
  const found = model.afterPeriod;
  if (found.length === 0) return [];
  const shown = found.slice(0, MOST_AFTER);
  const more = found.length - shown.length;
  const stack: Content[] = shown.map((finding, i) => ({
    margin: [0, i === 0 ? 0 : 4, 0, 0],
    stack: [
      marked(severityMark(finding.severity), { text: stamp(finding.first, model.period.zone), bold: true }),
      {
        text: desk.set(`${finding.title}. ${finding.why}`, {
          size: SIZE.cell,
          width: CONTENT_WIDTH - 30,
          most: LONGEST_AFTER,
        }),
        margin: [0, 2, 0, 0],
      },
    ],
  }));
  if (more > 0) {
    stack.push({
      text: `${counted(more, 'further critical or high finding', 'further critical or high findings')} after the period.`,
      margin: [0, 4, 0, 0],
    });
  }
  return [
    {
      unbreakable: true,
      stack: [
        subhead('Events after the period', 14),
        { layout: NOTICE, style: 'cell', table: { widths: ['*'], body: [[{ stack }]] } },
      ],
    },
  ];
}

/** `E-1 to E-4, E-7`. */
export function exceptionRanges(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const n of numbers) {
    const last = ranges.at(-1);
    if (last && n === last[1] + 1) last[1] = n;
    else ranges.push([n, n]);
  }
  return ranges
    .flatMap(([from, to]) => {
      const [first, last] = [exceptionName({ number: from }), exceptionName({ number: to })];
      if (from === to) return [first];
      return to === from + 1 ? [first, last] : [`${first} to ${last}`];
    })
    .join(', ');
}

/** What each criterion rests on, and what this log cannot say about it. */
export function criteria(desk: Desk, head: SectionHead): Content[] {
  const { model } = desk;
  const width = criterionWidth(model);
  const ruleTitle = new Map(model.rules.map(({ rule }) => [rule.id, rule.title]));
  return [
    ...sectionHead(head, `What this log shows in support of each ${model.term.one}, and what it cannot show.`),
    ...listTables({
      head: [capital(model.term.one), 'What the log shows', 'What it cannot show'],
      widths: [width, '*', 160],
      layout: CLOSER,
      rows: model.criteria.map((criterion): TableCell[] => [
        { text: criterion.id, bold: true },
        {
          stack: [
            { text: criterion.title, bold: true },
            { text: criterion.shows, margin: [0, 1, 0, 1], fontSize: CLOSE },
            styled(desk, basisOf(criterion, ruleTitle), {
              size: SIZE.fine,
              width: 300 - width,
              color: INK.text3,
              most: 900,
            }),
          ],
        },
        { text: criterion.cannotShow, fontSize: CLOSE },
      ]),
    }),
  ];
}

const CLOSE = 7.7;
const CLOSER = { ...RULED, paddingTop: () => 3, paddingBottom: () => 3 };

// A list of thirty rules is not read; which rule bears on what is in the section on rules.
const MOST_RULES = 6;

function basisOf({ rules, everyRule, exceptions, entries }: CriterionEvidence, titles: ReadonlyMap<string, string>) {
  const named = rules.slice(0, MOST_RULES).map((id) => titles.get(id) ?? id);
  const more = rules.length - named.length;
  const ran = everyRule
    ? `all ${counted(rules.length, 'rule', 'rules')}`
    : rules.length === 0
      ? 'no rule'
      : `${counted(rules.length, 'rule', 'rules')}: ${named.join('; ')}${more > 0 ? `; and ${more} more, each in section 9` : ''}`;
  const found =
    exceptions.length === 0
      ? 'no exception'
      : `${exceptions.length === 1 ? 'exception' : 'exceptions'} ${exceptionRanges(exceptions)}`;
  return `${counted(entries, 'entry', 'entries')} · ${found} · ${ran}`;
}
