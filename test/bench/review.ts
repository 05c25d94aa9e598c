import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReader, openWriter } from '../../src/main/core/archive/open.ts';
import { parseEntry } from '../../src/main/core/jetty/parse-entry.ts';
import { act, appendMade } from '../../src/main/core/review/acts.ts';
import { beginReview } from '../../src/main/core/review/begin.ts';
import { sampleLine } from '../../src/main/core/review/decide.ts';
import { exportReview } from '../../src/main/core/review/export-bundle.ts';
import { freezeCampaign } from '../../src/main/core/review/freeze.ts';
import { identityLine } from '../../src/main/core/review/identity-acts.ts';
import { readReviews } from '../../src/main/core/review/read-reviews.ts';
import { ReviewBook } from '../../src/main/core/review/review-book.ts';
import { signatureLine } from '../../src/main/core/review/sign.ts';
import { reviewProblems } from '../../src/main/core/review/verify-reviews.ts';
import { systemClock, systemRandom } from '../../src/main/system-ports.ts';
import { unwrap } from '../../src/shared/errors.ts';
import type { Campaign } from '../../src/shared/review-contract.ts';
import { benchKey, newBenchArchive } from './archive-folder.ts';
import { row, say, span } from './table.ts';
import { summary, timed } from './timing.ts';

// A quarter's review of so many entries, from the frozen population to its verification, each step where it runs in the
// window: what the writing thread does is short, and the rest is a reading thread's. `review.ts [ENTRIES]`.

const entries = Number(process.argv[2] ?? 25_000);
const START = Date.parse('2026-07-01T00:00:00Z');
const SPAN_MS = 91 * 86_400_000;
const NOW = Date.parse('2026-10-15T12:00:00Z');
const BATCH = 5_000;
const PIN = 'bench!';
const ACTIONS = ['user.login', 'tunnel.started', 'tunnel.stopped', 'user.login_failed'];

const entry = (i: number) => ({
  id: `log_${((i * 2_654_435_761) >>> 0).toString(16).padStart(8, '0')}${i.toString(16)}`,
  timestamp: new Date(START + Math.floor((i / entries) * SPAN_MS)).toISOString(),
  action: ACTIONS[i % ACTIONS.length],
  actor: { id: `u${i % 200}`, name: `Person ${i % 200}`, email: `p${i % 200}@example.com` },
  target: { type: 'tunnel', id: `t${i % 900}`, name: `tunnel-${i % 900}` },
  context: { ip_address: `198.51.100.${i % 250}`, team_id: 't1', team_name: 'Core' },
});

async function measured<T>(name: string, run: () => T | Promise<T>): Promise<T> {
  const { ms, value } = await timed(run);
  row(name, [span(summary([ms]))]);
  return value;
}

const folder = mkdtempSync(join(tmpdir(), 'logbook-bench-'));
const dir = join(folder, 'bench.logbook');
try {
  const loading = await newBenchArchive(dir);
  for (let at = 0; at < entries; at += BATCH) {
    const items = Array.from({ length: Math.min(BATCH, entries - at) }, (_, i) =>
      parseEntry(Buffer.from(JSON.stringify(entry(at + i)))),
    );
    unwrap(loading.ingest({ items, source: { kind: 'file', detail: 'bench' }, receivedAt: NOW }));
  }
  loading.close();
  say(`A review of ${entries} entries; Node ${process.versions.node}, ${availableParallelism()} cores`);
  const key = await benchKey(dir);
  const writer = unwrap(openWriter(dir, key, { clock: systemClock, random: systemRandom }));
  const task = unwrap(openReader(dir, key, 'moment'));
  const reader = unwrap(openReader(dir, key));
  const book = new ReviewBook();
  const reviews = readReviews(reader);
  const cost = { memoryKiB: 8, passes: 1, lanes: 1 };
  const person = async (name: string): Promise<string> => {
    const acting = { reader: writer, book: book.refresh(writer), now: NOW };
    const named = { name, email: `${name}@example.com`, pin: PIN };
    const made = unwrap(await identityLine(acting, named, { random: systemRandom, cost }));
    unwrap(appendMade(writer, book, made, null));
    return made.line.subject;
  };
  const by = await person('marta');
  const daniel = await person('daniel');

  const campaign: Campaign = {
    title: 'Bench',
    kind: 'events',
    filter: { terms: [] },
    zone: 'UTC',
    period: { from: '2026-07-01', to: '2026-09-30' },
    framework: null,
    plan: null,
    owner: null,
    dueAt: null,
  };
  const frozen = await measured('freeze (reading)', () => unwrap(freezeCampaign(task, campaign, NOW)));
  const { packed } = frozen;
  let longest = 0;
  for (const [part, content] of packed.parts.entries()) {
    const { ms } = await timed(() => unwrap(writer.freezePart(packed.list, part, content)));
    longest = Math.max(longest, ms);
  }
  row('keep the longest part (writing)', [span(summary([longest]))]);
  const begun = { ...frozen, packed: { ...packed, parts: [] } };
  const id = await measured('begin (writing)', () => unwrap(beginReview(writer, book, begun, by, NOW)));
  await measured('open', () => unwrap(reviews.detail(id, NOW)));
  const page = (view: 'all' | 'open', offset: number) => () => unwrap(reviews.items(id, { view, offset, limit: 100 }));
  await measured('first page', page('all', 0));
  await measured('page in the middle', page('all', Math.floor(entries / 2)));
  await measured('the same again', page('all', Math.floor(entries / 2)));
  await measured('first page of what is open', page('open', 0));
  const said = { evidence: '', ticket: '', id, by };
  const first = { kind: 'items', items: [5] } as const;
  await measured('decide one (writing)', () =>
    unwrap(act(writer, book, { kind: 'decide', ...said, chosen: first, verdict: 'deviation', rationale: 'x' }, NOW)),
  );
  const drawing = { by, size: 60, seed: 'bench', reason: '' };
  await measured('draw a sample of 60 (reading)', () =>
    unwrap(sampleLine({ reader, book: reviews.book, now: NOW }, id, drawing)),
  );
  await measured('decide all that is open (writing)', () =>
    unwrap(
      act(
        writer,
        book,
        { kind: 'decide', ...said, chosen: { kind: 'open' }, verdict: 'appropriate', rationale: '' },
        NOW,
      ),
    ),
  );
  const exception = [...book.exceptions.keys()][0] ?? '';
  unwrap(act(writer, book, { kind: 'update', id: exception, by, fields: { owner: 'x', due: '2026-11-01' } }, NOW));
  unwrap(act(writer, book, { kind: 'gaps', id, by, reason: 'x' }, NOW));
  for (const [role, identity] of [
    ['preparer', by],
    ['reviewer', daniel],
  ] as const) {
    const signing = { id, role, identity, pin: PIN };
    const line = await measured(`sign as ${role} (reading)`, async () =>
      unwrap(await signatureLine({ reader, book: reviews.book, now: NOW }, signing)),
    );
    unwrap(appendMade(writer, book, line, null));
  }
  const now = unwrap(openReader(dir, key, 'moment'));
  await measured('export (reading)', () => unwrap(exportReview(now, id, join(folder, 'bundle'))));
  const problems = await measured('verify (reading)', () => reviewProblems(now));
  if (problems.length > 0) throw new Error(problems[0]?.message);
  for (const open of [now, task, reader, writer]) open.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
