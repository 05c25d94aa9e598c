import { PHASE_NAMES, PHASES, type Phase } from '../../../../shared/case.ts';
import type { CaseEvent } from '../../../../shared/case-schema.ts';
import { localTime } from '../format.ts';
import { CONTENT_WIDTH, INK } from '../theme.ts';

export type PhaseSpan = {
  readonly phase: Phase;
  readonly first: number;
  readonly last: number;
  readonly events: number;
};

/** When each phase lasted, as far as events say, in the order of the phases. */
export function phaseSpans(events: readonly CaseEvent[]): PhaseSpan[] {
  return PHASES.flatMap((phase) => {
    const own = events.filter((event) => event.phase === phase);
    if (own.length === 0) return [];
    const times = own.map((event) => event.ts);
    return [{ phase, first: Math.min(...times), last: Math.max(...times), events: own.length }];
  });
}

const ROW = 15;
const LEFT = 100;
const SHORTEST = 2;
const AXIS = 16;

/**
 * The phases to scale, a row each with its name, so that it is read in a grey print; the time of awareness is a line. Null
 * where no event has a phase.
 */
export function phaseBar(events: readonly CaseEvent[], aware: number | null, zone: string): string | null {
  const spans = phaseSpans(events);
  if (spans.length === 0) return null;
  const first = Math.min(...spans.map((span) => span.first), ...(aware === null ? [] : [aware]));
  const last = Math.max(...spans.map((span) => span.last), ...(aware === null ? [] : [aware]));
  const width = CONTENT_WIDTH - LEFT - 4;
  const x = (ms: number): number => LEFT + (last === first ? 0 : ((ms - first) / (last - first)) * width);
  const height = spans.length * ROW;
  const rows = spans.map((span, i) => {
    const y = i * ROW;
    const from = x(span.first);
    const wide = Math.max(SHORTEST, x(span.last) - from);
    return (
      `<text x="0" y="${y + 10}" font-size="8" fill="${INK.text}">${PHASE_NAMES[span.phase]}</text>` +
      `<rect x="${from.toFixed(2)}" y="${y + 3}" width="${wide.toFixed(2)}" height="9" rx="1" fill="${INK.accent}"/>`
    );
  });
  const mark =
    aware === null
      ? ''
      : `<line x1="${x(aware).toFixed(2)}" y1="0" x2="${x(aware).toFixed(2)}" y2="${height}" stroke="${INK.text}" stroke-width="1" stroke-dasharray="2 2"/>` +
        `<text x="${(x(aware) + (x(aware) > CONTENT_WIDTH / 2 ? -4 : 4)).toFixed(2)}" y="${height - 4}" font-size="7.4" fill="${INK.text}" text-anchor="${x(aware) > CONTENT_WIDTH / 2 ? 'end' : 'start'}">noticed${aware > first ? ` after ${lasting(aware - first)}` : ''}</text>`;
  const end = localTime(last, zone);
  const start = localTime(first, zone);
  const axis =
    `<line x1="${LEFT}" y1="${height}" x2="${LEFT + width}" y2="${height}" stroke="${INK.lineStrong}" stroke-width="0.6"/>` +
    `<text x="${LEFT}" y="${height + 11}" font-size="7.4" fill="${INK.text2}">${start.date}, ${start.time}</text>` +
    `<text x="${LEFT + width}" y="${height + 11}" font-size="7.4" fill="${INK.text2}" text-anchor="end">${end.date}, ${end.time}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${CONTENT_WIDTH}" height="${height + AXIS}" viewBox="0 0 ${CONTENT_WIDTH} ${height + AXIS}">${rows.join('')}${mark}${axis}</svg>`;
}

/** What the bar shows, for those who do not see it. */
export function phasesInWords(events: readonly CaseEvent[], zone: string): string {
  const at = (ms: number): string => {
    const { date, time } = localTime(ms, zone);
    return `${date}, ${time}`;
  };
  const parts = phaseSpans(events).map(
    ({ phase, first, last }) => `${PHASE_NAMES[phase]} from ${at(first)} to ${at(last)}`,
  );
  return `Phases of the incident: ${parts.join('; ')}.`;
}

/** A stretch of time in its two largest units: `2 h 53 min`, `41 d 6 h`. */
export function lasting(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60), minutes % 60];
  if (days > 0) return hours === 0 ? `${days} d` : `${days} d ${hours} h`;
  if (hours > 0) return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
  return `${rest} min`;
}
