import type { EntryRow } from '../../../../shared/entry.ts';
import type { RuleInfo } from '../../../../shared/finding.ts';
import { defaultOffice, type Office, type OfficeHours, officeHours } from '../../../../shared/office.ts';
import { hoursText, officeText } from '../../../../shared/office-words.ts';
import { clockText, counted } from '../clock-text.ts';
import { actorName, type Hit, type Rule, type RuleRun } from '../rule.ts';
import { privilegedFamily } from '../sensitive.ts';
import { actorKey } from '../subject.ts';

/** With this much history a person's own hours count: an office elsewhere, a night shift. */
const ENOUGH_HISTORY = 20;
/** Less than this share of somebody's entries near an hour makes the hour unusual. */
const RARE = 0.05;
const MS_PER_HOUR = 3_600_000;

const HOW = `outside the hours of every office, or on its holidays, by somebody who is not usually active at that hour. Settings say which offices there are; while they say nothing it is ${hoursText(defaultOffice('UTC'))}, in the archive's zone. Somebody with fewer than ${ENOUGH_HISTORY} earlier entries is judged by office hours alone, and the finding says so.`;

const TOKEN: RuleInfo = {
  id: 'token-created-off-hours',
  title: 'API token created outside office hours',
  description: `A token created ${HOW}`,
  severity: 'medium',
  technique: { id: 'T1098.001', name: 'Additional Cloud Credentials', attackVersion: '17.1' },
  controls: ['SOC 2 CC6.1', 'SOC 2 CC6.2', 'SOC 2 CC7.2', 'ISO 27001 A.8.16'],
  enabled: true,
  version: 3,
  falsePositives: ['On-call work', 'A person who travels'],
  runbook: 'Ask whoever created it; revoke the token if they do not know of it.',
};

const ANY: RuleInfo = {
  id: 'privileged-off-hours',
  title: 'Privileged action outside usual hours',
  description: `A change of roles, members, billing, tokens, exports or protection ${HOW} Low while there is too little history.`,
  severity: 'medium',
  technique: { id: 'T1078', name: 'Valid Accounts', attackVersion: '17.1' },
  controls: ['SOC 2 CC6.1', 'SOC 2 CC7.2', 'ISO 27001 A.8.16'],
  enabled: true,
  version: 2,
  falsePositives: ['On-call work', 'A person who travels'],
  runbook: 'Ask whoever did it, over another channel than the account itself.',
};

/** A token created when the office is closed and its maker has hardly ever been at work. */
export const TOKEN_OFF_HOURS: Rule = offHours(
  TOKEN,
  (family, meaning) => family !== null && meaning === 'token_created',
);
/** Any other privileged action then. */
export const PRIVILEGED_OFF_HOURS: Rule = offHours(
  ANY,
  (family, meaning) => family !== null && meaning !== 'token_created',
);

type Offices = { readonly offices: readonly Office[]; readonly hours: OfficeHours };

function offHours(info: RuleInfo, judged: (family: string | null, meaning: string | null) => boolean): Rule {
  const begin = (zone: string, office: Offices, noticed: Hit[]): RuleRun => ({
    see({ row, info: action }, history) {
      if (actorKey(row) === null || office.hours.isOpen(row.ts)) return;
      const hour = Math.floor(row.ts / MS_PER_HOUR) % 24;
      const total = history.entries;
      const near = [hour + 23, hour, hour + 1].reduce((sum, h) => sum + (history.hours[h % 24] as number), 0);
      if (total < ENOUGH_HISTORY || near / total < RARE)
        noticed.push(describe(info, row, action.phrase, zone, office, near, total));
    },
    hits: () => noticed,
    fork: () => begin(zone, office, [...noticed]),
  });
  return {
    info,
    concerns: (action) => judged(privilegedFamily({ info: action }), action.meaning),
    start: ({ zone, offices }) => begin(zone, { offices, hours: officeHours(offices) }, []),
  };
}

function describe(
  info: RuleInfo,
  row: EntryRow,
  phrase: string,
  zone: string,
  office: Offices,
  near: number,
  total: number,
): Hit {
  const cold = total < ENOUGH_HISTORY;
  const history = cold
    ? `there are only ${counted(total, 'earlier entry').replace('entrys', 'entries')} of this person to compare with`
    : `of ${total} earlier entries of this person ${near === 0 ? 'none' : near} ${near === 1 ? 'was' : 'were'} within an hour of that time of day`;
  const what =
    info === TOKEN
      ? `created ${row.target?.name ? `the token “${row.target.name}”` : 'a token'}`
      : `(“${phrase}”) acted`;
  return {
    rule: info,
    entries: [row],
    severity: cold && info !== TOKEN ? 'low' : 'medium',
    actor: actorName(row),
    address: row.address,
    why: `${actorName(row)} ${what} ${clockText(row.ts, zone)} (${zone}), ${outsideText(office, row.ts)}; ${history}.`,
    novelty: false,
    figures: [
      { name: 'Earlier entries of this person within an hour of that time of day', value: `${near} of ${total}` },
      { name: 'Office hours', value: office.offices.map(officeText).join('; ') },
    ],
    against: cold ? ['There is too little history of this person to know their hours.'] : [],
  };
}

// Which hours were meant: of one office in full, of several the number, and every holiday by name.
function outsideText({ offices, hours }: Offices, ms: number): string {
  const [only, ...others] = offices;
  const closed = hours.holidaysAt(ms).map(({ office, holiday }) => `${holiday || 'a holiday'} in ${office}`);
  const holidays = closed.length === 0 ? '' : `, on ${closed.join(' and ')}`;
  if (only === undefined || others.length > 0) return `outside the hours of all ${offices.length} offices${holidays}`;
  return `outside office hours (${hoursText(only)}, ${only.zone})${holidays}`;
}
