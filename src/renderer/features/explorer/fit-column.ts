import { COLUMNS, type ColumnId } from './columns.ts';

/** The width at which nothing that is on screen in a column is cut off, pixels. */
export function fitted(grid: HTMLElement | null, id: ColumnId): number {
  const cells = grid?.querySelectorAll<HTMLElement>(`[data-col="${id}"]`) ?? [];
  let widest = COLUMNS[id].least;
  for (const cell of cells) {
    // A cell may clip a part of itself: what each part would take, and the gaps between them.
    const clipped = [...cell.querySelectorAll<HTMLElement>('*')].reduce(
      (sum, part) => sum + Math.max(0, part.scrollWidth - part.clientWidth) * (part.clientWidth > 0 ? 1 : 0),
      0,
    );
    widest = Math.max(widest, contentWidth(cell) + clipped);
  }
  return Math.ceil(widest) + 2;
}

function contentWidth(cell: HTMLElement): number {
  const range = document.createRange();
  range.selectNodeContents(cell);
  return range.getBoundingClientRect().width;
}
