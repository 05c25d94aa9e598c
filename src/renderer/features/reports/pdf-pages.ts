import {
  GlobalWorkerOptions,
  getDocument,
  PDFDataRangeTransport,
  type PDFDocumentProxy,
  type RenderTask,
} from 'pdfjs-dist';
import { LARGEST_PART } from '../../../shared/limits.ts';
import type { ReportDraft } from '../../../shared/report-contract.ts';
import { call } from '../../lib/client.ts';

// The pages are those of the very file that will be saved. The main process holds it; pdf.js asks for the parts it needs.

/** An opened draft. Pages count from 1. */
export type Pages = {
  readonly count: number;
  /** Draws a page `width` CSS pixels wide; resolves to its text, in reading order. */
  draw(page: number, canvas: HTMLCanvasElement, width: number): Promise<string>;
  close(): void;
};

// One thread for all drafts of the window: starting one costs more than a page.
function startThread(): void {
  GlobalWorkerOptions.workerPort ??= new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module' });
}

class DraftTransport extends PDFDataRangeTransport {
  readonly #draft: string;
  readonly #onFailed: (error: unknown) => void;

  constructor(draft: string, size: number, onFailed: (error: unknown) => void) {
    super(size, null);
    this.#draft = draft;
    this.#onFailed = onFailed;
  }

  override requestDataRange(begin: number, end: number): void {
    this.#read(begin, end).then((bytes) => this.onDataRange(begin, bytes), this.#onFailed);
  }

  async #read(begin: number, end: number): Promise<Uint8Array> {
    const whole = new Uint8Array(end - begin);
    for (let from = begin; from < end; from += LARGEST_PART) {
      const to = Math.min(end, from + LARGEST_PART);
      const { bytes } = await call('report.read', { draft: this.#draft, from, to });
      whole.set(
        Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)),
        from - begin,
      );
    }
    return whole;
  }
}

/** Opens a draft for looking at. Rejects where a part of it cannot be had any more. */
export async function openPages({ draft, size }: ReportDraft): Promise<Pages> {
  startThread();
  const { promise: failed, reject } = Promise.withResolvers<never>();
  failed.catch(() => {});
  const task = getDocument({
    range: new DraftTransport(draft, size, reject),
    rangeChunkSize: 262_144,
    disableAutoFetch: true,
    disableStream: true,
    useWasm: false,
    enableXfa: false,
    verbosity: 0,
  });
  const document: PDFDocumentProxy = await Promise.race([task.promise, failed]);
  let drawing: RenderTask | null = null;
  return {
    count: document.numPages,
    async draw(number, canvas, width) {
      drawing?.cancel();
      const page = await Promise.race([document.getPage(number), failed]);
      const scale = width / page.getViewport({ scale: 1 }).width;
      const viewport = page.getViewport({ scale: scale * window.devicePixelRatio });
      canvas.width = Math.floor(viewport.width);
      canvas.height = Math.floor(viewport.height);
      drawing = page.render({ canvas, viewport });
      await Promise.race([drawing.promise, failed]);
      const { items } = await page.getTextContent();
      return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
    },
    close: () => void task.destroy(),
  };
}
