import { describe, expect, it } from 'vitest';
import type { JournalReader } from '../../../src/main/core/archive/journal.ts';
import { detect } from '../../../src/main/core/detection/detect.ts';
import { liveDetection } from '../../../src/main/core/detection/live.ts';
import { setOffices } from '../../../src/main/core/detection/triage/offices.ts';
import { readRegister } from '../../../src/main/core/detection/triage/register.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import type { Office } from '../../../src/shared/office.ts';
import { batchOf, newArchive } from '../../support/archive.ts';

const word = { by: 'Marta', at: Date.parse('2026-10-15T09:00:00Z') };
const OFFICE: Office = {
  id: 'lisbon',
  name: 'Lisbon',
  zone: 'Europe/Lisbon',
  weekdays: [1, 2, 3, 4, 5],
  opens: '09:00',
  closes: '18:00',
  holidays: [],
};
const WATCH: Office = { ...OFFICE, id: 'watch', name: 'Watch', opens: '22:00', closes: '06:00' };
let serial = 0;
const token = (timestamp: string) => ({
  id: `log_${serial++}`,
  timestamp,
  action: 'security.api_token_created',
  actor: { id: 'ines', name: 'Ines' },
  target: { type: 'api_token', id: 't1', name: 'ci' },
});

async function archiveWith(...times: readonly string[]) {
  const { writer } = await newArchive();
  unwrap(writer.ingest(batchOf(times.map(token))));
  const findings = () =>
    unwrap(detect(writer, WHOLE_ARCHIVE, { zone: 'UTC', only: ['token-created-off-hours'] })).findings;
  return { writer, findings, set: (...offices: Office[]) => unwrap(setOffices(writer, offices, word)) };
}

describe('offices of an archive', () => {
  it('decide what is off hours, and the finding says which hours were meant', async () => {
    // A Wednesday, 18:30 in Lisbon: within the default's hours, after Lisbon's.
    const { findings, set } = await archiveWith('2026-10-14T17:30:00Z');
    expect(findings()).toEqual([]);
    set(OFFICE);
    expect(findings()).toMatchObject([
      {
        why: expect.stringContaining(
          'outside office hours (Monday to Friday, 09:00–18:00, Europe/Lisbon); there are only 0',
        ),
        signals: [
          {
            figures: [
              expect.anything(),
              { name: 'Office hours', value: 'Lisbon: Monday to Friday, 09:00–18:00 (Europe/Lisbon)' },
            ],
          },
        ],
      },
    ]);
    set(OFFICE, { ...OFFICE, id: 'toronto', name: 'Toronto', zone: 'America/Toronto' });
    expect(findings()).toEqual([]);
    set();
    expect(findings()).toEqual([]);
  });

  it('are closed on their holidays, by name', async () => {
    const { findings, set } = await archiveWith('2026-06-10T10:00:00Z');
    expect(findings()).toEqual([]);
    set({ ...OFFICE, holidays: [{ date: '2026-06-10', name: 'Portugal Day' }] });
    expect(findings()).toMatchObject([{ why: expect.stringContaining(', on Portugal Day in Lisbon; ') }]);
    set(
      { ...OFFICE, holidays: [{ date: '2026-06-10', name: 'Portugal Day' }] },
      { ...OFFICE, id: 'madrid', name: 'Madrid', zone: 'Europe/Madrid' },
    );
    expect(findings()).toEqual([]);
  });

  it('follow the clock of the office when it is put forward, and work past midnight', async () => {
    // 08:30 UTC is half past eight in Lisbon before the last Sunday of March, and half past nine after it.
    const { findings, set } = await archiveWith('2026-03-27T08:30:00Z', '2026-03-30T08:30:00Z');
    set(OFFICE);
    expect(findings().map((one) => new Date(one.first).toISOString())).toEqual(['2026-03-27T08:30:00.000Z']);
    const night = await archiveWith('2026-10-14T02:00:00Z');
    expect(night.findings()).toHaveLength(1);
    night.set(WATCH);
    expect(night.findings()).toEqual([]);
  });

  it('make a running detection look again at what it has seen', async () => {
    const { writer, set } = await archiveWith('2026-10-14T17:30:00Z');
    const live = liveDetection(writer, { zone: 'UTC' });
    const rules = () => unwrap(live.current()).findings.map((one) => one.rule);
    expect(rules()).not.toContain('token-created-off-hours');
    set(OFFICE);
    expect(rules()).toContain('token-created-off-hours');
  });

  it('are kept line by line, the last one holding; what cannot be used is not', async () => {
    const { writer, set } = await archiveWith();
    set(OFFICE);
    set({ ...OFFICE, name: ' Porto ', weekdays: [5, 1, 1] }, WATCH);
    expect(readRegister(writer).offices).toMatchObject({
      by: 'Marta',
      offices: [{ name: 'Porto', weekdays: [1, 5] }, { name: 'Watch' }],
    });
    expect(writer.journal().map((line) => line.kind)).toEqual(['settings.offices', 'settings.offices']);
    for (const offices of [
      [{ ...OFFICE, zone: 'Mars/Olympus' }],
      [OFFICE, OFFICE],
      [OFFICE, { ...WATCH, name: 'Lisbon' }],
    ])
      expect(setOffices(writer, offices, word)).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    expect(setOffices(writer, [OFFICE], { ...word, by: ' ' })).toMatchObject({ ok: false });
    expect(readRegister(writer).offices?.offices).toHaveLength(2);
  });

  it('of a later Logbook that cannot be read leave those of before', () => {
    const line = (seq: number, body: unknown) => ({
      seq,
      kind: 'settings.offices',
      subject: 'offices',
      ...word,
      body: JSON.stringify(body),
    });
    const journal: JournalReader = {
      journal: () => [line(1, { offices: [{ ...OFFICE, floor: 3 }] }), line(2, { offices: 'by appointment' })],
    };
    expect(readRegister(journal).offices?.offices).toEqual([OFFICE]);
  });
});
