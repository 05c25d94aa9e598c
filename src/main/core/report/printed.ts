// What a report says of itself where a program finds it: among the keywords of the PDF, uncompressed.

/** The keywords of a report: of which archive it is, and the head and report hash that are printed in it. */
export function keywordsOf(archive: string, head: string | null, reportHash: string): string {
  return `logbook-report/1 archive=${archive} head=${head ?? 'none'} report=${reportHash}`;
}

/** Finds them in the bytes of a file, read as Latin-1. */
export const PRINTED =
  /logbook-report\/1 archive=(?<archive>[\w-]{1,64}) head=(?<head>[0-9a-f]{64}|none) report=(?<report>[0-9a-f]{64})/;
