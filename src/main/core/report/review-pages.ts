import type { Column, Content, TableCell } from 'pdfmake/interfaces';
import { VERDICT_WORDS } from '../../../shared/review.ts';
import type { ReviewDetail, ReviewException, ReviewItem, Signature } from '../../../shared/review-schema.ts';
import {
  criterionWidth,
  type Desk,
  FACT_WIDTH,
  facts,
  headed,
  paragraph,
  type SectionHead,
  type Sheet,
  sectionHead,
  styled,
} from './blocks.ts';
import { counted, dayRange, groupedHash, number, stamp } from './format.ts';
import type { ReportModel } from './model.ts';
import type { ReviewPart } from './review-part.ts';
import { columnWidths, listTables } from './tables.ts';
import { CONTENT_WIDTH, DENSE, INK, SIZE } from './theme.ts';

const MOST_ITEMS = 1_500;

const STATUS_WORDS: Readonly<Record<ReviewDetail['status'], string>> = {
  open: 'open: it is still being decided',
  prepared: 'prepared: the preparer signed, the reviewer has not',
  signed: 'signed by both, and frozen',
  abandoned: 'abandoned',
};

/** The campaign: what was frozen, sampled, decided and found, as it was when this report was made. */
export function reviewPages(review: ReviewPart): (desk: Desk, head: SectionHead) => Content[] {
  return (desk, head) => [
    ...sectionHead(head, leadOf(review)),
    ...populationBox(desk, review),
    ...decisionTable(review),
    ...register(desk, review.exceptions),
    ...notable(desk, review),
    ...addenda(desk, review),
    ...leavers(desk, review),
  ];
}

function leadOf({ detail }: ReviewPart): string {
  const { id, kind, scope, decided, population, exceptions } = detail;
  const sampled = detail.sample === null ? 'the whole population' : `a sample of ${number(scope)}`;
  return `Review ${id} is ${STATUS_WORDS[detail.status]}. It is about ${kind === 'access' ? 'access at the end of the period' : 'entries of the log'}: ${counted(population, 'item', 'items')}, of which ${sampled} was to be decided. ${number(decided)} of ${number(scope)} ${scope === 1 ? 'is' : 'are'} decided; ${counted(exceptions.total, 'exception was', 'exceptions were')} raised, ${number(exceptions.open)} of them open.`;
}

function populationBox(desk: Desk, { detail }: ReviewPart): Content[] {
  const { question, coverage, sample, zone, period, head, rules } = detail;
  const mono = (text: string): Content => styled(desk, text, { mono: true, size: 7.2, width: FACT_WIDTH, most: 900 });
  const plain = (text: string): Content => styled(desk, text, { size: SIZE.body, width: FACT_WIDTH, most: 900 });
  const end = (one: ReviewDetail['question']['first']): Content =>
    one === null ? { text: 'none' } : plain(`${stamp(one.at, zone)}, ${one.id}`);
  const { acknowledged } = coverage;
  return [
    headed(
      'Population, frozen at the start',
      facts([
        ['Title', plain(detail.title)],
        ['Period', `${dayRange(period.from, period.to)}, ${zone}`],
        ['Question', plain(question.words)],
        ['As text', mono(question.text)],
        ['Items', number(question.count)],
        ['First', end(question.first)],
        ['Last', end(question.last)],
        ['SHA-256', mono(question.sha256)],
        ['Frozen', plain(`${stamp(question.frozenAt, zone)}, by ${detail.startedBy}`)],
        [
          'Coverage then',
          plain(
            `${number(coverage.complete)} of ${counted(coverage.days.length, 'UTC day', 'UTC days')} complete${acknowledged === null || coverage.gaps === 0 ? '' : `; the others acknowledged by ${acknowledged.by}: ${acknowledged.reason}`}`,
          ),
        ],
        [
          'Rules then',
          `${counted(rules.length, 'rule was', 'rules were')} on; their versions are in the evidence bundle`,
        ],
        ['Chain head then', head === null ? 'not sealed yet' : mono(head.hash)],
        ...(question.deleted > 0
          ? ([['Deleted since', `${counted(question.deleted, 'item was', 'items were')} lawfully deleted`]] as const)
          : []),
      ]),
      4,
    ),
    headed(
      'Sample',
      sample === null
        ? paragraph('No sample was drawn: every item of the population was to be decided.')
        : facts([
            ['Method', `${sample.method}: the items whose SHA-256 of seed, population hash and id is lowest`],
            ['Seed', mono(sample.seed)],
            ['Size', `${number(sample.size)} of ${number(question.count)}`],
            ['SHA-256', mono(sample.sha256)],
            [
              'Drawn',
              plain(
                `${stamp(sample.at, zone)}, by ${sample.by}${sample.before === 0 ? '' : `; ${counted(sample.before, 'sample was', 'samples were')} drawn before it, this one because: ${sample.reason ?? ''}`}`,
              ),
            ],
          ]),
    ),
  ];
}

