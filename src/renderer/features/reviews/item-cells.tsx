// biome-ignore-all lint/a11y/useSemanticElements: cells of a grid that is no table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the current row
import { describeAction } from '../../../shared/action.ts';
import type { AccessItem, ReviewItem } from '../../../shared/review-schema.ts';
import { clock, date, shortDate, zoneName } from '../../lib/time.ts';
import { Avatar, actorName } from '../../ui/avatar.tsx';
import { CategoryIcon } from '../../ui/category-icon.tsx';
import { SafeText, tooltipOf } from '../../ui/safe-text.tsx';
import s from './worksheet.module.css';

const CELL = 160;

/** The heads of the columns before decision and reason. */
export const HEADS = {
  events: ['Time', 'Who', 'What', 'On what'],
  access: ['Holder', 'Access', 'Team', 'Last used'],
} as const;

type Props = { readonly item: ReviewItem; readonly zone: string };

/** What an item is: an entry, or a person's place in a team. Four cells. */
export function ItemCells({ item, zone }: Props) {
  if (item.access) return <AccessCells access={item.access} zone={zone} />;
  const { entry } = item;
  if (entry === null) {
    return (
      <span role="gridcell" className={s.gone}>
        Lawfully deleted since; its id and decision stay: {item.id}
      </span>
    );
  }
  const who = actorName(entry.actor);
  const { category, phrase } = describeAction(entry.action);
  const target = entry.target?.name ?? entry.target?.id ?? '';
  return (
    <>
      <span role="gridcell" className={s.time}>
        {shortDate(entry.ts, zone)} {clock(entry.ts, zone)} <i>{zoneName(entry.ts, zone)}</i>
      </span>
      <span role="gridcell" className={s.person}>
        <Avatar actor={entry.actor} />
        <span className={s.clip} title={tooltipOf(who)}>
          <SafeText text={who} max={CELL} />
        </span>
      </span>
      <span role="gridcell" className={s.person}>
        <CategoryIcon category={category} />
        <span className={s.clip} title={tooltipOf(entry.action)}>
          <SafeText text={phrase} max={CELL} />
        </span>
      </span>
      <span role="gridcell" className={s.clip} title={tooltipOf(target)}>
        <SafeText text={target} max={CELL} />
      </span>
    </>
  );
}

function AccessCells({ access, zone }: { access: AccessItem; zone: string }) {
  const who = actorName(access.person);
  const team = access.team?.name ?? access.team?.id ?? '';
  return (
    <>
      <span role="gridcell" className={s.person}>
        <Avatar actor={access.person} />
        <span className={s.clip} title={tooltipOf(who)}>
          <SafeText text={who} max={CELL} />
        </span>
      </span>
      <span role="gridcell" className={s.clip} title={accessWords(access)}>
        {access.role === null ? <i>role not known</i> : <SafeText text={access.role} max={CELL} />}
        {access.change === 'joined' && <i>, new</i>}
        {access.change === 'role' && (
          <i>
            , was <SafeText text={access.roleBefore ?? 'not known'} max={60} />
          </i>
        )}
        {access.origin === 'unknown' && <i>, origin unknown</i>}
      </span>
      <span role="gridcell" className={s.clip} title={tooltipOf(team)}>
        <SafeText text={team} max={CELL} />
      </span>
      <span role="gridcell" className={s.time}>
        {access.lastSeen === null ? (
          'never in the log'
        ) : (
          <>
            {date(access.lastSeen, zone)} <i>{clock(access.lastSeen, zone).slice(0, 5)}</i>
          </>
        )}
      </span>
    </>
  );
}

/** What is known of somebody's access, in a sentence. */
export function accessWords({ origin, change, roleBefore }: AccessItem): string {
  const came = origin === 'told' ? 'An entry tells how they came in.' : 'They were there before any entry tells of it.';
  if (change === 'joined') return `${came} Joined in the period.`;
  return change === 'role' ? `${came} Their role was ${tooltipOf(roleBefore ?? 'not known')} before.` : came;
}
