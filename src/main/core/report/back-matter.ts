import type { Column, Content, TableCell } from 'pdfmake/interfaces';
import type { Desk, SectionHead } from './blocks.ts';
import {
  exceptionName,
  FACT_WIDTH,
  facts,
  findingTitle,
  numbered,
  paragraph,
  sectionHead,
  styled,
  subhead,
} from './blocks.ts';
import { counted, groupedHash, number, stamp } from './format.ts';
import { rowsOf } from './front-matter.ts';
import { integrityFacts } from './integrity.ts';
import { signatures } from './review-pages.ts';
import type { ReviewPart } from './review-part.ts';
import { listTables } from './tables.ts';
import { CONTENT_WIDTH, INK } from './theme.ts';

/** What this report cannot say. */
export function blindSpots(desk: Desk, head: SectionHead): Content[] {
  return [
    ...sectionHead(head, 'What limits this report, first in particular, then in general.'),
    numbered(desk, desk.model.blindSpots),
  ];
}

/** How the figures came about, and with what they can be checked. */
export function method(desk: Desk, head: SectionHead): Content[] {
  const { model, attachments } = desk;
  const { provenance } = model;
  return [
    ...sectionHead(head),
    numbered(desk, model.method),
    {
      unbreakable: true,
      stack: [
        subhead('Provenance'),
        facts([
          [
            'Archive',
            styled(desk, `${provenance.archiveName}, created ${stamp(provenance.createdAt, model.period.zone)}`, {
              width: FACT_WIDTH,
              most: 200,
            }),
          ],
          [
            'Entries in it',
            `${counted(provenance.entries, 'entry', 'entries')}; ${number(provenance.unreadable)} unreadable, ${number(provenance.changedUpstream)} changed upstream`,
          ],
          ['State', `version ${number(provenance.version)} of the archive’s content`],
          [
            'Chain head',
            model.head === null
              ? 'not sealed yet'
              : styled(desk, groupedHash(model.head), { mono: true, size: 7.4, width: FACT_WIDTH }),
          ],
          ...integrityFacts(model.integrity, model.period.zone).map(([term, text]): [string, Content] => [
            term,
            styled(desk, text, { width: FACT_WIDTH, most: 400 }),
          ]),
          ['Generated', stamp(model.generatedAt, model.period.zone)],
        ]),
      ],
    },
    {
      unbreakable: true,
      stack: [
        subhead('Files inside this PDF'),
        facts(
          attachments.map((file) => [
            file.name,
            {
              stack: [
                { text: `${file.description}${rowsOf(file)}. SHA-256:` },
                styled(desk, file.sha256, { mono: true, size: 7.2, width: FACT_WIDTH, most: 64, color: INK.text2 }),
              ],
            },
          ]),
        ),
        paragraph(
          'report.json names all of the above with their hashes, the population, the period and the head; its own hash is the report hash on the cover.',
          6,
        ),
        paragraph('In these files a cell that a spreadsheet would run as a formula starts with an apostrophe.', 6),
      ],
    },
  ];
}

/** Where people take over: conclusions and names, by hand until reviews are signed in the application. */
export function signOff(desk: Desk, head: SectionHead): Content[] {
  const { model } = desk;
  const shown = model.exceptions.slice(0, 40);
  const more = model.exceptions.length - shown.length;
  return [
    ...sectionHead(
      head,
      'Preparer and reviewer are different people. The reviewer should not be the one who granted the access under review.',
    ),
    model.review === null ? byHand(shown.length > 0) : signedReview(desk, model.review),
    ...(shown.length === 0
      ? []
      : listTables({
          title: { text: 'Evaluation of the exceptions', style: 'h3' },
          head: ['No.', 'Exception', 'Conclusion', 'Owner', 'Due'],
          widths: [28, 176, '*', 74, 56],
          rows: shown.map((exception): TableCell[] => [
            { text: exceptionName(exception), bold: true, margin: [0, 2, 0, 8] },
            { stack: [findingTitle(desk, exception.finding, 174)], margin: [0, 2, 0, 8] },
            { text: '' },
            { text: '' },
            { text: '' },
          ]),
        })),
    ...(more > 0
      ? [
          paragraph(
            `${counted(more, 'further exception', 'further exceptions')}: use exceptions.csv, inside this PDF.`,
            4,
          ),
        ]
      : []),
  ];
}

// Before the list, so that the signatures never stand on a page without what is signed.
function byHand(hasExceptions: boolean): Content {
  return {
    unbreakable: true,
    margin: [0, 0, 0, 12],
    stack: [
      paragraph(
        `With our signatures we confirm that we have read this report, that the population and its completeness are as stated${hasExceptions ? ', and that the exceptions were evaluated as noted below' : ''}.`,
      ),
      { columns: [signature('Preparer'), signature('Reviewer')], columnGap: 24, margin: [0, 22, 0, 0] },
    ],
  };
}

// What was signed in the application is the review, by its manifest; this PDF came after it.
function signedReview(desk: Desk, review: ReviewPart): Content {
  return {
    unbreakable: true,
    margin: [0, 0, 0, 20],
    stack: [
      paragraph(
        `The signatures are those of review ${review.detail.id}, made with keys of the archive over its manifest: its population, sample, decisions and exceptions. They are not over this PDF, which was made afterwards.`,
      ),
      signatures(desk, review, signature),
    ],
  };
}

function signature(role: string): Column {
  const width = (CONTENT_WIDTH - 24) / 2;
  const blank = (label: string): Content => ({
    stack: [
      { canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.6, lineColor: INK.lineStrong }] },
      { text: label, style: 'fine', margin: [0, 3, 0, 24] },
    ],
  });
  return {
    width,
    stack: [
      { text: role, bold: true, margin: [0, 0, 0, 26] },
      blank('Name and function'),
      blank('Date'),
      blank('Signature'),
    ],
  };
}
