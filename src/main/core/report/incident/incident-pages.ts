import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces';
import type { CaseDetail } from '../../../../shared/case-schema.ts';
import { FACT_WIDTH, facts, headed, kept, marked, numbered, paragraph, sectionHead, styled } from '../blocks.ts';
import { documentOf, footerOf } from '../document.ts';
import { capital, counted, dayRange, groupedHash, isoInstant, number, stamp, zoneText } from '../format.ts';
import { MARK } from '../front-matter.ts';
import { severityMark } from '../marks.ts';
import { keywordsOf } from '../printed.ts';
import type { Typesetter } from '../runs.ts';
import { columnWidths, listTables } from '../tables.ts';
import { tagged, taggedHeadings } from '../tagging.ts';
import { CONTENT_WIDTH, DENSE, INK, SIZE } from '../theme.ts';
import { type IncidentModel, type IncidentSheet, MOST_EVENTS } from './incident-model.ts';
import { lasting, phaseBar, phasesInWords } from './phase-bar.ts';
import { remedyPages, scopePages } from './scope-pages.ts';
import { storyPages, summaryText, timelinePages, written } from './timeline-pages.ts';

const LIMITS = [
  'The archive holds what Jetty reports. Jetty logs that a tunnel was open, not what went through it: what was read or taken is not in this log.',
  'The scope is computed from shared values and closeness in time and decided by a person; what left no entry is not in it.',
  'A remedy that is not seen in the log may have been done where Jetty does not log it. A remedy that is seen was logged, not tested.',
  'Events written down by hand and lines of other logs stand here as they were given. They are no part of the archive and are not sealed by it.',
];

/** The report of one case as a pdfmake definition. */
export function incidentPages(model: IncidentModel, reportHash: string, set: Typesetter): TDocumentDefinitions {
  const sheet: IncidentSheet = { model, set };
  const { detail } = model;
  const about = {
    title: `Incident report ${detail.id}, ${detail.title}: ${model.organisation}`,
    subject: `Incident ${detail.id}`,
    organisation: model.organisation,
    keywords: keywordsOf(model.archive.id, model.head, reportHash),
    made: model.generatedAt,
  };
  const words = `${model.organisation} · Incident ${detail.id} · confidential`;
  return documentOf(about, footerOf(set, words, model.head), [
    ...tagged(firstPage(sheet, reportHash)),
    ...taggedHeadings(storyPages(sheet)),
    ...taggedHeadings(timelinePages(sheet)),
    ...taggedHeadings(scopePages(sheet)),
    ...taggedHeadings(remedyPages(sheet)),
    ...taggedHeadings(clockPages(sheet)),
    ...taggedHeadings(custodyPages(sheet, reportHash)),
    ...tagged(limits(sheet)),
  ]);
}

function firstPage(sheet: IncidentSheet, reportHash: string): Content[] {
  const { model, set } = sheet;
  const { detail, events, period } = model;
  const bar = phaseBar(events, detail.aware, period.zone);
  const mono = (text: string): Content => styled(sheet, text, { mono: true, size: 7.4, width: FACT_WIDTH });
  const at = (ms: number | null): string => (ms === null ? 'not said' : stamp(ms, period.zone));
  return [
    {
      columns: [
        { svg: MARK, width: 20 },
        { text: 'Logbook', bold: true, fontSize: 9.8, margin: [8, 3, 0, 0] },
      ],
    },
    { text: `Incident report, ${detail.id}`, bold: true, color: INK.accent, fontSize: 9, margin: [0, 26, 0, 4] },
    {
      text: set(detail.title, { size: 20, width: CONTENT_WIDTH, most: 300, direction: 'auto', bold: true }),
      style: 'h1',
      margin: [0, 0, 60, 8],
    } as Content,
    {
      text: set(model.organisation, { size: 10.2, width: CONTENT_WIDTH, most: 120, direction: 'auto' }),
      fontSize: 10.2,
      color: INK.text2,
    } as Content,
    {
      text: `${dayRange(period.fromDay, period.toDay)}, ${zoneText(period.zone, period.fromMs, period.toMs)}`,
      fontSize: 10.2,
      color: INK.text2,
      margin: [0, 1, 0, 12],
    },
    ...summaryText(sheet),
    ...(bar === null
      ? []
      : [
          { svg: bar, alt: phasesInWords(events, period.zone), margin: [0, 4, 0, 2] } as Content,
          {
            text: `Phases, to scale${detail.aware === null ? '' : '; the broken line is when it was noticed'}. ${zoneText(period.zone, period.fromMs, period.toMs)}.`,
            style: 'fine',
            margin: [0, 0, 0, 10],
          } as Content,
        ]),
    facts([
      ['Severity', marked(severityMark(detail.severity), capital(detail.severity))],
      ['Status', capital(detail.status)],
      ['Lead', styled(sheet, detail.lead ?? 'nobody named', { width: FACT_WIDTH, most: 160 })],
      ['First sign', at(detail.first)],
      ['Noticed', noticed(detail, at)],
      ['Contained', at(detail.contained)],
      ['Closed', detail.closed === null ? 'not closed' : at(detail.closed)],
      ['Timeline', { text: counted(events.length, 'event', 'events'), linkToDestination: 'timeline' } as Content],
      [
        'Remedies',
        {
          text: remediesInWords(model),
          linkToDestination: 'remediation',
        } as Content,
      ],
      ['Generated', stamp(model.generatedAt, period.zone)],
      ['Chain head', model.head === null ? 'not sealed yet' : mono(groupedHash(model.head))],
      [
        'Report hash',
        { stack: [mono(groupedHash(reportHash)), { text: 'SHA-256 of report.json, inside this PDF', style: 'fine' }] },
      ],
    ]),
  ];
}

