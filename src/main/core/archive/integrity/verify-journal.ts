import type { JournalLine } from '../journal.ts';
import type { ReadConnection } from '../sqlite.ts';
import { lineHash, NO_LINE } from './journal-chain.ts';
import type { Problems } from './problems.ts';
import type { CheckedChain } from './verify-chain.ts';

type Row = JournalLine & { readonly hash: Uint8Array };

/** Checks that the reviewers' log is whole: each line as it was written, and as many as the seals know of. */
export function checkJournal(db: ReadConnection, chain: CheckedChain, problems: Problems): void {
  const say = (what: 'altered' | 'missing', message: string, line?: number): void => {
    problems.add({ what, part: 'journal', day: null, entry: null, message, ...(line === undefined ? {} : { line }) });
  };
  let stored: Uint8Array = NO_LINE;
  let made: Uint8Array = NO_LINE;
  let end = 0;
  let told = false;
  const select = db.prepare('SELECT seq, kind, subject, at, by, body, hash FROM journal ORDER BY seq');
  for (const line of select.iterate() as Iterable<Row>) {
    const hash = Buffer.from(line.hash);
    if (line.seq !== end + 1) {
      say(
        'missing',
        `The reviewers’ log goes from line ${end} to line ${line.seq}: what stood between them is missing.`,
      );
      made = lineHash(stored, line);
    } else {
      made =
        [stored, made].map((before) => lineHash(before, line)).find((one) => hash.equals(one)) ??
        lineHash(stored, line);
      if (!hash.equals(made))
        say('altered', `Line ${line.seq} of the reviewers’ log is not as it was written.`, line.seq);
      else if (!told && isOther(chain.journal.get(line.seq), hash)) {
        told = true;
        say('altered', `The reviewers’ log up to line ${line.seq} is not the one that was sealed.`);
      }
    }
    stored = hash;
    end = line.seq;
  }
  const sealed = Math.max(0, ...chain.journal.keys());
  if (sealed > end) {
    say(
      'missing',
      `The reviewers’ log ends with line ${end}, and ${sealed} lines of it were sealed: its end was cut off.`,
    );
  }
}

function isOther(sealed: string | undefined, hash: Buffer): boolean {
  return sealed !== undefined && sealed !== hash.toString('hex');
}
