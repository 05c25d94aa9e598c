import { type PdfText, squeezed } from '../../core/report/pdf-text.ts';

/** The titles of an evidence report without a review, in order, as its contents page numbers them. */
export const TITLES = [
  ['1', 'Management summary'],
  ['2', 'Scope, period and population'],
  ['3', 'Activity'],
  ['4', 'Evidence by criterion'],
  ['5', 'Exceptions'],
  ['6', 'Triage log and incidents'],
  ['7', 'Privileged changes'],
  ['8', 'Access at the ends of the period'],
  ['9', 'Monitoring: rules run'],
  ['10', 'Blind spots'],
  ['11', 'Method'],
  ['12', 'Sign-off'],
  ['A', 'Entries behind the exceptions'],
  ['B', 'Activity by day'],
  ['C', 'Coverage by day'],
] as const;

export type Title = 'Cover' | 'Contents' | (typeof TITLES)[number][1];

/** A report taken apart: the text of each section without spaces and feet, and the page it begins on. */
export type Sections = { readonly text: ReadonlyMap<Title, string>; readonly page: ReadonlyMap<Title, number> };

const MARGIN_NOTE = /org·SOC2evidencereport·confidentialchainhead[0-9a-f]{8}…[0-9a-f]{8}(?<page>\d+)of(?<of>\d+)$/;

/** Takes a report apart; throws where the foot of a page does not say which of how many it is, or a section is missing. */
export function sectionsOf({ pages }: PdfText): Sections {
  const bodies = pages.map((text, i) => {
    const whole = squeezed(text);
    const foot = MARGIN_NOTE.exec(whole);
    if (foot?.groups?.page !== String(i + 1) || foot.groups.of !== String(pages.length))
      throw new Error(`The foot of page ${i + 1} is ${whole.slice(-80)}`);
    return whole.slice(0, foot.index);
  });
  const run = bodies.slice(2).join('');
  const starts: number[] = [];
  for (const [mark, title] of TITLES) {
    const at = run.indexOf(squeezed(mark + title), starts.at(-1) ?? 0);
    if (at < 0) throw new Error(`There is no section ${mark} ${title}`);
    starts.push(at);
  }
  const ends = bodies.slice(2).map((_, i) => bodies.slice(2, i + 3).join('').length);
  const text = new Map<Title, string>([
    ['Cover', bodies[0] ?? ''],
    ['Contents', bodies[1] ?? ''],
  ]);
  const page = new Map<Title, number>();
  TITLES.forEach(([mark, title], i) => {
    const start = starts[i] ?? 0;
    text.set(title, run.slice(start + squeezed(mark + title).length, starts[i + 1] ?? run.length));
    page.set(title, 3 + ends.findIndex((end) => start < end));
  });
  return { text, page };
}

// What has digits and counts nothing: instants, names of things, numbers of sentences, words of the template.
const NO_FIGURES: readonly RegExp[] = [
  /2017TrustServicesCriteria,2022points|section(9|11)|151015202530Sep2026Oct2026Nov2026|version\d+ofthearchive’scontent|SOC2|SHA-256|UTF-8|U\+202E|Art\.33|ATT&CK17\.1/g,
  /\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}\.\d{3}Z)?/g,
  /\d{2}:\d{2}:\d{2}(\.\d{3})?|\+05:45|07:00–20:00/g,
  /127\.0\.0\.1:\d+/g,
  /[0-9a-f]{24,}|(log|early)_[0-9a-f]+/g,
  /CC\d\.\d|T\d{4}(\.\d{3})?|[EC]-\d+/g,
  /\d{1,2}(January|February|March|April|May|June|July|August|September|October|November|December)(20\d{2})?/g,
  /\d{1,2}(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(20\d{2})?/g,
  /(?<=\.|^|general\.)\d{1,2}(?=[A-Z])/g,
];

/** What is left of a section without the expected texts; those that are not there, and digits nobody expected. */
export function unaccounted(section: string, expected: readonly string[]): string[] {
  const problems: string[] = [];
  let rest = section;
  for (const one of expected.map(squeezed).sort((a, b) => b.length - a.length)) {
    if (rest.includes(one)) rest = rest.replace(one, '¦');
    else problems.push(`not printed: ${one}`);
  }
  for (const pattern of NO_FIGURES) rest = rest.replace(pattern, '·');
  for (const { index } of rest.matchAll(/\d+/g)) {
    problems.push(`not compared: ${rest.slice(Math.max(0, index - 30), index + 30)}`);
  }
  return problems;
}
