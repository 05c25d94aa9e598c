import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces';
import { groupedHash } from './format.ts';
import type { Typesetter } from './runs.ts';
import { artifact } from './tagging.ts';
import { CONTENT_WIDTH, INK, PAGE, SIZE, STYLES } from './theme.ts';

export type About = {
  readonly title: string;
  readonly subject: string;
  readonly organisation: string;
  readonly keywords: string;
  /** Milliseconds UTC. */
  readonly made: number;
};

type Footer = (page: number, pages: number) => Content;

/** A report as a pdfmake definition: A4, tagged, in English, dated by when it was made and by nothing else. */
export function documentOf(about: About, footer: Footer, content: Content[]): TDocumentDefinitions {
  const made = new Date(about.made);
  return {
    version: '1.7',
    language: 'en',
    displayTitle: true,
    compress: true,
    pageSize: 'A4',
    pageMargins: [PAGE.left, PAGE.top, PAGE.right, PAGE.bottom],
    defaultStyle: { font: 'Sans', fontSize: SIZE.body, color: INK.text },
    styles: STYLES,
    info: {
      title: about.title,
      subject: about.subject,
      author: about.organisation,
      keywords: about.keywords,
      creator: 'Logbook',
      producer: 'Logbook',
      creationDate: made,
      modDate: made,
    },
    footer,
    tagged: true,
    content,
  };
}

/** What stands at the foot of every page: whose report of what, the archive's head, the page. */
export function footerOf(set: Typesetter, words: string, chainHead: string | null): Footer {
  const name = set(words, { size: SIZE.fine, width: 250, most: 90 });
  const head = chainHead === null ? 'not sealed yet' : `chain head ${groupedHash(chainHead, true)}`;
  // Definitions are changed by the layout: every page gets its own.
  return (page, pages) =>
    artifact({
      margin: [PAGE.left, 12, PAGE.right, 0],
      stack: [
        {
          canvas: [{ type: 'line', x1: 0, y1: 0, x2: CONTENT_WIDTH, y2: 0, lineWidth: 0.6, lineColor: INK.lineStrong }],
        },
        {
          margin: [0, 7, 0, 0],
          style: 'fine',
          columns: [
            { text: structuredClone(name) as Content & string, width: 250 },
            { text: head, font: 'Mono', fontSize: 6.6, alignment: 'center', width: '*', margin: [0, 0.8, 0, 0] },
            { text: `${page} of ${pages}`, alignment: 'right', width: 60 },
          ],
        },
      ],
    });
}
