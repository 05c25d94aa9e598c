import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATEGORIES, type Category, describeAction } from '../../../src/shared/action.ts';
import { DAY_STATES, type DayState } from '../../../src/shared/coverage.ts';
import { type Document, logbook } from '../../support/terminal.ts';
import type { Run } from './reviewed-archive.ts';

export const PERIOD = { from: '2026-09-10', to: '2026-11-05', zone: 'Asia/Kathmandu' } as const;
export const SPAN = ['--from', PERIOD.from, '--to', PERIOD.to, '--tz', PERIOD.zone] as const;
const BEGINS = Date.parse('2026-09-09T18:15:00Z');
const ENDS = Date.parse('2026-11-05T18:15:00Z');

export type Counts = Readonly<Record<Category, number>>;

/** What the commands say of the period, each by itself. */
export type Facts = {
  readonly total: number;
  readonly archive: number;
  readonly byCategory: Counts;
  /** Actions that occur, with their counts. */
  readonly byAction: ReadonlyMap<string, number>;
  readonly days: readonly { readonly day: string; readonly total: number; readonly byCategory: Counts }[];
  readonly entries: readonly Document[];
  readonly coverage: readonly Document[];
  readonly states: Readonly<Record<DayState, number>>;
  /** Findings that touch the period: those listed, gravest and then oldest first, low ones, and those suppressed. */
  readonly findings: readonly Document[];
  readonly exceptions: readonly Document[];
  readonly minor: readonly Document[];
  readonly suppressed: readonly Document[];
  readonly after: readonly Document[];
  readonly rules: readonly Document[];
  readonly cases: readonly Document[];
  readonly access: Document;
};

const GRAVE = ['critical', 'high', 'medium'];

/** Asks `count` (through `batch`, all at once), `export`, `coverage`, `detect`, `rules`, `case list` and a review of access. */
export async function factsOf(
  run: Run,
  counts: (lines: readonly string[]) => Promise<number[]>,
  home: string,
): Promise<Facts> {
  const { values } = await run('facets', '--by', 'action', ...SPAN);
  const actions: string[] = values.map(({ value }: Document) => value);
  const dates = daysOfPeriod();
  const spans = [SPAN.join(' '), ...dates.map((day) => `--from ${day} --to ${day} --tz ${PERIOD.zone}`)];
  const asked = [
    'count',
    ...actions.map((action) => `count action:${action} ${SPAN.join(' ')}`),
    ...spans.flatMap((span) => ['', ...CATEGORIES.map((one) => `category:${one}`)].map((q) => `count ${q} ${span}`)),
  ];
  const said = await counts(asked);
  const [archive = 0] = said.splice(0, 1);
  const byAction = new Map(said.splice(0, actions.length).map((n, i) => [actions[i] ?? '', n]));
  const [whole, ...days] = spans.map(() => {
    const [total = 0, ...cells] = said.splice(0, 1 + CATEGORIES.length);
    return { total, byCategory: Object.fromEntries(CATEGORIES.map((one, i) => [one, cells[i] ?? 0])) as Counts };
  });
  await run('export', '--format', 'json', ...SPAN, '--out', 'period.json');
  const { days: coverage } = await run('coverage', '--from', '2026-09-09', '--to', PERIOD.to);
  const all: Document[] = (await run('detect', '--tz', PERIOD.zone)).findings;
  const findings = all.filter(({ first, last }) => Date.parse(last) >= BEGINS && Date.parse(first) < ENDS);
  const shown = findings.filter(({ suppression }) => suppression === null);
  return {
    total: whole?.total ?? 0,
    archive,
    byCategory: whole?.byCategory ?? ({} as Counts),
    byAction,
    days: days.map((day, i) => ({ ...day, day: dates[i] ?? '' })),
    entries: JSON.parse(readFileSync(join(home, 'period.json'), 'utf8')),
    coverage,
    states: Object.fromEntries(
      DAY_STATES.map((state) => [state, coverage.filter((day: Document) => day.state === state).length]),
    ) as Record<DayState, number>,
    findings,
    exceptions: shown
      .filter(({ severity }) => GRAVE.includes(severity))
      .sort((a, b) => GRAVE.indexOf(a.severity) - GRAVE.indexOf(b.severity) || (a.first < b.first ? -1 : 1)),
    minor: shown.filter(({ severity }) => !GRAVE.includes(severity)),
    suppressed: findings.filter(({ suppression }) => suppression !== null),
    after: all.filter(({ first, severity }) => Date.parse(first) >= ENDS && ['critical', 'high'].includes(severity)),
    rules: (await logbook(home, ['rules', '--json'])).json().rules,
    cases: (await run('case', 'list')).cases,
    access: await run('review', 'start', '--kind', 'access', '--by', 'marta@example.com', ...SPAN),
  };
}

function daysOfPeriod(): string[] {
  const days: string[] = [];
  for (let ms = Date.parse(PERIOD.from); ms <= Date.parse(PERIOD.to); ms += 86_400_000)
    days.push(new Date(ms).toISOString().slice(0, 10));
  return days;
}

/** Entries of the period whose action passes. */
export function countOf(
  { byAction }: Facts,
  passes: (action: string, info: ReturnType<typeof describeAction>) => boolean,
) {
  return [...byAction].reduce((sum, [action, n]) => sum + (passes(action, describeAction(action)) ? n : 0), 0);
}
