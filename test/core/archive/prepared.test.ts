import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prepareItem } from '../../../src/main/core/archive/ingest/prepared.ts';
import { verifyArchive } from '../../../src/main/core/archive/integrity/verify.ts';
import type { RawItem } from '../../../src/main/core/archive/writer.ts';
import { parseEntry } from '../../../src/main/core/jetty/parse-entry.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { daysFromTo } from '../../../src/shared/instant.ts';
import { hostileEntry, wireOf } from '../../properties/support/hostile.ts';
import { newArchive } from '../../support/archive.ts';

const NOW = Date.parse('2026-04-20T00:00:00Z');
const BATCH = 7;

/** An archive of some items in batches, every day sealed; what it answers, and whether it verifies. */
async function archiveOf(items: readonly RawItem[]) {
  const { writer, dir, key } = await newArchive();
  const source = { kind: 'api', detail: 'localhost' } as const;
  for (let at = 0; at < items.length; at += BATCH)
    unwrap(writer.ingest({ items: items.slice(at, at + BATCH), source, receivedAt: NOW }));
  const ledger = daysFromTo('2026-03-20', '2026-04-10').map((day) => {
    return { kind: 'day', day, state: 'complete', served: null, checkedAt: NOW, note: null } as const;
  });
  unwrap(writer.ingest({ items: [], source, receivedAt: NOW, ledger }));
  unwrap(writer.seal(NOW));
  const rows = [...writer.rows(WHOLE_ARCHIVE)];
  const trees = [...writer.seals()].map(({ content }) => [content?.day, content?.tree, content?.list]);
  writer.close();
  const verified = unwrap(await verifyArchive(dir, key, { parse: parseEntry }));
  return { rows, trees, verified: { ok: verified.ok, entries: verified.entries, unsealed: verified.unsealed } };
}

test('what is prepared before it is stored is stored and sealed as what is not', async () => {
  const arrivals = fc.array(fc.tuple(hostileEntry, fc.integer({ min: 0, max: 30 })), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(arrivals, async (entries) => {
      const items = entries.map(([entry, id]) => {
        const raw = Buffer.from(JSON.stringify(wireOf(entry, id % 5 === 0 ? `log_é${id}` : `log_${id}`)));
        return parseEntry(raw);
      });
      const plain = await archiveOf(items);
      expect(plain.verified).toMatchObject({ ok: true, entries: plain.rows.length });
      expect(await archiveOf(items.map(prepareItem))).toEqual(plain);
    }),
    { numRuns: 15 },
  );
});
