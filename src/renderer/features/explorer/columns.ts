/** The columns there are, in their usual order. */
export const COLUMN_IDS = [
  'severity',
  'time',
  'age',
  'actor',
  'action',
  'code',
  'target',
  'address',
  'network',
  'team',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

type ColumnInfo = {
  readonly title: string;
  /** Pixels: what it takes where nobody sized it, and the least it can be made. */
  readonly width: number;
  readonly least: number;
  /** Share of what is left over; 0 keeps its width. */
  readonly grows: number;
  /** Steps aside where room is short, the lowest first; null never does. */
  readonly stepsAside: number | null;
  /** Whether it can be left out by choice. */
  readonly optional: boolean;
};

export const COLUMNS: Readonly<Record<ColumnId, ColumnInfo>> = {
  severity: { title: 'Severity', width: 18, least: 18, grows: 0, stepsAside: null, optional: true },
  time: { title: 'Time', width: 100, least: 70, grows: 0, stepsAside: null, optional: false },
  age: { title: 'Age', width: 44, least: 36, grows: 0, stepsAside: 1, optional: true },
  actor: { title: 'Actor', width: 158, least: 60, grows: 0, stepsAside: null, optional: true },
  action: { title: 'Action', width: 190, least: 80, grows: 1.3, stepsAside: null, optional: false },
  code: { title: 'Code', width: 130, least: 60, grows: 0.9, stepsAside: 3, optional: true },
  target: { title: 'Target', width: 120, least: 60, grows: 0.8, stepsAside: 2, optional: true },
  address: { title: 'Address', width: 116, least: 60, grows: 0, stepsAside: null, optional: true },
  network: { title: 'Network', width: 150, least: 40, grows: 0, stepsAside: 0, optional: true },
  team: { title: 'Team', width: 100, least: 50, grows: 0, stepsAside: 0, optional: true },
};

export const WIDEST = 900;

/** Columns as they are shown, in order; `width` null is as wide as there is room for. */
export type ChosenColumn = { readonly id: ColumnId; readonly width: number | null };
export type Chosen = readonly ChosenColumn[];

export const USUAL: Chosen = COLUMN_IDS.filter((id) => id !== 'team').map((id) => ({
  id,
  width: null,
}));

/** `time,actor:180,action`: columns as preferences and the address write them. */
export function columnsText(chosen: Chosen): string {
  return chosen.map(({ id, width }) => (width === null ? id : `${id}:${width}`)).join(',');
}

/** The columns a text names; null where it names none that can be shown. What it does not know it leaves out. */
export function columnsFrom(text: string | null | undefined): Chosen | null {
  if (!text) return null;
  const chosen: ChosenColumn[] = [];
  for (const part of text.split(',')) {
    const [name = '', width] = part.split(':');
    const id = COLUMN_IDS.find((one) => one === name);
    if (id === undefined || chosen.some((one) => one.id === id)) continue;
    chosen.push({ id, width: width !== undefined && /^\d{1,4}$/.test(width) ? clamped(id, Number(width)) : null });
  }
  if (chosen.length === 0) return null;
  const missing = COLUMN_IDS.filter((id) => !COLUMNS[id].optional && !chosen.some((one) => one.id === id));
  return [...missing.map((id) => ({ id, width: null })), ...chosen];
}

export function sized(chosen: Chosen, id: ColumnId, width: number): Chosen {
  return chosen.map((one) => (one.id === id ? { id, width: clamped(id, width) } : one));
}

/** Moves a column to before another; null puts it last. */
export function movedBefore(chosen: Chosen, id: ColumnId, before: ColumnId | null): Chosen {
  const moved = chosen.find((one) => one.id === id);
  if (moved === undefined || before === id) return chosen;
  const rest = chosen.filter((one) => one.id !== id);
  const at = before === null ? rest.length : rest.findIndex((one) => one.id === before);
  return at < 0 ? chosen : rest.toSpliced(at, 0, moved);
}

export function stepped(chosen: Chosen, id: ColumnId, by: 1 | -1): Chosen {
  const at = chosen.findIndex((one) => one.id === id);
  const other = chosen[at + by];
  const own = chosen[at];
  if (own === undefined || other === undefined) return chosen;
  return chosen.with(at, other).with(at + by, own);
}

/** Shows a column that is not there, at its usual place, or takes it away. */
export function withColumn(chosen: Chosen, id: ColumnId, there: boolean): Chosen {
  if (!there) return COLUMNS[id].optional ? chosen.filter((one) => one.id !== id) : chosen;
  if (chosen.some((one) => one.id === id)) return chosen;
  const later = COLUMN_IDS.slice(COLUMN_IDS.indexOf(id) + 1);
  const at = chosen.findIndex((one) => later.includes(one.id));
  return chosen.toSpliced(at < 0 ? chosen.length : at, 0, { id, width: null });
}

/** Pixels between two columns, before the first and after the last. The box that picks a row comes before all. */
export const GAP = 10;
const EDGES = 20;
export const BOX = 16;

/** The chosen columns that there is room for in so many pixels, in order. */
export function fitting(chosen: Chosen, room: number): Chosen {
  let shown = chosen;
  const needed = () => shown.reduce((sum, one) => sum + GAP + widthOf(one), EDGES + BOX);
  while (needed() > room) {
    const aside = shown
      .filter(({ id }) => COLUMNS[id].stepsAside !== null)
      .sort((a, b) => (COLUMNS[a.id].stepsAside ?? 0) - (COLUMNS[b.id].stepsAside ?? 0))[0];
    if (aside === undefined) break;
    shown = shown.filter((one) => one !== aside);
  }
  return shown;
}

/** The same as the grid of a row. */
export function gridOf(shown: Chosen): string {
  const tracks = shown.map(({ id, width }) => {
    const { grows, least } = COLUMNS[id];
    if (width !== null || grows === 0) return `${width ?? COLUMNS[id].width}px`;
    return `minmax(${least}px, ${grows}fr)`;
  });
  // Where every column has its width, what is left over stays empty at the end.
  const open = tracks.some((track) => track.includes('fr'));
  return [`${BOX}px`, ...tracks, ...(open ? [] : ['1fr'])].join(' ');
}

function widthOf({ id, width }: ChosenColumn): number {
  return width ?? COLUMNS[id].width;
}

function clamped(id: ColumnId, width: number): number {
  return Math.round(Math.min(WIDEST, Math.max(COLUMNS[id].least, width)));
}
