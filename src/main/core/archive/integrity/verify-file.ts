import type { ReadConnection } from '../sqlite.ts';
import { type Found, Problems } from './problems.ts';

/** SQLite's own check of the file, which reads, and so authenticates, every page. */
export function checkFile(db: ReadConnection): Found {
  const problems = new Problems();
  problems.within({ part: 'file', day: null }, 'The file', () => {
    for (const { integrity_check: line } of db.pragma('integrity_check(10)') as { integrity_check: string }[]) {
      if (line === 'ok') continue;
      const message = `The database file is damaged: ${line}.`;
      problems.add({ what: 'damaged', part: 'file', day: null, entry: null, message });
    }
  });
  return { list: problems.list, count: problems.count };
}
