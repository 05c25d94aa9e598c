import { type JettyPlan, PLANS } from '../../../shared/coverage.ts';
import type { Result } from '../../../shared/errors.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { ArchiveWriter } from '../archive/writer.ts';

/** Where an archive's entries come from, as far as it was told: host, plan, and the last sync that ended well (ms UTC). */
export type KnownSource = {
  readonly host: string | null;
  readonly plan: JettyPlan | null;
  readonly lastSync: number | null;
};

/** What an archive remembers of its source. */
export function knownSource(reader: Pick<ArchiveReader, 'setting'>): KnownSource {
  const plan = reader.setting('plan');
  const lastSync = reader.setting('last_sync');
  return {
    host: reader.setting('source_host'),
    plan: plan !== null && Object.hasOwn(PLANS, plan) ? (plan as JettyPlan) : null,
    lastSync: lastSync === null ? null : Number(lastSync),
  };
}

/** Writes down that a sync with a host ended well. A plan that was not said this time stays as it was known. */
export function rememberSync(
  writer: ArchiveWriter,
  sync: { host: string; plan: JettyPlan | null; at: number },
): Result<void> {
  const host = writer.setSetting('source_host', sync.host);
  if (!host.ok) return host;
  if (sync.plan !== null) {
    const plan = writer.setSetting('plan', sync.plan);
    if (!plan.ok) return plan;
  }
  return writer.setSetting('last_sync', String(sync.at));
}
