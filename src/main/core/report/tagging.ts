import { createRequire } from 'node:module';
import type { Content } from 'pdfmake/interfaces';

// pdfmake has an option for tagged PDF, but writes a tree without content. Here the renderer's lines are put into the
// tree that pdfkit can write: headings, paragraphs, cells and figures of the front matter one by one; of the long lists
// behind it one paragraph a page, in reading order, because a structure for every cell doubles time and memory. Rules,
// marks and footers are artifacts. No conformance (PDF/UA) is claimed.

const nodeRequire = createRequire(import.meta.url);

/** A place in the structure tree. Nodes of the definition that share one are one element. */
type Role = { readonly type: string; readonly parent: Role | null; readonly alt?: string };

const ARTIFACT: Role = { type: 'Artifact', parent: null };
const HEADINGS: Readonly<Record<string, string>> = { h1: 'H1', h2: 'H2', h3: 'H3' };

type Loose = {
  text?: unknown;
  svg?: string;
  alt?: string;
  style?: unknown;
  stack?: unknown[];
  columns?: unknown[];
  ul?: unknown[];
  table?: { body: unknown[][]; headerRows?: number };
  role?: Role;
};

/** Gives every text, cell and figure of a front matter its own place in the structure tree. */
export function tagged(content: readonly Content[]): Content[] {
  for (const part of content) walk(part, null, 'P');
  return [...content];
}

/** Marks what stands on every page and is no part of the text. */
export function artifact(content: Content): Content {
  walk(content, ARTIFACT, 'Artifact');
  return content;
}

/** Only the headings, for pages whose text is one paragraph each. */
export function taggedHeadings(content: readonly Content[]): Content[] {
  for (const part of content) {
    const node = part as Loose;
    if (node.stack !== undefined) taggedHeadings(node.stack as Content[]);
    const heading = typeof node.style === 'string' ? HEADINGS[node.style] : undefined;
    if (heading !== undefined) node.role = { type: heading, parent: null };
    if (node.svg !== undefined) node.role = figure(node, null);
  }
  return [...content];
}

function walk(part: unknown, parent: Role | null, type: string): void {
  if (typeof part !== 'object' || part === null) return;
  if (Array.isArray(part)) {
    for (const one of part) walk(one, parent, type);
    return;
  }
  const node = part as Loose;
  const nested = node.stack ?? node.columns ?? node.ul;
  if (nested !== undefined) {
    for (const one of nested) walk(one, parent, type);
  } else if (node.table !== undefined) {
    if (parent === ARTIFACT) walk(node.table.body, parent, type);
    else tagTable(node.table, parent);
  } else if (node.text !== undefined) {
    const heading = typeof node.style === 'string' ? HEADINGS[node.style] : undefined;
    node.role = parent === ARTIFACT ? ARTIFACT : { type: heading ?? type, parent };
  } else if (node.svg !== undefined) node.role = parent === ARTIFACT ? ARTIFACT : figure(node, parent);
}

function tagTable(table: { body: unknown[][]; headerRows?: number }, parent: Role | null): void {
  const whole: Role = { type: 'Table', parent };
  table.body.forEach((cells, i) => {
    const row: Role = { type: 'TR', parent: whole };
    const type = i < (table.headerRows ?? 0) ? 'TH' : 'TD';
    for (const cell of cells) walk(cell, { type, parent: row }, 'P');
  });
}

function figure({ alt }: Loose, parent: Role | null): Role {
  return alt === undefined ? ARTIFACT : { type: 'Figure', parent, alt };
}

type Element = { add(child: unknown): Element; end(): void };

type PdfDocument = {
  struct(type: string, options?: { alt?: string }): Element;
  addStructure(element: Element): void;
  markContent(tag: string, options?: object): void;
  markStructureContent(tag: string): unknown;
  endMarkedContent(): void;
  addPage(options: object): unknown;
};

type Line = { role?: Role };

type RendererPrototype = {
  renderPages(this: Rendering, pages: unknown): void;
  renderLine(this: Rendering, line: Line, x: number, y: number): void;
  renderVector(this: Rendering, vector: unknown): void;
  renderSVG(this: Rendering, svg: Loose): void;
};

type Rendering = { readonly pdfDocument: PdfDocument; tree?: Tree };

type Tree = {
  /** Everything until the next call belongs to the role; null is the running text of the page. */
  open(role: Role | null): void;
  close(): void;
  end(): void;
};

let installed = false;

/** Makes pdfmake's renderer write the structure tree, once a process. */
export function installTags(): void {
  if (installed) return;
  installed = true;
  const { default: layout } = nodeRequire('pdfmake/js/LayoutBuilder') as {
    default: { prototype: { buildNextLine(node: Loose): Line | null } };
  };
  const build = layout.prototype.buildNextLine;
  layout.prototype.buildNextLine = function (node) {
    const line = build.call(this, node);
    if (line && node.role !== undefined) line.role = node.role;
    return line;
  };
  const { default: renderer } = nodeRequire('pdfmake/js/Renderer') as { default: { prototype: RendererPrototype } };
  const { renderPages, renderLine, renderVector, renderSVG } = renderer.prototype;
  renderer.prototype.renderPages = function (pages) {
    this.tree = treeOf(this.pdfDocument);
    renderPages.call(this, pages);
    this.tree.end();
  };
  renderer.prototype.renderLine = function (line, x, y) {
    this.tree?.open(line.role ?? null);
    renderLine.call(this, line, x, y);
  };
  renderer.prototype.renderVector = function (vector) {
    this.tree?.open(ARTIFACT);
    renderVector.call(this, vector);
  };
  renderer.prototype.renderSVG = function (svg) {
    this.tree?.open(svg.role ?? ARTIFACT);
    renderSVG.call(this, svg);
    this.tree?.close();
  };
}

function treeOf(document: PdfDocument): Tree {
  const root = document.struct('Document');
  document.addStructure(root);
  const elements = new Map<Role, Element>();
  let running: Element | null = null;
  let opened: Role | null | undefined;
  const elementOf = (role: Role): Element => {
    const known = elements.get(role);
    if (known) return known;
    const made = document.struct(role.type, role.alt === undefined ? {} : { alt: role.alt });
    (role.parent === null ? root : elementOf(role.parent)).add(made);
    elements.set(role, made);
    return made;
  };
  const close = (): void => {
    if (opened !== undefined) document.endMarkedContent();
    opened = undefined;
  };
  const addPage = document.addPage.bind(document);
  // Marked content ends with its page: so does the running text.
  document.addPage = (options) => {
    close();
    running = null;
    return addPage(options);
  };
  return {
    open(role) {
      if (opened === role) return;
      close();
      if (role === ARTIFACT) document.markContent('Artifact', { type: 'Layout' });
      else if (role === null) {
        if (running === null) {
          running = document.struct('P');
          root.add(running);
        }
        running.add(document.markStructureContent('P'));
      } else {
        // A heading interrupts the running text, which goes on behind it.
        running = null;
        elementOf(role).add(document.markStructureContent(markOf(role)));
      }
      opened = role;
    },
    close,
    end() {
      close();
      root.end();
    },
  };
}

// A cell holds paragraphs; what is marked on the page is its text.
function markOf({ type }: Role): string {
  return type === 'TH' || type === 'TD' ? 'P' : type;
}
