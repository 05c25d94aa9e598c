import type { CanvasElement, Content } from 'pdfmake/interfaces';
import type { Severity } from '../../../shared/finding.ts';
import { INK, SEVERITY_INK } from './theme.ts';

// Severity is a shape as well as a colour, so that it survives a grey print. Drawn on a grid of 16 units.

type Point = readonly [x: number, y: number];

/** The shape of a severity, `size` points square. */
export function severityMark(severity: Severity, size = 8.5): Content {
  return { canvas: SHAPES[severity](size / 16, SEVERITY_INK[severity]) };
}

/** A ticked circle: looked at, nothing found. */
export function clearMark(size = 8.5): Content {
  const s = size / 16;
  return {
    canvas: [
      { type: 'ellipse', x: 8 * s, y: 8 * s, r1: 6.4 * s, r2: 6.4 * s, lineColor: INK.ok, lineWidth: 1.2 * s },
      line(
        [
          [5.2, 8.2],
          [7.2, 10.2],
          [10.8, 6.4],
        ],
        s,
        INK.ok,
        1.4,
      ),
    ],
  };
}

/** A dash: nothing looked for it. */
export function dashMark(size = 8.5): Content {
  return {
    canvas: [
      line(
        [
          [3.5, 8],
          [12.5, 8],
        ],
        size / 16,
        INK.text3,
        1.6,
      ),
    ],
  };
}

const SHAPES: Readonly<Record<Severity, (s: number, ink: string) => CanvasElement[]>> = {
  critical: (s, ink) => [
    area(
      [
        [8, 0.9],
        [15.1, 8],
        [8, 15.1],
        [0.9, 8],
      ],
      s,
      ink,
    ),
    line(
      [
        [8, 4.4],
        [8, 8.6],
      ],
      s,
      INK.paper,
      1.7,
    ),
    line(
      [
        [8, 10.5],
        [8, 12],
      ],
      s,
      INK.paper,
      1.7,
    ),
  ],
  high: (s, ink) => [
    area(
      [
        [8, 1.6],
        [15, 14],
        [1, 14],
      ],
      s,
      ink,
    ),
  ],
  medium: (s, ink) => [
    area(
      [
        [8, 2.2],
        [8, 13.2],
        [2, 13.2],
      ],
      s,
      ink,
    ),
    line(
      [
        [8, 2.2],
        [14, 13.2],
        [2, 13.2],
        [8, 2.2],
      ],
      s,
      ink,
      1.5,
    ),
  ],
  low: (s, ink) => [
    { type: 'ellipse', x: 8 * s, y: 8 * s, r1: 5.4 * s, r2: 5.4 * s, lineColor: ink, lineWidth: 1.9 * s },
  ],
  info: (s, ink) => [{ type: 'ellipse', x: 8 * s, y: 8 * s, r1: 3.6 * s, r2: 3.6 * s, color: ink }],
};

function area(points: readonly Point[], s: number, color: string): CanvasElement {
  return { type: 'polyline', closePath: true, color, points: points.map(([x, y]) => ({ x: x * s, y: y * s })) };
}

function line(points: readonly Point[], s: number, lineColor: string, width: number): CanvasElement {
  return {
    type: 'polyline',
    lineColor,
    lineWidth: width * s,
    points: points.map(([x, y]) => ({ x: x * s, y: y * s })),
  };
}
