import { describe, expect, it } from 'vitest';
import {
  barsOf,
  categoryRows,
  coverageCalendar,
  coverageStrip,
  volumeStrip,
} from '../../../src/main/core/report/charts.ts';
import { openSpans } from '../../../src/main/core/report/completeness.ts';
import { fontBook } from '../../../src/main/core/report/fonts.ts';
import { counted, dayRange, groupedHash, localTime, number, zoneText } from '../../../src/main/core/report/format.ts';
import { renderPdf } from '../../../src/main/core/report/pdf.ts';
import { matchesPattern } from '../../../src/main/core/report/selector.ts';
import { exceptionRanges } from '../../../src/main/core/report/summary-pages.ts';
import { listTables } from '../../../src/main/core/report/tables.ts';
import { PAGE, STYLES } from '../../../src/main/core/report/theme.ts';
import { CATEGORIES } from '../../../src/shared/action.ts';
import { modelOf } from './make.ts';
import { missing, readPdf } from './pdf-text.ts';
import { sampleQuarter } from './sample.ts';

describe('lists', () => {
  const render = async (rows: { text: string }[][]) => {
    const content = listTables({
      title: { text: 'Title' },
      head: ['No.', 'Text'],
      widths: [60, '*'],
      rows,
    });
    const definition = {
      content,
      styles: STYLES,
      pageSize: 'A4' as const,
      pageMargins: [PAGE.left, PAGE.top, PAGE.right, PAGE.bottom] as [number, number, number, number],
      defaultStyle: { font: 'Sans' },
    };
    return readPdf((await renderPdf(definition, { fonts: fontBook(), files: [], made: 0 })).bytes);
  };
  const row = (n: number, words: number) => [
    { text: `row${n}` },
    { text: Array.from({ length: words }, (_, i) => `w${n}x${i}`).join(' ') },
  ];

  it('print every word of rows shorter, longer and much longer than a page', async () => {
    const sizes = [3, 900, 3, 4_000, 300, 3, 3, 1_200];
    const text = await render(sizes.map((size, n) => row(n, size)));
    const wanted = sizes.flatMap((size, n) => [`row${n}`, ...Array.from({ length: size }, (_, i) => `w${n}x${i}`)]);
    expect(missing(text, wanted)).toEqual([]);
    expect(text.outside).toEqual([]);
    expect(text.orphans).toEqual([]);
  });

  it('keep a short list on one page with its title', async () => {
    const text = await render([row(0, 3), row(1, 3), row(2, 3)]);
    expect(text.pages).toHaveLength(1);
  });
});

describe('charts', () => {
  const model = modelOf(sampleQuarter(400, 0));
  const bars = barsOf(model.activity.byDay);

  it('have coordinates of two decimals at most and none that is no number', () => {
    for (const svg of [
      volumeStrip(bars, new Set(['2026-07-01'])),
      categoryRows(bars, CATEGORIES),
      coverageStrip(model.coverage.days),
      coverageCalendar(model.coverage.days),
    ]) {
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      expect(svg.match(/\d+\.\d{3,}/)).toBeNull();
    }
  });

  it('gather long periods into weeks without losing an entry', () => {
    const byDay = Array.from({ length: 365 }, (_, n) => ({
      day: `2026-01-${String((n % 28) + 1).padStart(2, '0')}`,
      total: 2,
      byCategory: { authentication: 1, tunnel: 1, team: 0, billing: 0, security: 0, other: 0 },
    }));
    const weeks = barsOf(byDay);
    expect([weeks.unit, weeks.bars.length]).toEqual(['week', 53]);
    expect(weeks.bars.reduce((sum, bar) => sum + bar.total, 0)).toBe(730);
  });

  it('stand a single day and no days at all', () => {
    for (const days of [[], model.activity.byDay.slice(0, 1)]) {
      expect(categoryRows(barsOf(days), CATEGORIES)).not.toMatch(/NaN|Infinity|undefined/);
      expect(volumeStrip(barsOf(days), new Set())).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});

describe('small things', () => {
  it('writes numbers, dates, times and hashes the same everywhere', () => {
    expect([number(0), number(999), number(25_104), number(1_234_567)]).toEqual([
      '0',
      '999',
      '25\u202f104',
      '1\u202f234\u202f567',
    ]);
    expect(counted(1, 'entry', 'entries')).toBe('1 entry');
    expect(dayRange('2026-07-01', '2026-09-30')).toBe('1 July – 30 September 2026');
    expect(dayRange('2025-12-01', '2026-01-31')).toBe('1 December 2025 – 31 January 2026');
    expect(localTime(Date.UTC(2026, 9, 25, 1, 30, 0, 7), 'Europe/Lisbon')).toEqual({
      date: '25 Oct 2026',
      time: '01:30:00.007',
      offset: '+00:00',
    });
    expect(zoneText('Europe/Lisbon', Date.UTC(2026, 8, 1), Date.UTC(2026, 11, 1))).toBe(
      'Europe/Lisbon (UTC+01:00, later UTC+00:00)',
    );
    expect(groupedHash('2f9a60c47d18e35b94aa01fcb6d27713', true)).toBe('2f9a 60c4 … b6d2 7713');
    expect(exceptionRanges([1, 2, 3, 5, 7, 8])).toBe('E-1 to E-3, E-5, E-7, E-8');
  });

  it('matches patterns with stars and nothing else special', () => {
    expect(matchesPattern('tunnel.*', 'tunnel.created')).toBe(true);
    expect(matchesPattern('*.role_*', 'team.role_changed')).toBe(true);
    expect(matchesPattern('a*a', 'a')).toBe(false);
    expect(matchesPattern('tunnel.created', 'tunnel-created')).toBe(false);
  });

  it('joins days of one state that follow one another', () => {
    const spans = openSpans(modelOf(sampleQuarter(400, 0)).coverage.days);
    expect(spans.map(({ from, to, state, days }) => [from, to, state, days])).toEqual([
      ['2026-06-30', '2026-07-03', 'imported', 4],
      ['2026-07-21', '2026-07-22', 'lost', 2],
      ['2026-09-03', '2026-09-03', 'partial', 1],
      ['2026-09-30', '2026-09-30', 'pending', 1],
    ]);
  });
});
