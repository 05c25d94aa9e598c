import tag from '../../ui/state-tag.module.css';

const DAY = 86_400_000;

type Props = {
  readonly at: number | null;
  readonly now: number;
  readonly overdue: boolean;
  /** Its period is not over. */
  readonly upcoming?: boolean;
};

/** How long until something is due, or since. */
export function DueTag({ at, now, overdue, upcoming = false }: Props) {
  if (at === null) return <span className={tag.tag}>no date</span>;
  const away = Math.abs(at - now);
  const long = away >= DAY ? `${Math.round(away / DAY)} d` : `${Math.max(1, Math.round(away / 3_600_000))} h`;
  if (overdue || at < now) {
    return (
      <span className={tag.tag} data-tone="critical">
        overdue {long}
      </span>
    );
  }
  return (
    <span className={tag.tag} data-tone={!upcoming && at - now < 7 * DAY ? 'medium' : undefined}>
      in {long}
    </span>
  );
}
