import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openReader } from '../../../src/main/core/archive/open.ts';
import { fillArchive } from '../../../src/main/core/bundle/fill-archive.ts';
import { archiveFromBundle } from '../../../src/main/core/bundle/into-archive.ts';
import { openBundle } from '../../../src/main/core/bundle/open.ts';
import { detect } from '../../../src/main/core/detection/detect.ts';
import { liveDetection } from '../../../src/main/core/detection/live.ts';
import { readRegister } from '../../../src/main/core/detection/triage/register.ts';
import { triage } from '../../../src/main/core/detection/triage/triage.ts';
import { shippedPlaces } from '../../../src/main/core/geo/shipped-places.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { coverageOver } from '../../../src/main/core/sync/coverage-days.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { fixedClock, realRandom, temporaryFolder } from '../../support/ports.ts';
import { bundleOf, NOW, OPENER, sealedArchive } from './support/bundled.ts';

const ports = { clock: fixedClock('2026-10-15T12:00:00Z'), random: realRandom };

async function opened(file: string, any: string | null = null) {
  const dir = join(temporaryFolder(), 'opened');
  const trust = { key: null, heads: [], any };
  const { key, verdict } = unwrap(await archiveFromBundle(openBundle(file, OPENER), fillArchive(dir, ports), trust));
  return { reader: unwrap(openReader(dir, key)), verdict };
}

it('an archive made of a bundle answers as the one it comes from', async () => {
  const { reader } = await sealedArchive();
  const { reader: other, verdict } = await opened(await bundleOf(reader), reader.head()!.hash);
  expect(verdict).toMatchObject({ found: 0, known: true });
  const told = (one: typeof reader) => ({
    rows: [...one.rows(WHOLE_ARCHIVE)].map(({ key: _key, ...row }) => row),
    raws: [...one.rawRows(WHOLE_ARCHIVE)].map(({ raw }) => Buffer.from(raw).toString()),
    changed: one.changedEntries().map(({ id, versions }) => [id, versions]),
    // Of days that were never asked for the bundle says so, and the other archive keeps that in its ledger.
    coverage: coverageOver(one, '2026-10-10', '2026-10-15', NOW).map(({ checkedAt: _at, ...day }) => day),
    journal: one.journal().map(({ kind, by, at }) => [kind, by, at]),
    head: one.head()?.hash,
    name: one.info().name,
  });
  expect(told(other)).toEqual(told(reader));
  // Findings are those of the archive: the rules are not run over a part of its history.
  const findings = (one: typeof reader) =>
    unwrap(detect(one, WHOLE_ARCHIVE, { zone: 'UTC' })).findings.map(({ id, why }) => [id, why]);
  expect(findings(other)).toEqual(findings(reader));
  const live = liveDetection(other, { zone: 'UTC', places: shippedPlaces() });
  const triaged = triage(unwrap(live.current()), readRegister(other), NOW);
  expect(triaged.map(({ id, state }) => [id, state.status])).toEqual(
    triage(unwrap(detect(reader, WHOLE_ARCHIVE, { zone: 'UTC' })), readRegister(reader), NOW).map(({ id, state }) => [
      id,
      state.status,
    ]),
  );
});

it('one made of a pseudonymised bundle finds people by their tokens', async () => {
  const { reader } = await sealedArchive();
  const { reader: other, verdict } = await opened(await bundleOf(reader, { pseudonymise: true }));
  expect(verdict).toMatchObject({ found: 0, known: false });
  const counts = (one: typeof reader) => one.facet(WHOLE_ARCHIVE, 'actor', 10).values.map(({ count }) => count);
  expect(counts(other)).toEqual(counts(reader));
  const actors = other.facet(WHOLE_ARCHIVE, 'actor', 10).values.map(({ label }) => label);
  expect(actors.every((one) => one.startsWith('person-'))).toBe(true);
  expect(other.journal()).toEqual([]);
});

it('what was compared with another archive’s head opens, and says so', async () => {
  const { reader } = await sealedArchive();
  const { verdict } = await opened(await bundleOf(reader), '0'.repeat(64));
  expect(verdict).toMatchObject({ found: 1, known: true });
});
