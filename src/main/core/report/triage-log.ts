import type { Content, TableCell } from 'pdfmake/interfaces';
import type { Verdict } from '../../../shared/triage.ts';
import { type Desk, exceptionName, paragraph, type SectionHead, sectionHead, styled } from './blocks.ts';
import { counted, number, stamp } from './format.ts';
import type { ReportException, ReportModel, TriageLine } from './model.ts';
import { incidents } from './period-cases.ts';
import type { ReportFinding } from './set-aside.ts';
import { columnWidths, listTables } from './tables.ts';
import { DENSE, INK, SIZE } from './theme.ts';

/** Every line about the findings, oldest first; those of one instant in the order in which they were written. */
export function triageOf(
  findings: readonly ReportFinding[],
  exceptions: readonly ReportException[],
): readonly TriageLine[] {
  const numbers = new Map(exceptions.map((one) => [one.finding.id, one.number]));
  return findings
    .flatMap((finding) => (finding.state?.history ?? []).map((line) => ({ finding, line })))
    .sort((a, b) => a.line.at - b.line.at || a.line.seq - b.line.seq)
    .map(({ finding, line: { at, by, verdict, reason, expires } }) => {
      const { id, rule, severity, title, first, last } = finding;
      return {
        at,
        by,
        verdict,
        reason,
        expires,
        finding: { id, rule, severity, title, first, last },
        exception: numbers.get(id) ?? null,
      };
    });
}

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  benign: 'called benign',
  accepted: 'accepted',
  postponed: 'postponed',
  escalated: 'escalated',
  reopened: 'reopened',
  filed: 'put into a case',
  noted: 'noted',
  undone: 'taken back',
};

const WIDTHS = [78, '*', 84, 150, 58] as const;
const MOST_LINES = 1_500;

/** What people said of the findings, by whom and how soon, and what is known of incidents. */
export function triageLog(desk: Desk, head: SectionHead): Content[] {
  const { model } = desk;
  const shown = model.triage.slice(0, MOST_LINES);
  const more = model.triage.length - shown.length;
  return [
    ...sectionHead(head, summary(model)),
    ...(shown.length === 0
      ? []
      : listTables({
          head: ['When, by whom', 'Finding', 'What was said', 'Reason', 'After'],
          widths: WIDTHS,
          right: [4],
          layout: DENSE,
          rows: shown.map((line) => triageRow(desk, line)),
        })),
    ...(more > 0 ? [paragraph(`${counted(more, 'further line', 'further lines')} in triage.csv.`, 4)] : []),
    ...incidents(desk),
  ];
}

function summary({ exceptions, triage }: ReportModel): string {
  if (exceptions.length === 0 && triage.length === 0) {
    return 'There was no exception to evaluate, and nobody said anything of a finding of the period.';
  }
  const evaluated = exceptions.filter(({ finding }) => (finding.state?.status ?? 'open') !== 'open').length;
  const open = exceptions.length - evaluated;
  return `Of ${counted(exceptions.length, 'exception', 'exceptions')} ${number(evaluated)} ${evaluated === 1 ? 'was' : 'were'} evaluated when this report was made, and ${number(open)} ${open === 1 ? 'is' : 'are'} open. ${counted(triage.length, 'line', 'lines')} of triage, oldest first, for all findings of the period.`;
}

function triageRow(desk: Desk, { at, by, verdict, reason, expires, finding, exception }: TriageLine): TableCell[] {
  const { zone } = desk.model.period;
  const [when, what, , why] = columnWidths(WIDTHS);
  const words = `${VERDICT_WORDS[verdict]}${expires === null ? '' : ` until ${stamp(expires, zone)}`}`;
  return [
    {
      stack: [
        { text: stamp(at, zone), fontSize: SIZE.fine },
        styled(desk, by, { size: SIZE.cell, width: when ?? 70, most: 80 }),
      ],
    },
    {
      stack: [
        styled(desk, finding.title, { size: SIZE.cell, width: what ?? 100, bold: true, most: 160 }),
        {
          text: `${exception === null ? 'counted only' : exceptionName({ number: exception })}, ${finding.severity}`,
          fontSize: SIZE.fine,
          color: INK.text3,
        },
      ],
    },
    { text: words },
    styled(desk, reason, { size: SIZE.cell, width: why ?? 150, most: 500 }) as TableCell,
    { text: elapsed(at - finding.last) },
  ];
}

/** From the end of what was found to what was said of it. */
function elapsed(ms: number): string {
  if (ms < 0) return 'during it';
  const hours = ms / 3_600_000;
  if (hours < 1) return `${Math.round(ms / 60_000)} min`;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`;
}
