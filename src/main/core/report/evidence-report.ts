import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces';
import { accessPages } from './access-pages.ts';
import type { Attachment } from './attachment.ts';
import { blindSpots, method, signOff } from './back-matter.ts';
import type { Desk, SectionHead } from './blocks.ts';
import { documentOf, footerOf } from './document.ts';
import { exceptionEntries } from './exception-entries.ts';
import { exceptions, privileged } from './exception-pages.ts';
import { dayRange } from './format.ts';
import { contents, cover } from './front-matter.ts';
import { fitsWhole } from './height-bound.ts';
import type { ReportModel } from './model.ts';
import { monitoring } from './monitoring-pages.ts';
import { activity, coverageTable, dayTable, scope } from './population-pages.ts';
import { keywordsOf } from './printed.ts';
import { reviewPages } from './review-pages.ts';
import type { Typesetter } from './runs.ts';
import { criteria, summary } from './summary-pages.ts';
import { tagged, taggedHeadings } from './tagging.ts';
import { CONTENT_HEIGHT } from './theme.ts';
import { triageLog } from './triage-log.ts';

// Short sections, each text of which has its own place in the structure tree; of the long lists it is the headings.
const TAGGED: ReadonlySet<string> = new Set(['summary', 'scope', 'criteria', 'limits', 'method', 'sign-off']);

// These begin a page of their own only where they are long: a quiet week's report is not a stack of half-empty pages.
const FLOWING: ReadonlySet<string> = new Set([
  'exceptions',
  'triage',
  'privileged',
  'access',
  'monitoring',
  'limits',
  'appendix-b',
  'appendix-c',
]);

const TALLEST_FLOWING = CONTENT_HEIGHT * 0.9;

type Section = readonly [head: SectionHead, render: (desk: Desk, head: SectionHead) => Content[]];

const sections = ({ term, review }: ReportModel): readonly Section[] => [
  [{ id: 'summary', mark: '1', title: 'Management summary' }, summary],
  [{ id: 'scope', mark: '2', title: 'Scope, period and population' }, scope],
  [{ id: 'activity', mark: '3', title: 'Activity' }, activity],
  [{ id: 'criteria', mark: '4', title: `Evidence by ${term.one}` }, criteria],
  [{ id: 'exceptions', mark: '5', title: 'Exceptions' }, exceptions],
  [{ id: 'triage', mark: '6', title: 'Triage log and incidents' }, triageLog],
  [{ id: 'privileged', mark: '7', title: 'Privileged changes' }, privileged],
  [{ id: 'access', mark: '8', title: 'Access at the ends of the period' }, accessPages],
  [{ id: 'monitoring', mark: '9', title: 'Monitoring: rules run' }, monitoring],
  [{ id: 'limits', mark: '10', title: 'Blind spots' }, blindSpots],
  [{ id: 'method', mark: '11', title: 'Method' }, method],
  ...(review === null
    ? []
    : [[{ id: 'review', mark: '12', title: `Review ${review.detail.id}` }, reviewPages(review)] as const]),
  [{ id: 'sign-off', mark: review === null ? '12' : '13', title: 'Sign-off' }, signOff],
  [{ id: 'appendix-a', mark: 'A', title: 'Entries behind the exceptions' }, exceptionEntries],
  [{ id: 'appendix-b', mark: 'B', title: 'Activity by day' }, dayTable],
  [{ id: 'appendix-c', mark: 'C', title: 'Coverage by day' }, coverageTable],
];

/**
 * The evidence report of a framework as a pdfmake definition. The layout changes what it is given: make it afresh for every
 * rendering. Dates come from the model, so that the same model makes the same file.
 */
export function evidenceReport(
  model: ReportModel,
  attachments: readonly Attachment[],
  reportHash: string,
  set: Typesetter,
): TDocumentDefinitions {
  const desk: Desk = { model, set, attachments, reportHash };
  const parts = sections(model);
  const range = dayRange(model.period.fromDay, model.period.toDay);
  const about = {
    title: `${model.framework} evidence report: ${model.organisation}, ${range}`,
    subject: `${model.title}, ${range}`,
    organisation: model.organisation,
    keywords: keywordsOf(model.provenance.archiveId, model.head, reportHash),
    made: model.generatedAt,
  };
  const words = `${model.organisation} · ${model.framework} evidence report · confidential`;
  return documentOf(about, footerOf(set, words, model.head), [
    ...tagged([
      ...cover(desk),
      ...contents(
        desk,
        parts.map(([head]) => head),
      ),
    ]),
    ...parts.flatMap(([head, render]) => {
      const pages = render(desk, head);
      const read = TAGGED.has(head.id) ? tagged(pages) : taggedHeadings(pages);
      if (head.id === 'method') return [flowing(read.slice(0, 3)), ...read.slice(3)];
      return FLOWING.has(head.id) && fitsWhole({ stack: read }, TALLEST_FLOWING) ? [flowing(read)] : read;
    }),
  ]);
}

// The heading with what follows it, on the page that is begun.
function flowing(pages: Content[]): Content {
  const [first, ...rest] = pages;
  return {
    unbreakable: true,
    margin: [0, 24, 0, 0],
    stack: [{ ...(first as object), pageBreak: undefined } as Content, ...rest],
  };
}
