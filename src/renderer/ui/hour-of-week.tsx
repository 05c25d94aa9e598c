import s from './hour-of-week.module.css';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const HOURS = 24;
const CELL = 14;
const PITCH = 15.5;
const ROW = 14;
const LEFT = 14;
const TOP = 15;
const LABELLED = [0, 6, 12, 18];

type Props = {
  /** 168 counts, Monday 00:00 first. */
  readonly counts: readonly number[];
  /** Hours that are marked. */
  readonly events?: readonly { readonly slot: number }[];
  /** What the table says it holds. */
  readonly caption: string;
};

const two = (hour: number): string => String(hour).padStart(2, '0');

/** A week of hours, darker where more happened, a diamond where an event falls; the same as a table. */
export function HourOfWeek({ counts, events = [], caption }: Props) {
  const most = Math.max(1, ...counts);
  const hits = new Map<number, number>();
  for (const { slot } of events) hits.set(slot, (hits.get(slot) ?? 0) + 1);
  const x = (slot: number): number => LEFT + (slot % HOURS) * PITCH;
  const y = (slot: number): number => TOP + Math.floor(slot / HOURS) * ROW;
  const width = LEFT + HOURS * PITCH;
  const height = TOP + DAYS.length * ROW;
  return (
    <div className={s.chart}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
        {LABELLED.map((hour) => (
          <text key={hour} x={x(hour)} y={9} className={s.axis}>
            {two(hour)}
          </text>
        ))}
        {DAYS.map((day, i) => (
          <text key={day} x={0} y={TOP + i * ROW + 10} className={s.axis}>
            {day[0]}
          </text>
        ))}
        {counts.map((n, slot) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a slot is its position in the week
            key={slot}
            x={x(slot)}
            y={y(slot)}
            width={CELL}
            height={ROW - 1.5}
            rx={2}
            fill={n === 0 ? 'var(--cov-none)' : 'var(--chart-base)'}
            opacity={n === 0 ? 1 : 0.3 + 0.7 * Math.sqrt(n / most)}
          />
        ))}
        {[...hits.keys()].map((slot) => (
          <g key={slot} transform={`translate(${x(slot) + CELL / 2} ${y(slot) + (ROW - 1.5) / 2})`}>
            <rect
              x={-CELL / 2 - 0.5}
              y={-ROW / 2}
              width={CELL + 1}
              height={ROW}
              rx={2.5}
              fill="var(--bg-surface)"
              stroke="var(--chart-hit)"
              strokeWidth={1.3}
            />
            <path d="M0 -4.6 4.6 0 0 4.6 -4.6 0Z" fill="var(--chart-hit)" />
          </g>
        ))}
      </svg>
      <table className={s.unseen}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {Array.from({ length: HOURS }, (_, hour) => (
              <th key={two(hour)} scope="col">
                {two(hour)}:00
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {DAYS.map((day, i) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              {Array.from({ length: HOURS }, (_, hour) => {
                const own = hits.get(i * HOURS + hour);
                return (
                  <td key={two(hour)}>
                    {counts[i * HOURS + hour]}
                    {own !== undefined && ` (${own})`}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
