import { basename } from 'node:path';
import { ok, type Result } from '../../../shared/errors.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { sidecarPlace } from '../files/sidecar.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import type { QueryPlan } from '../search/plan.ts';
import { type Exported, type ExportRequest, exportEntries } from './export.ts';

/** An export, and what it can be checked against: the newest seal of the archive then, and the key that signed it. */
export type ProvenExport = Exported & {
  readonly head: string | null;
  readonly public_key: string | null;
  readonly key_fingerprint: string | null;
};

/**
 * Exports, and where it is asked for writes `FILE.json` beside the file: what was asked, its hash, and the head of the archive
 * then. `exists` where a file of that name is there that is no sidecar; it is looked at before anything is written.
 */
export async function exportWithSidecar(
  reader: ArchiveReader,
  plan: QueryPlan,
  { sidecar, ...request }: ExportRequest & { readonly sidecar: boolean },
): Promise<Result<ProvenExport>> {
  const beside = sidecar ? sidecarPlace(request.out) : ok(null);
  if (!beside.ok) return beside;
  const exported = await exportEntries(reader, plan, request);
  if (!exported.ok) return exported;
  const head = reader.head();
  const proven = {
    ...exported.value,
    head: head?.hash ?? null,
    public_key: head?.publicKey ?? null,
    key_fingerprint: head?.fingerprint ?? null,
  };
  if (beside.value === null) return ok(proven);
  const { filter, fromMs, toMs, listed } = plan;
  const told = {
    ...proven,
    out: basename(proven.out),
    query: printQuery(filter),
    from: fromMs,
    to: toMs,
    // Picked by hand: the entries themselves are in the file.
    ...(listed && { picked: listed.keys.length, all_but_picked: listed.negated }),
  };
  const written = writeAtomically(beside.value, `${JSON.stringify(told, null, 2)}\n`);
  return written.ok ? ok(proven) : written;
}
