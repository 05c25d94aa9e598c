import type { Content, CustomTableLayout, TableCell } from 'pdfmake/interfaces';
import { heightBound, TALLEST_WHOLE } from './height-bound.ts';
import { CONTENT_WIDTH, GAP, RULED } from './theme.ts';

// pdfmake loses, without an error, a row that may not break and is taller than a page. Rows are kept whole for the
// reader's sake, so every row's height is bounded first, from above; what may be too tall goes into a table of its own
// whose rows may break.

// A list of so few rows is not broken over two pages.
const MOST_SHORT = 8;

export type TableSpec = {
  /** Stands above the head and is repeated with it, so that it is never left alone at the foot of a page. */
  readonly title?: Content;
  /** Name of a place to link to, at the title. Repeated heads would move it to their last page, so the first row has it. */
  readonly target?: string;
  readonly head: readonly string[];
  /** Points, or `*` for the rest of the width; numbers only where the typesetter has to know. */
  readonly widths: readonly (number | '*')[];
  /** Columns of figures, set to the right. */
  readonly right?: readonly number[];
  readonly rows: readonly (readonly TableCell[])[];
  readonly layout?: CustomTableLayout;
};

/** Column widths in points: `*` shares what the others and the gaps leave. */
export function columnWidths(widths: readonly (number | '*')[]): number[] {
  const fixed = widths.reduce<number>((sum, w) => sum + (w === '*' ? 0 : w), 0);
  const stars = widths.filter((w) => w === '*').length;
  const rest = (CONTENT_WIDTH - fixed - GAP * (widths.length - 1)) / Math.max(1, stars);
  return widths.map((w) => (w === '*' ? rest : w));
}

/** A list as one or more tables below one another; nothing is lost however tall a row is. */
export function listTables(spec: TableSpec): Content[] {
  const widths = columnWidths(spec.widths);
  const right = new Set(spec.right ?? []);
  // Figures end where their column ends: text that follows them starts a little further in.
  const align = (cells: readonly TableCell[]): TableCell[] =>
    cells.map((cell, i) => {
      if (typeof cell !== 'object') return cell;
      if (right.has(i)) return { ...cell, alignment: 'right' } as TableCell;
      return right.has(i - 1) ? ({ ...cell, margin: [GAP, 0, 0, 0] } as TableCell) : cell;
    });
  const heads = (isFirst: boolean): TableCell[][] => {
    const rows: TableCell[][] = [align(spec.head.map((text): TableCell => ({ text, style: 'head' })))];
    if (spec.title !== undefined) {
      // A name is given once, also where a tall row has a table of its own.
      const title = isFirst
        ? spec.title
        : ({ ...(spec.title as object), id: undefined, outline: undefined } as unknown as Content);
      rows.unshift([
        { stack: [title], colSpan: widths.length } as TableCell,
        ...widths.slice(1).map(() => ({ text: '' })),
      ]);
    }
    return rows;
  };
  const isShort = (rows: readonly (readonly TableCell[])[]): boolean =>
    rows.length <= MOST_SHORT && rows.reduce((sum, row) => sum + heightBound(row, widths), 0) <= TALLEST_WHOLE;
  const out: Content[] = [];
  const make = (rows: readonly (readonly TableCell[])[], whole: boolean): Content => {
    const head = heads(out.length === 0);
    return {
      layout: spec.layout ?? RULED,
      style: 'cell',
      table: {
        widths,
        headerRows: head.length,
        dontBreakRows: whole,
        // Rows kept with the head are one unbreakable block with it: only where they surely fit.
        ...(whole ? { keepWithHeaderRows: isShort(rows) ? rows.length : 1 } : {}),
        body: [...head, ...rows.map(align)],
      },
    };
  };
  let batch: (readonly TableCell[])[] = [];
  const close = (): void => {
    if (batch.length > 0) out.push(make(batch, true));
    batch = [];
  };
  for (const row of spec.target === undefined ? spec.rows : withTarget(spec.rows, spec.target)) {
    if (heightBound(row, widths) <= TALLEST_WHOLE) batch.push(row);
    else {
      close();
      out.push(make([row], false));
    }
  }
  close();
  return out;
}

function withTarget(rows: TableSpec['rows'], target: string): (readonly TableCell[])[] {
  return rows.map((row, i) => {
    if (i > 0) return row;
    const anchor = { text: ' ', fontSize: 1, id: target, relativePosition: { x: 0, y: -44 } };
    return row.map((cell, n) => (n === 0 ? ({ stack: [anchor, cell] } as TableCell) : cell));
  });
}
