import type { Result } from '../../../shared/errors.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { type BundleMade, type BundleRequest, createBundle } from '../bundle/create.ts';
import type { Places } from '../geo/places.ts';
import { listed } from './case-acts.ts';
import { caseDocument, soundCase } from './case-export.ts';

/**
 * Writes an evidence bundle of what is pinned in a case, with the case itself beside it as `case.json`. `integrity` where
 * something in it does not verify; otherwise as `createBundle`.
 */
export async function bundleCase(
  reader: ArchiveReader,
  {
    id,
    places,
    ...request
  }: Omit<BundleRequest, 'plan' | 'pseudonymise' | 'reports' | 'caseText' | 'places'> & {
    readonly id: string;
    readonly places: Places;
  },
): Promise<Result<BundleMade>> {
  const sound = soundCase(reader, id, places);
  if (!sound.ok) return sound;
  const keys = [...sound.value.state.pinned.keys()].sort((a, b) => a - b);
  const what = { plan: listed(keys), pseudonymise: false, reports: [], caseText: caseDocument(sound.value), places };
  return createBundle(reader, { ...request, ...what });
}
