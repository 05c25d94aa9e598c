import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { DynamicBackground, TDocumentDefinitions } from 'pdfmake/interfaces';
import { FailureError, failure } from '../../../shared/errors.ts';
import type { Cancel, OnProgress } from '../ports.ts';
import { type Attachment, embed, type PdfWithFiles } from './attachment.ts';
import type { FontBook } from './fonts.ts';
import { installTags } from './tagging.ts';

const nodeRequire = createRequire(import.meta.url);

/** A finished PDF. `sha256` is over its bytes, hexadecimal. */
export type RenderedPdf = { readonly bytes: Uint8Array; readonly pages: number; readonly sha256: string };

export type RenderOptions = {
  readonly fonts: FontBook;
  /** Files inside the PDF, and the instant they are dated (milliseconds UTC). */
  readonly files: readonly Attachment[];
  readonly made: number;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: Cancel | undefined;
};

type Pdfmake = {
  setFonts(fonts: object): void;
  setUrlAccessPolicy(allow: (url: string) => boolean): void;
  setLocalAccessPolicy(allow: (path: string) => boolean): void;
  createPdf(definition: TDocumentDefinitions): { getStream(): Promise<PdfStream> };
};

type PdfStream = NodeJS.ReadableStream &
  PdfWithFiles & {
    end(): void;
    readonly _pdfMakePages: readonly unknown[];
  };

let pdfmake: Pdfmake | null = null;

// Loaded when the first report is made: it costs a third of a second. It may read the fonts and nothing else.
function engine(fonts: FontBook): Pdfmake {
  if (pdfmake === null) {
    pdfmake = nodeRequire('pdfmake') as Pdfmake;
    installTags();
    const files = new Set(Object.values(fonts.files).flatMap((styles) => Object.values(styles)));
    pdfmake.setUrlAccessPolicy(() => false);
    pdfmake.setLocalAccessPolicy((path) => files.has(path));
    pdfmake.setFonts(structuredClone(fonts.files));
  }
  return pdfmake;
}

/**
 * Lays a definition out and writes it, in memory. The work is synchronous, in one piece: run it in a worker thread.
 * Progress counts the pages laid out; the signal is looked at on every page. The definition is used up. Throws
 * `FailureError` with `cancelled`, or what pdfmake throws at a definition that is wrong.
 */
export async function renderPdf(definition: TDocumentDefinitions, options: RenderOptions): Promise<RenderedPdf> {
  const { fonts, files, onProgress, signal } = options;
  stopIfCancelled(signal);
  let laidOut = 0;
  // Called once a page while pages are laid out; the only place from which the layout can be left.
  const background: DynamicBackground = () => {
    stopIfCancelled(signal);
    laidOut += 1;
    onProgress?.({ done: laidOut, total: null, note: 'Laying out pages' });
    return null;
  };
  const stream = await engine(fonts)
    .createPdf({ ...definition, background })
    .getStream();
  const pages = stream._pdfMakePages.length;
  stopIfCancelled(signal);
  embed(stream, files, options.made);
  const chunks: Buffer[] = [];
  const hash = createHash('sha256');
  stream.end();
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
    hash.update(chunk as Buffer);
  }
  onProgress?.({ done: pages, total: pages, note: 'Pages written' });
  return { bytes: Buffer.concat(chunks), pages, sha256: hash.digest('hex') };
}

function stopIfCancelled(signal: Cancel | undefined): void {
  if (signal?.aborted) {
    throw new FailureError(failure('cancelled', 'The report was cancelled.', 'Nothing was written; start it again.'));
  }
}
