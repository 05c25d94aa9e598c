import type { Content, TableCell } from 'pdfmake/interfaces';
import { CATEGORIES, type Category } from '../../../shared/action.ts';
import type { Desk, SectionHead } from './blocks.ts';
import { FACT_WIDTH, facts, headed, paragraph, sampledInWords, sectionHead, statesInWords, styled } from './blocks.ts';
import { barsOf, categoryRows } from './charts.ts';
import { completeness } from './completeness-pages.ts';
import { counted, dayRange, isoInstant, listed, number, shortDay, stamp, zoneText } from './format.ts';
import { ENTRY_FIELDS, type FieldCounts, type PopulationEnd, type ReportModel } from './model.ts';
import { listTables } from './tables.ts';
import { CATEGORY_NAME, DENSE, INK, SIZE } from './theme.ts';

/** Which entries were examined, from where, and how it is known that none is missing. */
export function scope(desk: Desk, head: SectionHead): Content[] {
  const { model } = desk;
  const { period, population, provenance } = model;
  const value = (text: string, mono = false): Content =>
    styled(desk, text, { size: mono ? 7.6 : SIZE.body, width: FACT_WIDTH, most: 300, mono });
  return [
    ...sectionHead(head, `Every entry of the period was examined; ${sampledInWords(model)}.`),
    facts([
      ['Organisation', value(model.organisation)],
      ['Archive', value(`${provenance.archiveName} (${provenance.archiveId})`)],
      ['Source', value(sourceText(model))],
      [
        'Period',
        `${dayRange(period.fromDay, period.toDay)}, ${counted(period.days, 'day', 'days')}, both ends included`,
      ],
      ['Time zone', zoneText(period.zone, period.fromMs, period.toMs)],
      ['Instants', value(`${isoInstant(period.fromMs)} to ${isoInstant(period.toMs)}`, true)],
    ]),
    headed(
      'Population',
      facts([
        ['Query', value(population.query, true)],
        [
          'Count again with',
          value(`logbook count --from ${period.fromDay} --to ${period.toDay} --tz ${period.zone}`, true),
        ],
        ['Entries', number(population.count)],
        ['First entry', endText(desk, population.first)],
        ['Last entry', endText(desk, population.last)],
        ['SHA-256 of the ids', styled(desk, population.sha256, { mono: true, size: 7.2, width: FACT_WIDTH, most: 64 })],
      ]),
      12,
    ),
    headed('What the entries say', paragraph(fieldsSentence(model)), 12),
    ...completeness(desk),
  ];
}

const FIELD_WORDS: Readonly<Record<keyof FieldCounts, string>> = {
  actor: 'who acted',
  action: 'what was done',
  target: 'on what',
  address: 'from which address',
  agent: 'with which program',
  team: 'in which team',
};

function fieldsSentence({ fields, population }: ReportModel): string {
  const { count } = population;
  if (count === 0) return 'There is no entry in the period.';
  const whole = ENTRY_FIELDS.filter((field) => fields[field] === count).map((field) => FIELD_WORDS[field]);
  const part = ENTRY_FIELDS.filter((field) => fields[field] < count).map(
    (field) => `${FIELD_WORDS[field]} (${number(fields[field])})`,
  );
  const partly = part.length === 0 ? '' : ` Some do not say ${listed(part)}; in brackets, how many do.`;
  return `Every entry says ${listed(['when', ...whole])}.${partly}`;
}

function sourceText({ provenance, period }: ReportModel): string {
  const host =
    provenance.host === null
      ? 'Jetty’s audit log'
      : `Jetty’s audit log at ${provenance.host.replace(/^https?:\/\//, '')}`;
  const plan = provenance.plan === null ? '' : `, plan ${provenance.plan}`;
  const sync = provenance.lastSync === null ? '' : `; last fetched ${stamp(provenance.lastSync, period.zone)}`;
  return `${host}${plan}${sync}`;
}

function endText(desk: Desk, end: PopulationEnd | null): Content {
  if (end === null) return { text: 'none' };
  return {
    text: [
      { text: `${stamp(end.ts, desk.model.period.zone)}   ` },
      styled(desk, end.id, { mono: true, size: 7.4, width: 200, most: 200, color: INK.text2 }),
    ],
  };
}

