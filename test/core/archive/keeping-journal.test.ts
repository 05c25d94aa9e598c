import { expect, it } from 'vitest';
import { verifyArchive } from '../../../src/main/core/archive/integrity/verify.ts';
import { parseEntry } from '../../../src/main/core/jetty/parse-entry.ts';
import { placeLegalHold, releaseLegalHold } from '../../../src/main/core/keeping/hold.ts';
import { applyKeeping, setKeep } from '../../../src/main/core/keeping/policy.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { parseQuery } from '../../../src/shared/filter/parse.ts';
import { batchOf, newArchive } from '../../support/archive.ts';

const NOW = Date.parse('2026-10-15T12:00:00Z');

it('who set a retention, applied it, placed a hold and released it stands in the journal, and is sealed', async () => {
  const { dir, key, writer } = await newArchive();
  const days = ['2026-10-01', '2026-10-02', '2026-10-14'];
  unwrap(
    writer.ingest(
      batchOf(days.map((day) => ({ id: `log_${day}`, timestamp: `${day}T08:00:00Z`, action: 'user.login' }))),
    ),
  );
  const query = parseQuery('to:2026-10-01');
  const filter = query.ok ? query.value : { terms: [] };
  const say = (by: string) => ({ by, at: NOW });
  const hold = unwrap(placeLegalHold(writer, { filter, zone: 'UTC', reason: ' Case 7 ', ...say('Ines') }));
  unwrap(setKeep(writer, 9, say('Dana')));
  const deleted = unwrap(applyKeeping(writer, say('Marta')));
  expect(deleted).toMatchObject({ entries: 1, held: 1 });
  unwrap(releaseLegalHold(writer, hold.id, say('Ines')));
  // What comes to nothing is no decision.
  expect(releaseLegalHold(writer, hold.id, say('Ines'))).toMatchObject({ error: { code: 'not_found' } });
  const lines = writer.journal().map(({ kind, subject, by, body }) => [kind, subject, by, JSON.parse(body)]);
  const to = Date.parse('2026-10-02T00:00:00Z') - 1;
  expect(lines).toEqual([
    ['hold.placed', String(hold.id), 'Ines', { reason: 'Case 7', query: '', from: null, to }],
    ['keeping.set', '', 'Dana', { keepDays: 9 }],
    ['keeping.applied', String(deleted.id), 'Marta', { before: '2026-10-06', entries: 1, held: 1 }],
    ['hold.released', String(hold.id), 'Ines', {}],
  ]);
  unwrap(writer.seal(NOW));
  writer.close();
  expect(unwrap(await verifyArchive(dir, key, { parse: parseEntry })).problems).toEqual([]);
});