function decisionTable({ detail }: ReviewPart): Content[] {
  const { tally, scope, decided } = detail;
  const rows = Object.entries(tally) as [keyof typeof VERDICT_WORDS, number][];
  return listTables({
    title: { text: 'Decisions', style: 'h3', margin: [0, 16, 0, 2] },
    head: ['Decision', 'Items'],
    widths: ['*', 70],
    right: [1],
    layout: DENSE,
    rows: [
      ...rows.map(([verdict, n]): TableCell[] => [{ text: VERDICT_WORDS[verdict] }, { text: number(n) }]),
      [{ text: 'Not decided' }, { text: number(scope - decided) }],
      [
        { text: 'To be decided', bold: true },
        { text: number(scope), bold: true },
      ],
    ],
  });
}

// Clauses of some frameworks have long names, and none may break.
const registerWidths = (model: ReportModel) => [34, '*', Math.max(46, criterionWidth(model)), 124, 66, 40] as const;

function register(desk: Desk, exceptions: readonly ReviewException[]): Content[] {
  if (exceptions.length === 0) return [headed('Exceptions register', paragraph('No exception was raised.'))];
  const widths = registerWidths(desk.model);
  const [, nature = 150, control = 46, response = 124] = columnWidths(widths);
  const cell = (text: string, width: number, most = 600): Content =>
    styled(desk, text, { size: SIZE.cell, width, most });
  return listTables({
    title: { text: 'Exceptions register', style: 'h3', margin: [0, 16, 0, 2] },
    head: ['No.', 'Nature and cause', 'Control', 'Remediation', 'Owner, due', 'Status'],
    widths,
    rows: exceptions.map((one): TableCell[] => [
      { text: one.id, bold: true },
      {
        stack: [
          cell(one.nature || 'not said yet', nature, 1_000),
          ...(one.cause === '' ? [] : [cell(`Cause: ${one.cause}`, nature, 1_000)]),
          {
            text: `${one.extent === 'unknown' ? 'extent not said' : one.extent}; ${counted(one.items, 'item', 'items')}`,
            style: 'fine',
          },
          styled(
            desk,
            one.first
              .slice(0, 6)
              .map(({ id }) => id)
              .join('  '),
            {
              mono: true,
              size: 6.6,
              width: nature,
              most: 600,
              color: INK.text3,
            },
          ),
        ],
      },
      cell(one.control ?? '', control, 60) as TableCell,
      {
        stack: [
          cell(one.remediation || 'not said yet', response, 1_000),
          ...(one.retest === null
            ? []
            : [cell(`Re-test ${one.retest.result.replace('_', ' ')}: ${one.retest.note}`, response)]),
          ...(one.closed === null ? [] : [cell(`Closed by ${one.closed.by}: ${one.closed.reason}`, response)]),
          ...(one.ticket === '' ? [] : [cell(one.ticket, response, 200)]),
        ],
      },
      { stack: [cell(one.owner ?? 'nobody yet', 64, 120), { text: one.due ?? 'no date', style: 'fine' }] },
      { text: one.overdue ? `${one.status}, overdue` : one.status },
    ]),
  });
}

const ITEMS = [96, '*', 66, 210] as const;

function notable(desk: Desk, { notable: items }: ReviewPart): Content[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, MOST_ITEMS);
  const more = items.length - shown.length;
  return [
    ...listTables({
      title: { text: 'Items that were not found in order', style: 'h3', margin: [0, 16, 0, 2] },
      head: ['Item', 'What', 'Decision', 'Rationale'],
      widths: ITEMS,
      rows: shown.map((item) => itemRow(desk, item)),
    }),
    ...(more > 0 ? [paragraph(`${counted(more, 'further item', 'further items')} in review-items.csv.`, 4)] : []),
  ];
}

