/**
 * Time stamps of seals (RFC 3161): the answer of an authority as it came, signed by the archive as that, since not every bit of
 * an answer is under the authority's own signature. A seal may have several.
 */
export const STAMPS = `
  CREATE TABLE stamp (
    id INTEGER PRIMARY KEY,
    seal INTEGER NOT NULL,
    response BLOB NOT NULL,
    signature BLOB NOT NULL
  ) STRICT;
  CREATE INDEX stamp_by_seal ON stamp (seal);
${['UPDATE', 'DELETE']
  .map(
    (verb) => `
  CREATE TRIGGER stamp_no_${verb.toLowerCase()} BEFORE ${verb} ON stamp
  BEGIN SELECT RAISE(ABORT, 'what was stamped is never altered'); END;`,
  )
  .join('')}
`;
