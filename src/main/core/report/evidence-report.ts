import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces';
import { accessPages } from './access-pages.ts';
import type { Attachment } from './attachments.ts';
import { blindSpots, method, monitoring, signOff } from './back-matter.ts';
import type { Desk, SectionHead } from './blocks.ts';
import { exceptionEntries, exceptions, privileged } from './exception-pages.ts';
import { dayRange } from './format.ts';
import { contents, cover, footer } from './front-matter.ts';
import type { ReportModel } from './model.ts';
import { activity, coverageTable, dayTable, scope } from './population-pages.ts';
import type { Typesetter } from './runs.ts';
import { criteria, summary } from './summary-pages.ts';
import { INK, PAGE, SIZE, STYLES } from './theme.ts';

type Section = readonly [head: SectionHead, render: (desk: Desk, head: SectionHead) => Content[]];

const sections = ({ term }: ReportModel): readonly Section[] => [
  [{ id: 'summary', mark: '1', title: 'Management summary' }, summary],
  [{ id: 'scope', mark: '2', title: 'Scope, period and population' }, scope],
  [{ id: 'activity', mark: '3', title: 'Activity' }, activity],
  [{ id: 'criteria', mark: '4', title: `Evidence by ${term.one}` }, criteria],
  [{ id: 'exceptions', mark: '5', title: 'Exceptions' }, exceptions],
  [{ id: 'privileged', mark: '6', title: 'Privileged changes' }, privileged],
  [{ id: 'access', mark: '7', title: 'Access at the ends of the period' }, accessPages],
  [{ id: 'monitoring', mark: '8', title: 'Monitoring: rules run' }, monitoring],
  [{ id: 'limits', mark: '9', title: 'Blind spots' }, blindSpots],
  [{ id: 'method', mark: '10', title: 'Method' }, method],
  [{ id: 'sign-off', mark: '11', title: 'Sign-off' }, signOff],
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
  set: Typesetter,
): TDocumentDefinitions {
  const desk: Desk = { model, set, attachments };
  const parts = sections(model);
  const made = new Date(model.generatedAt);
  const range = dayRange(model.period.fromDay, model.period.toDay);
  return {
    version: '1.7',
    language: 'en',
    displayTitle: true,
    compress: true,
    pageSize: 'A4',
    pageMargins: [PAGE.left, PAGE.top, PAGE.right, PAGE.bottom],
    defaultStyle: { font: 'Sans', fontSize: SIZE.body, color: INK.text },
    styles: STYLES,
    info: {
      title: `${model.framework} evidence report: ${model.organisation}, ${range}`,
      subject: `${model.title}, ${range}`,
      author: model.organisation,
      creator: 'Logbook',
      producer: 'Logbook',
      creationDate: made,
      modDate: made,
    },
    files: Object.fromEntries(
      attachments.map((file, i) => [
        `file${i}`,
        {
          src: `data:text/csv;base64,${Buffer.from(file.bytes).toString('base64')}`,
          name: file.name,
          description: file.description,
          creationDate: made,
          modifiedDate: made,
          relationship: 'Data',
        },
      ]),
    ),
    footer: footer(desk),
    content: [
      ...cover(desk),
      ...contents(
        desk,
        parts.map(([head]) => head),
      ),
      ...parts.flatMap(([head, render]) => render(desk, head)),
    ],
  };
}
