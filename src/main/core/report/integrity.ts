import type { StampedHead } from '../../../shared/integrity.ts';
import { parseVerified, type Verified } from '../../../shared/integrity-contract.ts';
import { VERIFIED_SETTING } from '../archive/integrity/last-verification.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { bundleOf } from '../bundle/carried-bundle.ts';
import { counted, groupedHash, number, stamp } from './format.ts';

/** What proves that the archive is as it was sealed, as a report tells it. */
export type ReportIntegrity = {
  /** How the last verification of everything ended; null where there was none. */
  readonly verified: Verified | null;
  /** Seals that were made after it; null where that is not known. */
  readonly since: number | null;
  readonly stamp: StampedHead | null;
  /** Whether the archive was made of an evidence bundle: that was checked as a whole when it was opened. */
  readonly fromBundle: boolean;
};

/** Of an archive of which nothing is known. */
export const NOT_VERIFIED: ReportIntegrity = { verified: null, since: null, stamp: null, fromBundle: false };

/** As the archive has it; `verified` is given where it was verified and could not keep how that ended. */
export function integrityOf(
  reader: Pick<ArchiveReader, 'setting' | 'head' | 'stampedHead'>,
  verified: Verified | null = parseVerified(reader.setting(VERIFIED_SETTING)),
): ReportIntegrity {
  const sequence = reader.head()?.sequence ?? 0;
  const chain = verified?.chain ?? null;
  return {
    verified,
    since: chain === null ? null : Math.max(0, sequence - chain.seals),
    stamp: reader.stampedHead(),
    fromBundle: bundleOf(reader.setting('bundle')) !== null,
  };
}

/** Lines for a list of facts: when everything was verified and against what, and whose word there is on the time. */
export function integrityFacts(
  { verified, since, stamp: stamped, fromBundle }: ReportIntegrity,
  zone: string,
): readonly (readonly [term: string, text: string])[] {
  const rows: [string, string][] = [[fromBundle ? 'Bundle checked' : 'Verified in full', verdict(verified, zone)]];
  if (verified?.chain && verified.chain.head !== null) {
    const { seals, head, against } = verified.chain;
    const elsewhere = against === 0 ? '' : ` and ${counted(against, 'head', 'heads')} that had been kept elsewhere`;
    rows.push([
      'Compared with',
      `heads.log${elsewhere}; the chain ended with seal ${number(seals)}, ${groupedHash(head, true)}`,
    ]);
  }
  if (since !== null && since > 0) rows.push(['Sealed since', `${counted(since, 'seal', 'seals')}, not verified yet`]);
  if (stamped !== null) {
    const trust = stamped.trusted
      ? 'its certificate leads to one this archive was told to trust'
      : 'whose it is, nobody has said';
    rows.push([
      'Time stamp',
      `head of seal ${number(stamped.sequence)}, ${stamp(stamped.at, zone)}, by ${stamped.authority}; ${trust}`,
    ]);
  }
  return rows;
}

/** The same for a cover, in a few words. */
export function verifiedWords({ verified, since }: ReportIntegrity, zone: string): string {
  if (verified === null) return 'never; see blind spots';
  const after = since !== null && since > 0 ? `; ${counted(since, 'seal', 'seals')} since` : '';
  const how = verified.found === 0 ? 'everything as it was sealed' : counted(verified.found, 'problem', 'problems');
  return `${stamp(verified.at, zone)}: ${how}${after}`;
}

/** What limits a report of such an archive; empty where nothing does. */
export function integrityLimits({ verified, since }: ReportIntegrity): readonly string[] {
  if (verified === null) {
    return [
      'The archive was never verified in full: that its entries are as they arrived is not shown by anything here. Verify it (logbook verify, or “Verify now” in the window) and make this report again.',
    ];
  }
  return since !== null && since > 0
    ? [`${counted(since, 'seal was', 'seals were')} made since the archive was last verified in full.`]
    : [];
}

function verdict(verified: Verified | null, zone: string): string {
  if (verified === null) return 'never: logbook verify, or “Verify now” in the window, recomputes everything';
  const { at, found, entries, days, chain } = verified;
  const over = [
    counted(entries, 'entry', 'entries'),
    counted(days, 'sealed day', 'sealed days'),
    ...(chain === null ? [] : [counted(chain.seals, 'seal', 'seals')]),
  ].join(', ');
  return `${stamp(at, zone)}, over ${over}: ${found === 0 ? 'everything as it was sealed' : counted(found, 'problem', 'problems')}`;
}
