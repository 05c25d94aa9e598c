// How every chart that people read draws its grid and axes: recharts takes them as properties of its own elements.

const TICK = { fontSize: 10.5, fill: 'var(--text-3)' };

export const GRID = { vertical: false, stroke: 'var(--chart-grid)' } as const;

/** Of time: all ticks that are given, on a line. */
export const TIME_AXIS = {
  interval: 0,
  tickLine: false,
  axisLine: { stroke: 'var(--line-strong)' },
  tick: TICK,
} as const;

/** Of counts: whole numbers, few of them, without a line. */
export const COUNT_AXIS = {
  tickCount: 3,
  allowDecimals: false,
  tickLine: false,
  axisLine: false,
  tick: TICK,
} as const;