function noticed({ aware, first }: CaseDetail, at: (ms: number | null) => string): string {
  if (aware === null || first === null || aware <= first) return at(aware);
  return `${at(aware)}, ${lasting(aware - first)} after the first sign`;
}

function remediesInWords({ remedies }: IncidentModel): string {
  if (remedies.length === 0) return 'none called for';
  const open = remedies.filter(({ state }) => state === 'missing' || state === 'undone').length;
  return `${number(remedies.length - open)} of ${number(remedies.length)} settled`;
}

function clockPages(sheet: IncidentSheet): Content[] {
  const { detail, period } = sheet.model;
  const { breach } = detail;
  const word = (text: string): Content => ({ stack: written(sheet, text, { width: FACT_WIDTH }) });
  return [
    kept([
      { text: 'Deadlines', style: 'h2', id: 'deadlines', outline: true, margin: [0, 22, 0, 6] } as Content,
      facts(
        detail.clocks.map((clock): [string, Content] => [
          clock.name.length > 60 ? `${clock.name.slice(0, 59)}…` : clock.name,
          word(
            [
              clock.dueAt === null
                ? `${clock.hours} hours from awareness, which nobody said`
                : `due ${stamp(clock.dueAt, period.zone)}`,
              clock.met === null
                ? 'not met yet'
                : `met ${stamp(clock.met.at, period.zone)} by ${clock.met.by}: ${clock.met.note}`,
            ].join('; '),
          ),
        ]),
      ),
    ]),
    ...(breach === null
      ? []
      : [
          headed(
            'Record of a breach (GDPR Art. 33(5))',
            facts([
              ['Facts', word(breach.facts)],
              ['Effects', word(breach.effects)],
              ['Action taken', word(breach.action)],
            ]),
            12,
          ),
        ]),
  ];
}

const CUSTODY_WIDTHS = [58, 150, '*'] as const;
const HISTORY_WIDTHS = [110, 110, '*'] as const;

function custodyPages(sheet: IncidentSheet, reportHash: string): Content[] {
  const { model } = sheet;
  const pinned = model.events.slice(0, MOST_EVENTS).flatMap((event) => (event.kind === 'entry' ? [event] : []));
  const entries = model.events.filter((event) => event.kind === 'entry').length;
  const widths = columnWidths(CUSTODY_WIDTHS);
  const history = columnWidths(HISTORY_WIDTHS);
  return [
    ...sectionHead({ id: 'custody', mark: model.detail.id, title: 'Chain of custody' }),
    paragraph(
      `Each entry of the timeline was bound, when it was pinned, to the SHA-256 leaf hash (RFC 6962) of the bytes that Jetty sent. ` +
        `${counted(entries, 'entry was', 'entries were')} compared with the archive when this report was made: all are as they were pinned. ` +
        `The archive's newest seal was ${model.head === null ? 'not made yet' : groupedHash(model.head)}; report.json has the SHA-256 ${groupedHash(reportHash, true)} and names the hash of every file inside this PDF.`,
    ),
    ...listTables({
      title: { text: 'Entries as pinned', style: 'h3', margin: [0, 10, 0, 2] },
      head: ['Event', 'Entry', 'Leaf hash'],
      widths: CUSTODY_WIDTHS,
      layout: DENSE,
      rows: pinned.map((event): TableCell[] => [
        { text: event.id },
        styled(sheet, event.row.id, { size: 6.8, mono: true, width: widths[1] ?? 150, most: 200 }) as TableCell,
        styled(sheet, event.leaf, { size: 6.4, mono: true, width: widths[2] ?? 260 }) as TableCell,
      ]),
    }),
    ...listTables({
      title: { text: 'What was done in the case', style: 'h3', margin: [0, 12, 0, 2] },
      head: ['When', 'By whom', 'What'],
      widths: HISTORY_WIDTHS,
      layout: DENSE,
      rows: model.detail.history.map((line): TableCell[] => [
        { text: stamp(line.at, model.period.zone) },
        styled(sheet, line.by, { size: SIZE.cell, width: history[1] ?? 110, most: 160 }) as TableCell,
        styled(sheet, line.words, { size: SIZE.cell, width: history[2] ?? 240, most: 600 }) as TableCell,
      ]),
    }),
    paragraph(
      `Every line is one of the archive's chained journal, sealed with the log; made ${isoInstant(model.generatedAt)}.`,
      5,
    ),
  ];
}

function limits(sheet: IncidentSheet): Content[] {
  return [
    kept([
      {
        text: 'Method, and what this cannot show',
        style: 'h2',
        id: 'limits',
        outline: true,
        margin: [0, 22, 0, 6],
      } as Content,
      numbered(sheet, LIMITS),
    ]),
  ];
}
