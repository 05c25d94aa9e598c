import { ActionIcon, Loader } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconFileText } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ReportDraft } from '../../../shared/report-contract.ts';
import { grouped } from '../../lib/number.ts';
import { EmptyState, FailureNote } from '../../ui/notes.tsx';
import type { Pages } from './pdf-pages.ts';
import s from './preview.module.css';

const WIDTH = 620;

/** The pages of a draft as they will be saved: one at a time, by arrow keys, Page Up and Down, Home and End. */
export function Preview({ draft, busy }: { draft: ReportDraft | null; busy: boolean }) {
  const [pages, setPages] = useState<Pages | null>(null);
  const [page, setPage] = useState(1);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    if (!draft) return;
    let opened: Pages | null = null;
    let left = false;
    setFailure(null);
    import('./pdf-pages.ts')
      .then(({ openPages }) => openPages(draft))
      .then((found) => {
        opened = found;
        if (left) return found.close();
        setPage((before) => Math.min(before, found.count));
        setPages(found);
      })
      .catch((error) => !left && setFailure(error));
    return () => {
      left = true;
      setPages(null);
      opened?.close();
    };
  }, [draft]);
  const last = pages?.count ?? 1;
  const turn = (to: number) => setPage(Math.max(1, Math.min(last, to)));

  function onKeyDown(event: KeyboardEvent): void {
    const to = {
      ArrowLeft: page - 1,
      ArrowRight: page + 1,
      PageUp: page - 1,
      PageDown: page + 1,
      Home: 1,
      End: last,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    turn(to);
  }

  return (
    <section className={s.preview} aria-label="Preview">
      <header className={s.bar}>
        <h2>Preview</h2>
        <span className={s.grow} />
        {pages && (
          <>
            <ActionIcon
              variant="subtle"
              size="sm"
              aria-label="Page before"
              disabled={page <= 1}
              onClick={() => turn(page - 1)}
            >
              <IconChevronLeft size={15} stroke={1.6} aria-hidden />
            </ActionIcon>
            <span className={s.count} role="status">
              Page {grouped(page)} of {grouped(last)}
            </span>
            <ActionIcon
              variant="subtle"
              size="sm"
              aria-label="Next page"
              disabled={page >= last}
              onClick={() => turn(page + 1)}
            >
              <IconChevronRight size={15} stroke={1.6} aria-hidden />
            </ActionIcon>
          </>
        )}
      </header>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of form fields it is not */}
      <div
        className={s.desk}
        role="group"
        aria-label="Page, turned by arrow keys"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a page is scrolled and turned by keys, so it has to take the focus
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {failure !== null && <FailureNote error={failure} />}
        {pages ? (
          <Sheet pages={pages} page={page} onFailure={setFailure} />
        ) : (
          failure === null &&
          (busy || draft ? (
            <Loader size="sm" role="img" aria-label="The report is being made" />
          ) : (
            <EmptyState icon={<IconFileText size={22} stroke={1.4} aria-hidden />} title="Nothing to show yet">
              Choose a report and its period: its pages appear here before anything is written.
            </EmptyState>
          ))
        )}
      </div>
    </section>
  );
}

type SheetProps = { pages: Pages; page: number; onFailure: (error: unknown) => void };

function Sheet({ pages, page, onFailure }: SheetProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [shown, setShown] = useState<{ page: number; text: string } | null>(null);
  useEffect(() => {
    let left = false;
    if (!canvas.current) return;
    pages
      .draw(page, canvas.current, WIDTH)
      .then((text) => !left && setShown({ page, text }))
      // A page that is turned before it is drawn is no failure.
      .catch((error: unknown) => {
        const cancelled = error instanceof Error && error.name === 'RenderingCancelledException';
        if (!left && !cancelled) onFailure(error);
      });
    return () => {
      left = true;
    };
  }, [pages, page, onFailure]);
  return (
    <>
      <canvas ref={canvas} className={s.sheet} aria-hidden data-page={shown?.page} />
      <div className={s.text}>{shown?.text}</div>
    </>
  );
}
