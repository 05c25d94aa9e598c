import { useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type MouseEvent, useCallback, useMemo, useRef } from 'react';
import type { EntryLine } from '../../../shared/entry.ts';
import type { Filter, Term } from '../../../shared/filter/filter.ts';
import { useArchive } from '../../lib/app-state.ts';
import { copyText } from '../../lib/copy.ts';
import { only, type TimeRange, toggled, withRange, wordsOf } from '../../lib/filter-edit.ts';
import { useKeys } from '../../lib/keys.ts';
import { useMarks } from '../../lib/marks.ts';
import { entryOptions } from '../../lib/queries.ts';
import { boundText } from '../../lib/time.ts';
import { useLast } from '../../lib/use-last.ts';
import { useCasePin } from '../../ui/case-pin.tsx';
import { FailureNote } from '../../ui/notes.tsx';
import { spanOf, useRowSource } from './answer.ts';
import { ChartPanel } from './chart-panel.tsx';
import { Chips } from './chips.tsx';
import type { ColumnId } from './columns.ts';
import { ColumnsMenu } from './columns-menu.tsx';
import { useCoverage } from './coverage-of.ts';
import { Drawer } from './drawer.tsx';
import { termOf } from './entry-cells.tsx';
import { EntryTable, RowsFailure, type TableHandle } from './entry-table.tsx';
import s from './explorer.module.css';
import { ExportMenu } from './export-menu.tsx';
import { Facets } from './facets.tsx';
import { FoldToggle } from './fold-toggle.tsx';
import { NewSince } from './new-since.tsx';
import { Nothing } from './nothing.tsx';
import bar from './query-bar.module.css';
import { RangePicker, RangePresets } from './range-picker.tsx';
import type { ShownRow } from './row-source.ts';
import { QueryProblem, SearchBar } from './search-bar.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { rangeBeside, zoomed } from './span-moves.ts';
import { StatusBar } from './status-bar.tsx';
import { useColumns } from './use-columns.ts';
import { useCursor } from './use-cursor.ts';
import { useFold } from './use-fold.ts';
import { useNews } from './use-news.ts';
import { useAsked } from './use-question.ts';
import { useReadAhead } from './use-read-ahead.ts';
import { useSelection } from './use-selection.tsx';
import { useViews } from './use-views.tsx';
import { ViewsMenu } from './views-menu.tsx';

