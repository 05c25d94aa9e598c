import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A PDF as a reader of its text sees it. */
export type PdfText = {
  /** The text of each page. */
  readonly pages: readonly string[];
  /** All text without spaces: lines and cells may break words anywhere. */
  readonly run: string;
  readonly outline: readonly string[];
  readonly title: string | null;
  readonly language: string | null;
  readonly attachments: ReadonlyMap<string, Uint8Array>;
  /** Links inside the document: how many, and those whose target does not exist. */
  readonly links: number;
  readonly deadLinks: readonly string[];
};

export async function readPdf(bytes: Uint8Array): Promise<PdfText> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false });
  const doc = await task.promise;
  const pages: string[] = [];
  const targets = await doc.getDestinations();
  const deadLinks: string[] = [];
  let links = 0;
  for (let n = 1; n <= doc.numPages; n += 1) {
    const page = await doc.getPage(n);
    const { items } = await page.getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
    for (const note of await page.getAnnotations()) {
      if (note.subtype !== 'Link') continue;
      links += 1;
      if (typeof note.dest === 'string' && !(note.dest in targets)) deadLinks.push(note.dest);
    }
  }
  const { info } = await doc.getMetadata();
  const embedded = (await doc.getAttachments()) as Record<string, { filename: string; content: Uint8Array }> | null;
  const outline = ((await doc.getOutline()) ?? []).map((item) => item.title);
  const facts = info as { Title?: string; Language?: string };
  await task.destroy();
  return {
    pages,
    run: squeezed(pages.join('')),
    outline,
    title: facts.Title ?? null,
    language: facts.Language ?? null,
    attachments: new Map(Object.values(embedded ?? {}).map((file) => [file.filename, file.content])),
    links,
    deadLinks,
  };
}

/** Without spaces of any kind and without places to break. */
export function squeezed(text: string): string {
  return text.replace(/[\s\u200b\u202f]/gu, '');
}
