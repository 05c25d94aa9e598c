import { createHash } from 'node:crypto';
import { deflater } from './deflate.ts';

/**
 * A file inside the PDF: what was cut in print is whole here. Held as a PDF holds it, deflated (RFC 1950): the entries behind
 * ten thousand exceptions take a tenth of their room while the pages are laid out.
 */
export type Attachment = {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly description: string;
  /** Rows of a table; null of what is none. */
  readonly rows: number | null;
  /** Length of the file, bytes. */
  readonly size: number;
  readonly deflated: Uint8Array;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
};

/** A file that is given in parts. */
export type AttachmentParts = { add(part: Uint8Array): void; finish(rows: number | null): Attachment };

/** A file whose parts follow one another; of each no more is kept than is needed. */
export function attachmentParts(facts: Pick<Attachment, 'name' | 'type' | 'description'>): AttachmentParts {
  const hash = createHash('sha256');
  const packed = deflater();
  let size = 0;
  return {
    add(part) {
      hash.update(part);
      packed.add(part);
      size += part.byteLength;
    },
    finish: (rows) => ({ ...facts, rows, size, deflated: packed.finish(), sha256: hash.digest('hex') }),
  };
}

type Reference = { end(chunk?: Uint8Array): void };

/** What is used of pdfkit's document, which has no types. */
export type PdfWithFiles = {
  ref(data: object): Reference;
  addNamedEmbeddedFile(name: string, file: Reference): void;
  readonly _root: { readonly data: { AF?: Reference[] } };
};

/**
 * Puts files into a PDF (ISO 32000-1, 7.11.4), dated `made`, in milliseconds UTC. pdfkit's own way takes them undeflated and
 * holds each three times.
 */
export function embed(pdf: PdfWithFiles, files: readonly Attachment[], made: number): void {
  const date = new Date(made);
  const text = (value: string): unknown => new String(value);
  for (const { name, type, description, size, deflated } of files) {
    const content = pdf.ref({
      Type: 'EmbeddedFile',
      Subtype: type.replace('/', '#2F'),
      Filter: 'FlateDecode',
      Params: { CreationDate: date, ModDate: date, Size: size },
    });
    content.end(deflated);
    const file = pdf.ref({
      Type: 'Filespec',
      AFRelationship: 'Data',
      F: text(name),
      UF: text(name),
      Desc: text(description),
      EF: { F: content },
    });
    file.end();
    pdf.addNamedEmbeddedFile(name, file);
    pdf._root.data.AF = [...(pdf._root.data.AF ?? []), file];
  }
}
