import { type Attachment, attachmentParts } from './attachment.ts';
import { isoInstant } from './format.ts';
import type { ReportModel } from './model.ts';
import type { ReviewPart } from './review-part.ts';

/**
 * report.json: what the report is of, and the hash of every other file inside the PDF. Its own SHA-256 is the report hash
 * on the cover, so that the files can be checked against print, and print against an archive.
 */
export function manifestOf(model: ReportModel, files: readonly Attachment[]): Attachment {
  const { period, population, coverage, provenance } = model;
  const content = {
    format: 'logbook-report/1',
    report: model.framework,
    edition: model.edition,
    organisation: model.organisation,
    period: { from: period.fromDay, to: period.toDay, zone: period.zone },
    generated: isoInstant(model.generatedAt),
    archive: { id: provenance.archiveId, version: provenance.version, head: model.head },
    integrity: integrityJson(model.integrity),
    population: {
      query: population.query,
      count: population.count,
      first: population.first?.id ?? null,
      last: population.last?.id ?? null,
      sha256: population.sha256,
    },
    review: model.review === null ? null : reviewOf(model.review),
    coverage: coverage.states,
    exceptions: model.exceptions.length,
    criteria: model.criteria.map(({ id, entries, exceptions }) => ({ id, entries, exceptions: exceptions.length })),
    rules: model.rules.map(({ rule }) => ({ id: rule.id, version: rule.version, enabled: rule.enabled })),
    files: files.map(({ name, rows, sha256 }) => ({ name, rows, sha256 })),
  };
  return jsonFile('report.json', 'What this report is of, and the hash of every file inside', content);
}

// Whoever has the file can look the head up in the chain, and what was verified until then.
function integrityJson({ verified, since, stamp }: ReportModel['integrity']) {
  return {
    verified:
      verified === null
        ? null
        : {
            at: isoInstant(verified.at),
            found: verified.found,
            entries: verified.entries,
            days: verified.days,
            chain: verified.chain,
          },
    sealed_since: since,
    stamp:
      stamp === null
        ? null
        : { sequence: stamp.sequence, head: stamp.hash, at: isoInstant(stamp.at), authority: stamp.authority },
  };
}

function reviewOf({ detail }: ReviewPart) {
  const { id, status, manifest, question, sample, scope, decided, signatures } = detail;
  return {
    id,
    status,
    manifest,
    population: { count: question.count, sha256: question.sha256 },
    sample: sample === null ? null : { seed: sample.seed, size: sample.size, sha256: sample.sha256 },
    scope,
    decided,
    signatures: signatures.map(({ role, name, at, publicKey, signature }) => ({
      role,
      name,
      at,
      publicKey,
      signature,
    })),
  };
}

/** A JSON text as a file, two spaces a level, with a line feed at its end. */
export function jsonFile(name: string, description: string, content: object): Attachment {
  const parts = attachmentParts({ name, type: 'application/json', description });
  parts.add(Buffer.from(`${JSON.stringify(content, null, 2)}\n`, 'utf8'));
  return parts.finish(null);
}
