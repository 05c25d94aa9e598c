/**
 * Lists that were frozen: the populations of reviews, in parts. A list is known by the hash of all of it, and the line of
 * the journal that froze it names that hash.
 */
export const FROZEN_LISTS = `
  CREATE TABLE frozen_list (
    list TEXT NOT NULL,
    part INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (list, part)
  ) STRICT;
${['UPDATE', 'DELETE']
  .map(
    (verb) => `
  CREATE TRIGGER frozen_list_no_${verb.toLowerCase()} BEFORE ${verb} ON frozen_list
  BEGIN SELECT RAISE(ABORT, 'what was frozen is never altered'); END;`,
  )
  .join('')}
`;
