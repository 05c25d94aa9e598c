import { getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

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
  /** The structure tree as a screen reader walks it: for every element with text of its own its type and the text. */
  readonly structure: readonly string[];
  /** Texts that leave the margins of their page. */
  readonly outside: readonly string[];
  /** Headings below which nothing stands on their page. */
  readonly orphans: readonly string[];
};

// Points: what stands lower is the foot of the page, and letters of this size are those of a heading or of its lead.
const FOOT = 56;
const HEADING = 9.75;

/** `structure: false` leaves the structure tree out, which takes as long as the text. */
export async function readPdf(bytes: Uint8Array, ask: { structure?: boolean } = {}): Promise<PdfText> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false });
  const doc = await task.promise;
  const pages: string[] = [];
  const targets = await doc.getDestinations();
  const deadLinks: string[] = [];
  const outside: string[] = [];
  const orphans: string[] = [];
  const structure: string[] = [];
  let links = 0;
  for (let n = 1; n <= doc.numPages; n += 1) {
    const page = await doc.getPage(n);
    const { items } = await page.getTextContent();
    if (ask.structure !== false) {
      const marked = await page.getTextContent({ includeMarkedContent: true });
      structure.push(...structureOf(await page.getStructTree(), marked));
    }
    const shown = items.filter((item) => 'str' in item);
    pages.push(shown.map((item) => item.str + (item.hasEOL ? '\n' : '')).join(''));
    for (const { str, transform, width } of shown) {
      const [x, y] = [transform[4] as number, transform[5] as number];
      const within = x > 48 && x + width < 595.28 - 46 && y > 20 && y < 800;
      if (!within && str.trim() !== '') outside.push(`page ${n}: ${str.slice(0, 40)} at ${x}, ${y}, ${width} wide`);
    }
    const lowest = shown
      .filter(({ str, transform }) => str.trim() !== '' && (transform[5] as number) > FOOT)
      .reduce<(typeof shown)[number] | null>(
        (low, one) => (low === null || (one.transform[5] as number) < (low.transform[5] as number) ? one : low),
        null,
      );
    if (lowest !== null && (lowest.transform[3] as number) >= HEADING) orphans.push(`page ${n}: ${lowest.str}`);
    for (const note of await page.getAnnotations()) {
      if (note.subtype !== 'Link') continue;
      links += 1;
      if (typeof note.dest === 'string' && !targets.has(note.dest)) deadLinks.push(note.dest);
    }
  }
  const { info } = await doc.getMetadata();
  const attachments = new Map<string, Uint8Array>();
  for (const [id, { filename }] of (await doc.getAttachments()) ?? []) {
    attachments.set(filename, (await doc.getAttachmentContent(id)) ?? new Uint8Array());
  }
  const outline = ((await doc.getOutline()) ?? []).map((item) => item.title);
  const facts = info as { Title?: string; Language?: string };
  await task.destroy();
  return {
    pages,
    run: squeezed(pages.join('')),
    outline,
    title: facts.Title ?? null,
    language: facts.Language ?? null,
    attachments,
    links,
    deadLinks,
    structure,
    outside,
    orphans,
  };
}

type Tree = Awaited<ReturnType<PDFPageProxy['getStructTree']>>;
type MarkedText = Awaited<ReturnType<PDFPageProxy['getTextContent']>>;

function structureOf(tree: Tree | null, { items }: MarkedText): string[] {
  const texts = new Map<string, string>();
  let open: string | null = null;
  for (const item of items) {
    if ('str' in item) {
      if (open !== null) texts.set(open, (texts.get(open) ?? '') + item.str + (item.hasEOL ? ' ' : ''));
    } else open = item.type === 'beginMarkedContentProps' ? (item.id ?? null) : null;
  }
  const lines: string[] = [];
  const walk = (node: NonNullable<Tree>, type: string): void => {
    const text = node.children.map((child) => ('id' in child ? (texts.get(child.id) ?? '') : '')).join('');
    const alt = 'alt' in node ? String(node.alt) : '';
    if (text !== '' || alt !== '') lines.push(`${type} ${(text || alt).trim()}`);
    for (const child of node.children) {
      if ('children' in child) walk(child, child.role === 'P' && /^T[HD]$/.test(type) ? type : child.role);
    }
  };
  if (tree) walk(tree, tree.role);
  return lines;
}

/** Without spaces of any kind and without places to break. */
export function squeezed(text: string): string {
  return text.replace(/[\s\u200b\u202f]/gu, '');
}

/** Those of the texts that are not in the PDF; a failed test then names them rather than print the whole PDF. */
export function missing(pdf: PdfText, texts: readonly string[]): string[] {
  return texts.filter((text) => !pdf.run.includes(squeezed(text)));
}
