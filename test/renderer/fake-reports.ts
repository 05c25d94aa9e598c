import type { Input, Output } from '../../src/shared/contract.ts';
import type { Result } from '../../src/shared/errors.ts';
import type { Issued } from '../../src/shared/report-contract.ts';
import type { FakeOptions } from './fake-bridge.ts';

/**
 * What the main process answers about reports, in memory, on top of the fake bridge: a small PDF of its own, made by hand,
 * saved and found again. GDPR takes its time, so that it can be cancelled. Put into a page as text, so it reaches for
 * nothing outside itself.
 */
export function installFakeReports(options: FakeOptions): void {
  const HASH = '7e20b91c4d05a83fc6120fe938ab5d719c41e07a55d2b8d102ee40fa91c31f08';
  const HEAD = '2f9a60c47d18e35b94aa01fcb6d277132f9a60c47d18e35b94aa01fcb6d27713';
  const PAGES = 12;
  type Bridge = Record<string, (input: never) => Promise<Result<unknown>>>;
  const page = window as unknown as {
    logbook: Bridge;
    fake: { calls: { name: string; input: unknown }[]; emit: (event: string, payload: unknown) => void };
  };
  let saved: Issued[] = [];
  let turns = 0;
  let cancelled = 0;
  let held: { order: Input<'report.draft'>; bytes: Uint8Array; id: string } | null = null;

  function smallPdf(title: string): Uint8Array {
    const kids = Array.from({ length: PAGES }, (_, i) => `${4 + 2 * i} 0 R`).join(' ');
    const objects = [
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Kids [${kids}] /Count ${PAGES} >>`,
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ];
    for (let n = 1; n <= PAGES; n += 1) {
      const stream = `BT /F 24 Tf 60 740 Td (${title}) Tj 0 -40 Td /F 12 Tf (This is page ${n}) Tj ET 60 500 400 90 re f`;
      const resources = '/Resources << /Font << /F 3 0 R >> >>';
      objects.push(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${resources} /Contents ${3 + 2 * n} 0 R >>`,
        `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
      );
    }
    let text = '%PDF-1.7\n';
    const offsets = objects.map((object, i) => {
      const at = text.length;
      text += `${i + 1} 0 obj\n${object}\nendobj\n`;
      return at;
    });
    const xref = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
    const size = objects.length + 1;
    text += `xref\n0 ${size}\n0000000000 65535 f \n${xref}trailer\n<< /Size ${size} /Root 1 0 R >>\n`;
    text += `startxref\n${text.indexOf('xref\n0 ')}\n%%EOF\n`;
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  }

  function refuse(code: string, message: string, hint: string): never {
    throw { code, message, hint };
  }

  const methods = {
    reportDraft: async (order: Input<'report.draft'>): Promise<Output<'report.draft'>> => {
      turns += 1;
      const turn = turns;
      for (let done = 1; done <= PAGES; done += 1) {
        page.fake.emit('TaskProgress', { done, total: null, note: 'Laying out pages' });
        await new Promise((resolve) => setTimeout(resolve, order.template === 'gdpr' ? 400 : 5));
        if (cancelled >= turn) refuse('cancelled', 'The report was cancelled.', 'Nothing was written; start it again.');
      }
      if (order.person === 'nobody@example.com') {
        refuse(
          'not_found',
          'The archive has no entry of or about “nobody@example.com”.',
          'Look the person up in the Explorer, and name them by the e-mail address or id that stands there.',
        );
      }
      held = { order, bytes: smallPdf(`${order.template} ${order.from}`), id: `D-${turn}` };
      const size = held.bytes.length;
      return { draft: held.id, size, pages: PAGES, sha256: HASH, population: options.rows, exceptions: 4 };
    },
    reportRead: ({ draft, from, to }: Input<'report.read'>): Output<'report.read'> => {
      if (held?.id !== draft) refuse('not_found', 'This draft is not held any more.', 'Make the report again.');
      return { bytes: btoa(String.fromCharCode(...(held?.bytes.subarray(from, to) ?? []))) };
    },
    reportSave: ({ by }: Input<'report.save'>): Output<'report.save'> => {
      if (held === null) return null;
      const { template, from, to } = held.order;
      const line = saved.length + 1;
      const figures = { pages: PAGES, population: options.rows, exceptions: 4, sha256: HASH, head: HEAD };
      const { review: _review, ...order } = held.order;
      saved = [{ ...order, ...figures, line, at: options.now, by }, ...saved];
      return { fileName: `${template}-${from}-${to}.pdf`, line };
    },
    reportReveal: () => ({}),
    reportList: (): Output<'report.list'> => ({ reports: saved }),
    reportVerify: (): Output<'report.verify'> => ({
      fileName: 'q3.pdf',
      sha256: HASH,
      known: saved.slice(0, 1),
      printed: { sameArchive: true, head: HEAD, inChain: true },
    }),
  };
  const cancelTask = page.logbook.taskCancel;
  page.logbook.taskCancel = (input: never) => {
    cancelled = turns;
    return cancelTask ? cancelTask(input) : Promise.resolve({ ok: true, value: {} });
  };
  for (const [name, method] of Object.entries(methods)) {
    page.logbook[name] = async (input: never) => {
      page.fake.calls.push({ name, input: structuredClone(input) });
      try {
        return { ok: true, value: structuredClone(await method(input)) };
      } catch (error) {
        return { ok: false, error: error as never };
      }
    };
  }
}