/** What happened, counted: by category over time, and by action. */
export function activity(desk: Desk, head: SectionHead): Content[] {
  const { model, set } = desk;
  const { byCategory, byDay, byAction } = model.activity;
  const total = model.population.count;
  const bars = barsOf(byDay);
  const shown = CATEGORIES.filter((c) => byCategory[c] > 0 || c !== 'other');
  const actions = byAction.slice(0, MOST_ACTIONS);
  const rest = byAction.slice(MOST_ACTIONS);
  return [
    ...sectionHead(
      head,
      `${counted(total, 'entry', 'entries')} in ${counted(model.period.days, 'day', 'days')}. Entries per ${bars.unit}, ${model.period.zone}; each category has a scale of its own, its highest ${bars.unit} on the right.`,
    ),
    {
      svg: categoryRows(bars, shown),
      alt: `Bar charts of entries per ${bars.unit}, one a category; the tables below have the figures.`,
      margin: [0, 2, 0, 12],
    } as Content,
    ...listTables({
      title: { text: 'By category', style: 'h3' },
      head: ['Category', 'Entries', 'Share', 'Days with entries', 'Busiest day', 'Entries on it'],
      widths: ['*', 60, 50, 84, 80, 70],
      right: [1, 2, 3, 4, 5],
      rows: [
        ...shown.map((category) => categoryRow(model, category)),
        [
          { text: 'All', bold: true },
          { text: number(total), bold: true },
          { text: total === 0 ? '' : '100.0 %' },
          { text: number(byDay.filter((day) => day.total > 0).length) },
          ...busiest(byDay.map((day) => [day.day, day.total])),
        ],
      ],
    }),
    { text: ' ', fontSize: 8 },
    ...(actions.length === 0
      ? []
      : listTables({
          title: { text: 'By action', style: 'h3' },
          head: ['What', 'Action', 'Category', 'Entries'],
          widths: ['*', 170, 80, 60],
          right: [3],
          layout: DENSE,
          rows: actions.map((action): TableCell[] => [
            action.phrase === action.action
              ? { text: 'not in Logbook’s table of actions', color: INK.text3 }
              : (styled(desk, action.phrase, { size: SIZE.cell, width: 150, most: 120 }) as TableCell),
            {
              text: set(action.action, { size: 6.8, width: 168, most: 160, mono: true }),
              font: 'Mono',
              fontSize: 7,
            } as TableCell,
            { text: CATEGORY_NAME[action.category] },
            { text: number(action.count) },
          ]),
        })),
    ...(rest.length > 0
      ? [
          paragraph(
            `${counted(rest.length, 'further action', 'further actions')} with ${counted(
              rest.reduce((sum, action) => sum + action.count, 0),
              'entry',
              'entries',
            )} in all.`,
            5,
          ),
        ]
      : []),
  ];
}

const MOST_ACTIONS = 150;

function categoryRow(model: ReportModel, category: Category): TableCell[] {
  const { byCategory, byDay } = model.activity;
  const n = byCategory[category];
  const total = model.population.count;
  return [
    { text: CATEGORY_NAME[category] },
    { text: number(n) },
    { text: total === 0 ? '' : `${((100 * n) / total).toFixed(1)} %` },
    { text: number(byDay.filter((day) => day.byCategory[category] > 0).length) },
    ...busiest(byDay.map((day) => [day.day, day.byCategory[category]])),
  ];
}

function busiest(days: readonly (readonly [day: string, count: number])[]): TableCell[] {
  let best: readonly [string, number] | null = null;
  for (const day of days) if (day[1] > 0 && (best === null || day[1] > best[1])) best = day;
  return best === null ? [{ text: '' }, { text: '' }] : [{ text: shortDay(best[0]) }, { text: number(best[1]) }];
}

/** Appendix: every day of the period with its entries by category. */
export function dayTable(desk: Desk, head: SectionHead): Content[] {
  const { byDay } = desk.model.activity;
  return [
    ...sectionHead(head, `Entries by calendar day in ${desk.model.period.zone}.`),
    ...listTables({
      head: ['Day', ...CATEGORIES.map((category) => CATEGORY_NAME[category]), 'All'],
      widths: ['*', 66, 52, 52, 52, 52, 52, 56],
      right: [1, 2, 3, 4, 5, 6, 7],
      layout: DENSE,
      rows: byDay.map((day): TableCell[] => [
        { text: shortDay(day.day) },
        ...CATEGORIES.map((category) => ({ text: number(day.byCategory[category]) })),
        { text: number(day.total), bold: true },
      ]),
    }),
  ];
}

/** Appendix: the ledger, every UTC day. */
export function coverageTable(desk: Desk, head: SectionHead): Content[] {
  const { coverage } = desk.model;
  return [
    ...sectionHead(
      head,
      `The coverage ledger by UTC day: ${statesInWords(desk.model)}. Served is what Jetty was seen to hold, stored what the archive holds.`,
    ),
    ...listTables({
      head: ['Day (UTC)', 'State', 'Served', 'Stored', 'Checked (UTC)', 'Note'],
      widths: [66, 54, 46, 46, 96, '*'],
      right: [2, 3],
      layout: DENSE,
      rows: coverage.days.map((day): TableCell[] => [
        { text: shortDay(day.day) },
        { text: day.state, bold: day.state !== 'complete' },
        { text: day.served === null ? 'unknown' : number(day.served) },
        { text: number(day.stored) },
        { text: day.checkedAt === null ? 'never' : day.checkedAt.slice(0, 19).replace('T', ' ') },
        styled(desk, day.note ?? '', { size: SIZE.cell, width: 140, most: 200 }) as TableCell,
      ]),
    }),
  ];
}
