import type { Filter } from '../../../shared/filter/filter.ts';
import { printTerm } from '../../../shared/filter/print.ts';
import { type ReviewKind, VERDICT_WORDS } from '../../../shared/review.ts';
import type { Period } from '../../../shared/review-schema.ts';
import type { JournalLine } from '../archive/journal.ts';
import { bodyOf, REVIEW_LINES } from './review-lines.ts';
import { countIn } from './runs.ts';

/** What a line about a review says, in a sentence without its end. */
export function lineWords(line: JournalLine): string {
  switch (line.kind) {
    case REVIEW_LINES.started: {
      const body = bodyOf(line, REVIEW_LINES.started);
      return `Started: a population of ${counted(body?.population.count ?? 0)} was frozen`;
    }
    case REVIEW_LINES.decided: {
      const body = bodyOf(line, REVIEW_LINES.decided);
      return body === null
        ? ''
        : `${counted(countIn(body.items))}: ${VERDICT_WORDS[body.verdict].toLowerCase()}${because(body.rationale)}`;
    }
    case REVIEW_LINES.undone:
      return `The decision of line ${bodyOf(line, REVIEW_LINES.undone)?.line} was taken back`;
    case REVIEW_LINES.sampled: {
      const body = bodyOf(line, REVIEW_LINES.sampled);
      if (body === null || body.chosen === null) return 'The whole population is to be decided';
      return `A sample of ${counted(body.size)} was drawn with the seed “${body.seed}”${because(body.reason)}`;
    }
    case REVIEW_LINES.gaps:
      return `Gaps of the coverage acknowledged${because(bodyOf(line, REVIEW_LINES.gaps)?.reason)}`;
    case REVIEW_LINES.signed: {
      const body = bodyOf(line, REVIEW_LINES.signed);
      return `Signed as ${body?.role}: manifest ${body?.manifest.slice(0, 16)}…`;
    }
    case REVIEW_LINES.givenBack:
      return `Given back${because(bodyOf(line, REVIEW_LINES.givenBack)?.reason)}`;
    case REVIEW_LINES.abandoned:
      return `Abandoned${because(bodyOf(line, REVIEW_LINES.abandoned)?.reason)}`;
    case REVIEW_LINES.exported:
      return 'Exported';
    case REVIEW_LINES.leavers: {
      const body = bodyOf(line, REVIEW_LINES.leavers);
      return `A list of ${body?.comparison.leavers.length ?? 0} leavers was compared: ${body?.comparison.fileName}`;
    }
    case REVIEW_LINES.raised:
      return `Exception raised${because(bodyOf(line, REVIEW_LINES.raised)?.fields.nature)}`;
    case REVIEW_LINES.updated: {
      const fields = bodyOf(line, REVIEW_LINES.updated)?.fields ?? {};
      return Object.entries(fields)
        .map(([name, value]) => `${name}: ${value === null || value === '' ? 'none' : value}`)
        .join('; ');
    }
    case REVIEW_LINES.retested: {
      const body = bodyOf(line, REVIEW_LINES.retested);
      return `Re-test ${body?.result.replace('_', ' ')}${because(body?.note)}`;
    }
    case REVIEW_LINES.closed:
      return `Closed${because(bodyOf(line, REVIEW_LINES.closed)?.reason)}`;
    case REVIEW_LINES.reopened:
      return `Opened again${because(bodyOf(line, REVIEW_LINES.reopened)?.reason)}`;
    default:
      return '';
  }
}

/** What a population is, for people. */
export function questionWords(kind: ReviewKind, { terms }: Filter, { from, to }: Period, zone: string): string {
  const narrowed = terms.length === 0 ? '' : ` that answer ${terms.map(printTerm).join(' ')}`;
  return kind === 'access'
    ? `Everybody who belonged to a team at the end of ${to} (${zone})${narrowed}, compared with the start of ${from}`
    : `All entries from ${from} to ${to}, both days included (${zone})${narrowed}`;
}

function because(reason: string | undefined): string {
  return reason ? `: ${reason}` : '';
}

function counted(n: number): string {
  return n === 1 ? 'one item' : `${n} items`;
}
