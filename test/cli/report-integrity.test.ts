import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unlockArchive } from '../../src/main/core/archive/open.ts';
import { openEncrypted } from '../../src/main/core/archive/sqlite.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { type PdfText, readPdf, squeezed } from '../core/report/pdf-text.ts';
import { temporaryFolder } from '../support/ports.ts';
import { logbook } from '../support/terminal.ts';

const NOW = '2026-08-20T12:00:00Z';
const PASSPHRASE = 'correct horse battery staple';
const SPAN = ['--from', '2026-08-01', '--to', '2026-08-02'];

async function imported() {
  const cwd = temporaryFolder();
  const run = (...args: string[]) =>
    logbook(cwd, [...args, '--archive', 'a.logbook', '--now', NOW], { LOGBOOK_PASSPHRASE: PASSPHRASE });
  expect((await run('init')).code).toBe(0);
  let day = 0;
  /** A day more, which the import seals. */
  const grow = async () => {
    day++;
    const file = `${day}.ndjson`;
    const lines = [1, 2, 3].map((n) =>
      JSON.stringify({
        id: `log_${day}_${n}`,
        timestamp: `2026-08-0${day}T10:0${n}:00Z`,
        action: 'user.login',
        actor: { id: 'u_1', name: 'Ana', email: 'ana@example.com' },
      }),
    );
    writeFileSync(join(cwd, file), lines.join('\n'));
    expect((await run('import', file)).code).toBe(0);
  };
  await grow();
  const report = async (...more: string[]): Promise<{ text: string; bytes: Buffer }> => {
    const made = await run('report', '--template', 'soc2', ...SPAN, '--out', 'r.pdf', ...more);
    expect([made.err, made.code]).toEqual(['', 0]);
    const bytes = readFileSync(join(cwd, 'r.pdf'));
    const pdf: PdfText = await readPdf(bytes);
    return { text: squeezed(pdf.pages.join('\n')), bytes };
  };
  return { cwd, run, grow, report };
}

it('a report says when everything was verified, over what and against which heads, or that it never was', async () => {
  const { cwd, run, grow, report } = await imported();
  const never = await report();
  expect(never.text).toContain(squeezed('The archive was never verified in full'));
  expect(never.text).toContain(squeezed('Verified in full never: logbook verify'));
  expect(never.text).toContain(squeezed('Verified never; see blind spots'));

  const { head } = (await run('head', '--json')).json();
  writeFileSync(join(cwd, 'heads.txt'), `${head}\n`);
  expect((await run('verify', '--against', 'heads.txt')).code).toBe(0);
  const verified = await report();
  const said = squeezed('20 Aug 2026, 12:00:00 UTC, over 3 entries, 1 sealed day, 1 seal: everything as it was sealed');
  expect(verified.text).toContain(said);
  expect(verified.text).toContain(squeezed('heads.log and 1 head that had been kept elsewhere'));
  expect(verified.text).not.toContain(squeezed('never verified in full'));
  // It comes from the archive: made once more, the report is the same.
  expect((await report()).bytes.equals(verified.bytes)).toBe(true);

  await grow();
  const older = await report();
  expect(older.text).toContain(squeezed('Sealed since 1 seal, not verified yet'));
  expect(older.text).toContain(squeezed('1 seal was made since the archive was last verified in full.'));
  const again = await report('--verify');
  expect(again.text).toContain(squeezed('over 6 entries, 2 sealed days, 2 seals: everything as it was sealed'));
  expect(again.text).not.toContain(squeezed('not verified yet'));
});

it('verified first, a report of an archive that is not as it was sealed is not written', async () => {
  const { cwd, run } = await imported();
  const dir = join(cwd, 'a.logbook');
  const key = unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE }));
  const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'write'));
  db.exec(`UPDATE day SET state = 'complete'`);
  db.close();
  const refused = await run('report', '--template', 'soc2', ...SPAN, '--out', 'r.pdf', '--verify');
  expect([refused.code, refused.err]).toEqual([5, expect.stringContaining('not as it was sealed')]);
  expect(() => readFileSync(join(cwd, 'r.pdf'))).toThrow();
});
