import { Button } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { EntryRow } from '../../../shared/entry.ts';
import type { Filter } from '../../../shared/filter/filter.ts';
import { useArchive } from '../../lib/app-state.ts';
import { copyText } from '../../lib/copy.ts';
import { withRange, wordsOf } from '../../lib/filter-edit.ts';
import { focusSearch, useKeys } from '../../lib/keys.ts';
import { counted, grouped } from '../../lib/number.ts';
import { entryOptions, rank, useFindings, worstByEntry } from '../../lib/queries.ts';
import { boundText } from '../../lib/time.ts';
import { EmptyState, FailureNote } from '../../ui/notes.tsx';
import { spanOf, useRowSource } from './answer.ts';
import { ChartPanel } from './chart-panel.tsx';
import { Chips } from './chips.tsx';
import { type Coverage, useCoverage } from './coverage-of.ts';
import { Drawer } from './drawer.tsx';
import { EntryTable, RowsFailure, type TableHandle } from './entry-table.tsx';
import s from './explorer.module.css';
import { ExportMenu } from './export-menu.tsx';
import { Facets } from './facets.tsx';
import { positionOf } from './locate.ts';
import { RangePicker, RangePresets } from './range-picker.tsx';
import { QueryProblem, SearchBar } from './search-bar.tsx';
import { StatusBar } from './status-bar.tsx';
import { useAsked } from './use-question.ts';

/** Moving along the list with the drawer open asks for an entry at most this often, milliseconds. */
const FOLLOW = 90;

export function Explorer() {
  const archive = useArchive();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { e: openKey = null } = useSearch({ from: '/' });
  const { text, question, problem, ask, change } = useAsked();
  const { filter, zone } = question;
  const later = useDeferredValue(question);
  const { source, stale, error } = useRowSource(question);
  const total = source?.layout.rows ?? null;
  const table = useRef<TableHandle>(null);
  const [cursor, setCursor] = useState<number | null>(null);

  // "Now" moves with every question and every change of the archive, not with every frame.
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are the moments
  const nowMs = useMemo(() => Date.now(), [question, archive.version]);
  const span = useMemo(() => spanOf(filter, zone, archive, nowMs), [filter, zone, archive, nowMs]);
  const coverage = useCoverage(span, nowMs);
  const findings = useFindings().data?.findings;
  const worst = useMemo(() => worstByEntry(findings ?? []), [findings]);
  const ofEntry = useMemo(
    () =>
      openKey === null
        ? []
        : (findings ?? [])
            .filter((one) => one.entryKeys.includes(openKey))
            .sort((a, b) => rank(a.severity) - rank(b.severity)),
    [findings, openKey],
  );
  const words = useMemo(() => wordsOf(filter), [filter]);

  const open = useCallback(
    (key: number | null, replace = false) => {
      void navigate({
        to: '/',
        search: (before) => {
          const { e: _old, ...rest } = before;
          return key === null ? rest : { ...rest, e: key };
        },
        replace,
      });
    },
    [navigate],
  );

  // The opened entry comes from the address after a reload or a step back: find the row it stands in.
  useEffect(() => {
    if (!source || source.slots === 0) return setCursor(null);
    if (openKey === null) return;
    let over = false;
    void positionOf(openKey, question)
      .catch(() => null)
      .then((position) => {
        if (over || position === null) return;
        setCursor((before) => {
          if (before !== position) table.current?.reveal(position, before === null);
          return position;
        });
      });
    return () => {
      over = true;
    };
  }, [source, openKey, question]);

  const follow = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(follow.current), []);

  function moveTo(position: number): void {
    if (!source || total === null || total === 0) return;
    const next = Math.min(total - 1, Math.max(0, position));
    setCursor(next);
    table.current?.reveal(next);
    if (openKey === null) return;
    clearTimeout(follow.current);
    follow.current = setTimeout(() => {
      const row = source.row(next);
      if (row) open(row.key, true);
    }, FOLLOW);
  }
  const move = (rows: number) => () => moveTo(cursor === null ? 0 : cursor + rows);
  const page = (direction: 1 | -1) => () => moveTo((cursor ?? 0) + direction * (table.current?.pageRows ?? 1));
  const goTo = (position: number) => () => moveTo(position);

  function openCursor(): void {
    clearTimeout(follow.current);
    const row = source && cursor !== null ? source.row(cursor) : null;
    if (row) open(row.key);
    else if (cursor === null) moveTo(0);
  }

  function close(): void {
    // What was to follow the cursor must not open again what is closed here.
    clearTimeout(follow.current);
    if (openKey !== null) open(null);
  }

  function shift(direction: 1 | -1): void {
    if (!span) return;
    const length = span.toMs - span.fromMs + 1;
    selectSpan(span.fromMs + direction * length, span.toMs + direction * length);
  }

  const selectSpan = useCallback(
    (fromMs: number, toMs: number) => {
      change(withRange(filter, { from: boundText(fromMs, zone), to: boundText(toMs, zone) }));
    },
    [change, filter, zone],
  );

  const onOpen = useCallback(
    (position: number, row: EntryRow) => {
      setCursor(position);
      open(row.key);
    },
    [open],
  );

  function copyOpened(): void {
    const detail = openKey === null ? null : client.getQueryData(entryOptions(archive, openKey).queryKey);
    if (detail) copyText(detail.raw);
  }

  useKeys({
    j: move(1),
    ArrowDown: move(1),
    k: move(-1),
    ArrowUp: move(-1),
    PageDown: page(1),
    PageUp: page(-1),
    Home: goTo(0),
    End: goTo(Number.MAX_SAFE_INTEGER),
    Enter: openCursor,
    Escape: close,
    c: copyOpened,
    '[': () => shift(-1),
    ']': () => shift(1),
  });

  const bounded = filter.last !== undefined || filter.from !== undefined || filter.to !== undefined;
  return (
    <div className={s.screen} data-drawer={openKey === null ? undefined : true}>
      <h1 className={s.hiddenTitle}>Explorer</h1>
      <div className={s.explorer}>
        <div className={s.queryBar}>
          <SearchBar text={text} terms={filter.terms.length + (bounded ? 1 : 0)} problem={problem} onAsk={ask} />
          <RangePicker filter={filter} onChange={change} />
          <ExportMenu question={question} total={stale ? null : total} />
        </div>
        <div className={s.chips}>
          {problem ? (
            <QueryProblem problem={problem} text={text} onTake={ask} />
          ) : (
            <Chips filter={filter} onChange={change} />
          )}
          <span className={s.grow} />
          <RangePresets filter={filter} onChange={change} />
        </div>
        {error != null && (
          <div className={s.error}>
            <FailureNote error={error} />
          </div>
        )}
        <ChartPanel
          question={question}
          span={span}
          total={total}
          coverage={coverage}
          findings={findings ?? []}
          onSelect={selectSpan}
        />
        <div className={s.body} data-stale={stale || undefined}>
          <Facets question={later} filter={filter} onChange={change} />
          <div className={s.tableArea}>
            <EntryTable
              ref={table}
              source={source}
              zone={zone}
              nowMs={nowMs}
              cursor={cursor}
              openKey={openKey}
              words={words}
              worst={worst}
              coverage={coverage}
              onOpen={onOpen}
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
        <StatusBar cursor={cursor} total={total} drawer={openKey !== null} />
      </div>
      {openKey !== null && <Drawer entryKey={openKey} findings={ofEntry} onClose={close} />}
    </div>
  );
}

