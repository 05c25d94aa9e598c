import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { MOST_EVENTS } from '../../../src/main/core/report/incident/incident-model.ts';
import { eventTitle } from '../../../src/main/core/report/incident/incident-words.ts';
import { lasting } from '../../../src/main/core/report/incident/phase-bar.ts';
import { renderIncident } from '../../../src/main/core/report/incident/render-incident.ts';
import type { CaseEvent } from '../../../src/shared/case-schema.ts';
import { incidentModel } from './incident-sample.ts';
import { missing, readPdf, squeezed } from './pdf-text.ts';

const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');
const notesOf = (event: CaseEvent): string[] => event.notes.flatMap((note) => [...note.text.split('\n'), note.by]);

it('prints every event in order with its notes and their authors, rows taller than a page among them', async () => {
  const model = incidentModel(120);
  const made = await renderIncident(model);
  const pdf = await readPdf(made.bytes);
  const whole = squeezed(pdf.pages.join('\n'));
  // The chain of custody names the events once more, in the same order: the timeline is what comes before it.
  const custody = whole.lastIndexOf(squeezed('Chain of custody'));
  const timeline = whole.slice(whole.indexOf(squeezed('120 events in order of time')), custody);
  let at = 0;
  for (const event of model.events) {
    const texts = [event.id, eventTitle(event).slice(0, 60), ...notesOf(event)];
    for (const text of texts) {
      const found = timeline.indexOf(squeezed(text), at);
      expect(found, `${event.id}: ${text}`).toBeGreaterThanOrEqual(at);
      if (text === event.id) at = found;
    }
  }
  expect(
    missing(
      pdf,
      model.events.flatMap((one) => (one.kind === 'entry' ? [one.row.id, one.leaf] : [])),
    ),
  ).toEqual([]);
  expect(missing(pdf, ['noticed after 6 h', '2 of 4 settled', 'not met yet', 'One replica was reachable.'])).toEqual(
    [],
  );
  expect([pdf.deadLinks, pdf.outside, pdf.orphans]).toEqual([[], [], []]);
  expect(whole.toLowerCase()).not.toContain('compliant');
  expect(lasting(10_380_000)).toBe('2 h 53 min');
});

it('holds timeline, scope and remedies whole as files, names their hashes, and is the same again', async () => {
  const model = incidentModel(40);
  const made = await renderIncident(model);
  const { attachments } = await readPdf(made.bytes);
  const manifest = JSON.parse(textOf(attachments.get('report.json')));
  for (const { name, sha256, rows } of manifest.files) {
    const bytes = attachments.get(name) ?? new Uint8Array();
    expect(createHash('sha256').update(bytes).digest('hex'), name).toBe(sha256);
    expect(parse(textOf(bytes), { bom: true, columns: true }), name).toHaveLength(rows);
  }
  const lines = parse(textOf(attachments.get('timeline.csv')), { bom: true, columns: true }) as Record<
    string,
    string
  >[];
  expect(lines.map((line) => line.event)).toEqual(model.events.map((event) => event.id));
  for (const [i, event] of model.events.entries())
    for (const note of event.notes) expect(lines[i]?.notes).toContain(note.text);
  expect(manifest.scope).toEqual({ things: 4, entries: 204 });
  const again = await renderIncident(incidentModel(40));
  expect(again.sha256).toBe(made.sha256);
});

it('says how many events of a timeline too long to print are in its file alone', async () => {
  const made = await renderIncident({ ...incidentModel(2), events: incidentModel(MOST_EVENTS + 5).events.map(bare) });
  const { pages, attachments } = await readPdf(made.bytes);
  expect(squeezed(pages.join('\n'))).toContain(squeezed('5 further events in timeline.csv'));
  const lines = parse(textOf(attachments.get('timeline.csv')), { bom: true, columns: true });
  expect(lines).toHaveLength(MOST_EVENTS + 5);
});

const bare = (event: CaseEvent): CaseEvent => ({
  ...event,
  kind: 'manual',
  title: 'A call',
  source: '',
  notes: [],
});