export function Explorer() {
  const archive = useArchive();
  const client = useQueryClient();
  const { e: openKey = null } = useSearch({ from: '/' });
  const { text, question, problem, atRest, ask, type, rest, edit } = useAsked();
  const { filter, zone } = question;
  // The rows follow every key; what is counted and drawn beside them follows once typing stops.
  const later = useLast(atRest ? question : null) ?? question;
  const [folded, turnFold] = useFold();
  const { source, stale, tookMs, error, toggle } = useRowSource(question, folded);
  useReadAhead(source !== null);
  const total = source?.entries ?? null;
  const table = useRef<TableHandle>(null);
  const cursor = useCursor(source, openKey, table);
  const marks = useMarks();
  const columns = useColumns();
  const views = useViews(later.filter, columns, folded, zone);
  const news = useNews(later, views.active?.id ?? 'all');

  // "Now" moves with every question and every change of the archive, not with every frame.
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are the moments
  const nowMs = useMemo(() => Date.now(), [question, archive.version]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: so it does for what follows later
  const laterMs = useMemo(() => Date.now(), [later, archive.version]);
  const span = useMemo(() => spanOf(later.filter, zone, archive, laterMs), [later, zone, archive, laterMs]);
  const coverage = useCoverage(span, laterMs);
  const selection = useSelection({ source, question, cursor, openKey, marks: marks.of, nowMs });
  const { picked } = selection;
  const casePin = useCasePin();
  // Rows that stay until the new ones come stay as they are: marked with the words that they answer, of the age they had.
  const asked = useMemo(() => ({ words: wordsOf(filter), nowMs }), [filter, nowMs]);
  const shown = useLast(stale ? null : asked) ?? asked;

  const change = useCallback((next: Filter) => edit(() => next), [edit]);
  const setRange = useCallback((range: TimeRange) => edit((before) => withRange(before, range)), [edit]);
  const selectSpan = useCallback(
    (fromMs: number, toMs: number) => setRange({ from: boundText(fromMs, zone), to: boundText(toMs, zone) }),
    [setRange, zone],
  );
  const { last, from, to } = filter;
  const range = useMemo(
    (): TimeRange => ({
      ...(last !== undefined && { last }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    }),
    [last, from, to],
  );
  const onTerm = (term: Term, not: boolean): void =>
    edit((before) => (not ? toggled(before, { ...term, negated: true }) : only(before, term)));

  function onOpen(position: number, shown: ShownRow, event: MouseEvent): void {
    if (event.shiftKey || event.ctrlKey || event.metaKey) selection.click(position, shown, event);
    else if (shown.run && shown.line) onFold(position, shown.line);
    else {
      cursor.set(position);
      cursor.open(shown.row.key);
    }
  }

  function onFold(position: number, line: EntryLine): void {
    cursor.set(position);
    toggle(line);
  }

  const current = () => (cursor.at === null ? null : (source?.shown(cursor.at) ?? null));

  /** Shows each of the current row's repeats, or folds them; false where there are none to. */
  function fold(open: boolean): boolean {
    const shown = current();
    if (!shown?.line || (shown.run !== null) !== open || cursor.at === null) return false;
    // What is folded from within leaves the cursor on the row that it is behind.
    onFold(cursor.at - (shown.first - shown.line.position), shown.line);
    return true;
  }

  const opened = () =>
    openKey === null ? null : (client.getQueryData(entryOptions(archive, openKey).queryKey) ?? null);

  function copyOpened(): void {
    const detail = opened();
    if (detail) copyText(detail.raw);
  }

  /** All there ever was with the value that the entry has in a column. */
  const trailOf = (column: ColumnId) => () => {
    const detail = opened();
    const shown = detail ? { row: detail.row, run: null } : current();
    const term = shown && termOf(column, shown);
    if (term) change({ terms: [term] });
  };

  function pinIntoCase(): void {
    const about = selection.subject();
    if (!about) return;
    const count = about.keys?.length ?? picked.count;
    casePin.pin({ entries: about.question, count, findings: [], title: '', severity: 'high' });
  }

  function closeLayer(): void {
    if (selection.asked) selection.cancel();
    else if (picked.any) picked.clear();
    else cursor.close();
  }

  const move = (rows: number) => () => cursor.moveTo(cursor.at === null ? 0 : cursor.at + rows);
  const page = (direction: 1 | -1) => move(direction * (table.current?.pageRows ?? 1));
  const zoomTo = (times: number) => () => {
    const next = span && zoomed(span, times);
    if (next) selectSpan(next.fromMs, next.toMs);
  };
  const moveSpan = (direction: 1 | -1) => () => {
    if (span) setRange(rangeBeside(filter, span, direction, zone));
  };
  useKeys({
    j: move(1),
    ArrowDown: move(1),
    k: move(-1),
    ArrowUp: move(-1),
    PageDown: () => page(1)(),
    PageUp: () => page(-1)(),
    Home: () => cursor.moveTo(0),
    End: () => cursor.moveTo(Number.MAX_SAFE_INTEGER),
    Enter: () => fold(true) || cursor.openCurrent(),
    ArrowRight: () => void fold(true),
    ArrowLeft: () => void fold(false),
    r: turnFold,
    Escape: closeLayer,
    x: selection.toggleCurrent,
    X: selection.all,
    J: () => selection.extendBy(1),
    K: () => selection.extendBy(-1),
    t: () => selection.ask('tag'),
    p: () => selection.ask('pin'),
    P: pinIntoCase,
    n: () => selection.ask('note'),
    u: selection.marking.undo,
    c: copyOpened,
    a: trailOf('actor'),
    i: trailOf('address'),
    o: trailOf('target'),
    '[': moveSpan(-1),
    ']': moveSpan(1),
    '+': zoomTo(0.5),
    '=': zoomTo(0.5),
    '-': zoomTo(2),
  });

  const bounded = last !== undefined || from !== undefined || to !== undefined;
  return (
    <div className={s.screen} data-drawer={openKey === null ? undefined : true}>
      <h1 className={s.hiddenTitle}>Explorer</h1>
      <div className={s.explorer}>
        <div className={bar.queryBar}>
          <SearchBar
            text={text}
            terms={filter.terms.length + (bounded ? 1 : 0)}
            problem={problem}
            onType={type}
            onRest={rest}
          />
          <RangePicker range={range} onRange={setRange} />
          <ViewsMenu views={views} />
          <ExportMenu question={question} total={stale ? null : total} />
        </div>
        <div className={bar.chips}>
          {problem ? (
            <QueryProblem problem={problem} text={text} onTake={ask} />
          ) : (
            <Chips filter={filter} onChange={change} />
          )}
          <span className={bar.grow} />
          <NewSince news={news} filter={filter} onChange={change} />
          <RangePresets range={range} onRange={setRange} />
          <FoldToggle folded={folded} onTurn={turnFold} />
          <ColumnsMenu columns={columns} />
        </div>
        {error != null && (
          <div className={bar.error}>
            <FailureNote error={error} />
          </div>
        )}
        <ChartPanel question={later} span={span} total={total} coverage={coverage} onSelect={selectSpan} />
        <div className={s.body} data-stale={stale || undefined}>
          <Facets question={later} onEdit={edit} />
          <div className={s.tableArea}>
            <EntryTable
              ref={table}
              source={source}
              zone={zone}
              nowMs={shown.nowMs}
              cursor={cursor.at}
              openKey={openKey}
              words={shown.words}
              marks={marks.of}
              coverage={coverage}
              picked={picked}
              columns={columns.columns}
              seenFrom={news.seenFrom}
              onColumns={columns.change}
              onOpen={onOpen}
              onPick={selection.click}
              onFold={onFold}
              onAll={selection.all}
              onTerm={onTerm}
            />
            {total === 0 && !stale && (
              <div className={s.nothing}>
                <Nothing
                  filter={filter}
                  coverage={coverage}
                  entries={archive.entries}
                  bounded={bounded}
                  onChange={change}
                />
              </div>
            )}
            <RowsFailure source={source} />
          </div>
        </div>
        {picked.any && (
          <SelectionBar
            picked={picked}
            total={stale ? null : total}
            asked={selection.asked}
            tags={marks.tags}
            pending={selection.marking.pending}
            onAsk={selection.ask}
            onSay={selection.say}
            onCancel={selection.cancel}
            onAll={selection.all}
            onCase={pinIntoCase}
          />
        )}
        <StatusBar cursor={cursor.at} source={source} tookMs={tookMs} drawer={openKey !== null} />
      </div>
      {openKey !== null && (
        <Drawer
          entryKey={openKey}
          marks={marks.of.get(openKey) ?? null}
          marking={selection.marking}
          onCase={pinIntoCase}
          onClose={cursor.close}
        />
      )}
      {casePin.dialog}
    </div>
  );
}