type NothingProps = {
  readonly filter: Filter;
  readonly coverage: Coverage;
  readonly entries: number;
  readonly bounded: boolean;
  readonly onChange: (filter: Filter) => void;
};

/** No match: how much that says, and up to two ways out. */
function Nothing({ filter, coverage, entries, bounded, onChange }: NothingProps) {
  const last = filter.terms.at(-1);
  const meaning =
    coverage.lost > 0
      ? `${counted(coverage.lost, 'day', 'days')} of this range ${coverage.lost === 1 ? 'was' : 'were'} lost before Logbook could fetch them, so that nothing found proves nothing.`
      : coverage.incomplete > 0
        ? `${counted(coverage.incomplete, 'day', 'days')} of this range ${coverage.incomplete === 1 ? 'is' : 'are'} not complete, so that it may still turn up.`
        : coverage.known
          ? 'Every past day of this range is complete. So this did not happen, or Jetty does not log it.'
          : 'What this range should hold was never compared with Jetty, so that nothing found proves little.';
  return (
    <EmptyState
      icon={<IconSearch size={16} stroke={1.6} aria-hidden />}
      title="No entry matches"
      actions={
        <>
          {last && (
            <Button
              size="xs"
              variant="default"
              onClick={() => onChange({ ...filter, terms: filter.terms.slice(0, -1) })}
            >
              Drop the last condition
            </Button>
          )}
          {bounded && (
            <Button size="xs" variant="default" onClick={() => onChange(withRange(filter, {}))}>
              Widen to all time
            </Button>
          )}
          {!last && !bounded && (
            <Button size="xs" variant="default" onClick={focusSearch}>
              Write another search
            </Button>
          )}
        </>
      }
    >
      The archive holds {grouped(entries)} entries. {meaning}
    </EmptyState>
  );
}
