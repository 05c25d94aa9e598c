import type { CustomTableLayout, StyleDictionary } from 'pdfmake/interfaces';
import type { Category } from '../../../shared/action.ts';
import type { DayState } from '../../../shared/coverage.ts';
import type { Severity } from '../../../shared/finding.ts';

// Values of the light theme, for paper: lengths in points (a pixel of the mock-ups is 0.75 pt), colours as in tokens.css.

export const PAGE = { width: 595.28, height: 841.89, left: 51, right: 51, top: 48, bottom: 62 } as const;
export const CONTENT_WIDTH = PAGE.width - PAGE.left - PAGE.right;
export const CONTENT_HEIGHT = PAGE.height - PAGE.top - PAGE.bottom;
export const GAP = 8;

export const INK = {
  text: '#13202c',
  text2: '#43525f',
  text3: '#596774',
  line: '#d9dfe4',
  lineStrong: '#b9c3cb',
  sunken: '#eceff2',
  accent: '#0a5e8c',
  ok: '#0b6e52',
  paper: '#ffffff',
} as const;

export const SEVERITY_INK: Readonly<Record<Severity, string>> = {
  critical: '#a61b2b',
  high: '#b04600',
  medium: '#776000',
  low: '#3f6487',
  info: '#596774',
};

export const CATEGORY_INK: Readonly<Record<Category, string>> = {
  authentication: '#2e8cbd',
  tunnel: '#0b7264',
  team: '#7c3ab8',
  billing: '#a08210',
  security: '#23386e',
  other: '#84919e',
};

export const CATEGORY_NAME: Readonly<Record<Category, string>> = {
  authentication: 'Authentication',
  tunnel: 'Tunnel',
  team: 'Team',
  billing: 'Billing',
  security: 'Security',
  other: 'Other',
};

export const DAY_INK: Readonly<Record<DayState, string>> = {
  complete: '#4689ae',
  imported: '#6e58a5',
  partial: '#8a6a00',
  lost: '#a61b2b',
  pending: '#84919e',
};

export const SIZE = { body: 9, cell: 8, fine: 7.4, mono: 7.2, head: 7.6 } as const;

export const STYLES: StyleDictionary = {
  h1: { fontSize: 25.5, bold: true, characterSpacing: -0.55, lineHeight: 0.87 },
  h2: { fontSize: 18, bold: true, characterSpacing: -0.35, lineHeight: 0.95 },
  h3: { fontSize: 9.8, bold: true },
  lead: { fontSize: 10.2, lineHeight: 1.12 },
  body: { fontSize: SIZE.body, lineHeight: 1.1 },
  cell: { fontSize: SIZE.cell },
  fine: { fontSize: SIZE.fine, color: INK.text3 },
  head: { fontSize: SIZE.head, bold: true, color: INK.text2 },
  mono: { fontSize: SIZE.mono, font: 'Mono' },
};

/** Rules between rows, a strong one under the head, none upright; head rows repeat on every page. */
export const RULED: CustomTableLayout = {
  hLineWidth: (i, node) => {
    const heads = node.table.headerRows ?? 0;
    if (i === 0 || i < heads) return 0;
    return i === heads && heads > 0 ? 1.1 : 0.5;
  },
  hLineColor: (i, node) => (i === (node.table.headerRows ?? 0) && i > 0 ? INK.text : INK.line),
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: (i, node) => (i === (node.table.widths?.length ?? 0) - 1 ? 0 : GAP),
  paddingTop: (i, node) => (i < (node.table.headerRows ?? 0) ? 3 : 4),
  paddingBottom: () => 4,
};

/** As RULED, closer: for long lists of figures. */
export const DENSE: CustomTableLayout = { ...RULED, paddingTop: () => 1.2, paddingBottom: () => 1.2 };

/** Facts: a rule above every row. */
export const FACTS: CustomTableLayout = {
  hLineWidth: (i, node) => (i === node.table.body.length ? 0 : 0.5),
  hLineColor: () => INK.line,
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => GAP,
  paddingTop: () => 3.7,
  paddingBottom: () => 3.7,
};

/** A box with a strong left edge: something that must not be overlooked. */
export const NOTICE: CustomTableLayout = {
  hLineWidth: () => 0.75,
  hLineColor: () => INK.lineStrong,
  vLineWidth: (i) => (i === 0 ? 2.4 : 0.75),
  vLineColor: (i) => (i === 0 ? SEVERITY_INK.critical : INK.lineStrong),
  paddingLeft: () => 11,
  paddingRight: () => 11,
  paddingTop: () => 7,
  paddingBottom: () => 7,
};