function itemRow(desk: Desk, { n, id, entry, access, decision }: ReviewItem): TableCell[] {
  const [idWidth = 96, what = 100, , why = 210] = columnWidths(ITEMS);
  const who = entry?.actor ?? access?.person ?? null;
  const words = [who?.name ?? who?.email ?? who?.id ?? 'nobody named', entry?.action ?? access?.role ?? ''];
  const { zone } = desk.model.period;
  return [
    {
      stack: [
        { text: `item ${number(n + 1)}` },
        styled(desk, id, { mono: true, size: 6.8, width: idWidth, most: 160, color: INK.text3 }),
      ],
    },
    styled(desk, words.filter(Boolean).join(', '), { size: SIZE.cell, width: what, most: 240 }) as TableCell,
    { text: decision === null ? '' : VERDICT_WORDS[decision.verdict] },
    {
      stack: [
        styled(desk, decision?.rationale ?? '', { size: SIZE.cell, width: why, most: 2_000 }),
        styled(desk, decision === null ? '' : `${decision.by}, ${stamp(decision.at, zone)}`, {
          size: SIZE.fine,
          width: why,
          most: 160,
          color: INK.text3,
        }),
      ],
    },
  ];
}

function addenda(desk: Desk, { detail, addenda: found }: ReviewPart): Content[] {
  const late =
    detail.late === 0
      ? 'Nothing came for this population since that is in neither it nor an addendum.'
      : `${counted(detail.late, 'entry', 'entries')} came late for this population and ${detail.late === 1 ? 'is' : 'are'} in no addendum yet.`;
  return [
    headed('Addenda', paragraph(late)),
    ...found.map((one) =>
      paragraph(
        desk.set(
          `${one.id}: ${counted(one.population, 'item', 'items')}, ${number(one.decided)} decided, ${STATUS_WORDS[one.status]}. SHA-256 ${one.question.sha256}`,
          { size: SIZE.body, width: CONTENT_WIDTH, most: 300 },
        ),
      ),
    ),
  ];
}

const LEAVERS = ['*', 74, 150, 60] as const;

function leavers(desk: Desk, { leavers: lists }: ReviewPart): Content[] {
  return lists.flatMap((list) => {
    const rows = list.leavers.map((one): TableCell[] => [
      styled(desk, one.email ?? one.name ?? one.person?.id ?? '', {
        size: SIZE.cell,
        width: 160,
        most: 160,
      }) as TableCell,
      { text: one.leftOn },
      { text: LEAVER_WORDS[one.state] },
      { text: one.daysLate === 0 ? '' : number(one.daysLate) },
    ]);
    if (rows.length === 0) return [];
    return listTables({
      title: {
        stack: [
          { text: 'Leavers compared', style: 'h3', margin: [0, 16, 0, 2] },
          styled(desk, `${list.fileName}, SHA-256 ${list.sha256}, ${stamp(list.at, list.zone)}`, {
            size: SIZE.fine,
            width: CONTENT_WIDTH,
            most: 300,
            color: INK.text3,
          }),
        ],
      },
      head: ['Who', 'Left on', 'Access', 'Days late'],
      widths: LEAVERS,
      right: [3],
      layout: DENSE,
      rows,
    });
  });
}

const LEAVER_WORDS = {
  removed: 'removed in time',
  late: 'removed late',
  present: 'still belongs to a team',
  never: 'never belonged to a team',
  unknown: 'not known in the log',
} as const;

/** Who signed what with which key; a line to sign by hand where somebody has not yet. */
export function signatures(sheet: Sheet, review: ReviewPart, blank: (role: string) => Column): Content {
  const { detail, fingerprints } = review;
  const width = (CONTENT_WIDTH - 24) / 2;
  const column = (role: Signature['role'], title: string): Column => {
    const signed = detail.signatures.find((one) => one.role === role);
    if (signed === undefined) return blank(`${title}: not signed`);
    const fine = (text: string): Content =>
      styled(sheet, text, { size: SIZE.fine, width, most: 200, color: INK.text2 });
    const mono = (text: string): Content => styled(sheet, text, { mono: true, size: 6.8, width, most: 200 });
    return {
      width,
      stack: [
        { canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.6, lineColor: INK.lineStrong }] },
        {
          ...(styled(sheet, signed.name, { size: 13.5, width, most: 120 }) as object),
          margin: [0, 7, 0, 2],
        } as Content,
        { text: title, bold: true },
        fine(signed.email),
        fine(stamp(signed.at, detail.zone)),
        { text: 'key', style: 'fine', margin: [0, 5, 0, 0] },
        mono(groupedHash(fingerprints[role] ?? '')),
        { text: 'signs the manifest', style: 'fine', margin: [0, 5, 0, 0] },
        mono(groupedHash(signed.manifest)),
      ],
    };
  };
  return {
    columns: [column('preparer', 'Preparer'), column('reviewer', 'Reviewer')],
    columnGap: 24,
    margin: [0, 22, 0, 0],
  };
}
