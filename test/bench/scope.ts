import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RawItem } from '../../src/main/core/archive/writer.ts';
import { shippedPlaces } from '../../src/main/core/geo/shipped-places.ts';
import { groundOf } from '../../src/main/core/investigation/scope/ground.ts';
import { NO_DECISIONS } from '../../src/main/core/investigation/scope/question.ts';
import { scopeOf } from '../../src/main/core/investigation/scope/scope-of.ts';
import { WHOLE_ARCHIVE } from '../../src/main/core/search/plan.ts';
import { randomFor } from '../../src/main/core/simulator/random.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { newBenchArchive, openBenchArchive } from './archive-folder.ts';
import { YEAR_END, yearOf } from './data/organisation.ts';
import { say } from './table.ts';
import { timed } from './timing.ts';
import { Verdicts } from './verdicts.ts';

// The scope of an incident from a person and an address, step by step, beside a plain loop over the archive's rows that
// looks for the same person and address once. `scope.ts [ENTRIES]`; what is wanted is wanted at a million.

const entries = Number(process.argv[2] ?? 1_000_000);
const BATCH = 20_000;
const ROUNDS = 40;
const WANTED_MS = 200;

const verdicts = new Verdicts();
const folder = mkdtempSync(join(tmpdir(), 'logbook-bench-'));
try {
  const dir = join(folder, 'bench.logbook');
  const writer = await newBenchArchive(dir);
  let batch: RawItem[] = [];
  const store = () => {
    unwrap(writer.ingest({ items: batch, source: { kind: 'file', detail: 'bench' }, receivedAt: YEAR_END }));
    batch = [];
  };
  for (const item of yearOf(entries)) if (batch.push(item) >= BATCH) store();
  store();
  writer.close();
  const reader = await openBenchArchive(dir);
  const places = shippedPlaces();
  const first = await timed(() => groundOf(reader, places));
  const { actors, addresses } = first.value;
  const lot = randomFor(11, 'scope');
  const steps: number[] = [];
  const whole: number[] = [];
  const plain: number[] = [];
  let found = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const [person, address] = [lot.pick(actors.slice(1))?.id ?? '', lot.pick(addresses.slice(1)) ?? ''];
    const from = YEAR_END - lot.int(30, 200) * 86_400_000;
    const range = { from, to: from + 14 * 86_400_000 };
    const seeds = [
      { kind: 'person', value: person, ...range } as const,
      { kind: 'address', value: address, ...range } as const,
    ];
    const ask = (limit: number | null) =>
      scopeOf(reader, places, { seeds, anchors: [], decisions: NO_DECISIONS, steps: limit });
    let before = 0;
    const all = await timed(() => ask(null));
    whole.push(all.ms);
    for (let step = 1; step <= Math.max(1, all.value.scope.steps); step++) {
      const { ms, value } = await timed(() => ask(step));
      // What a step costs beyond those before it; asking for it alone costs all of them.
      steps.push(step === 1 ? ms : Math.max(ms - before, 0));
      before = ms;
      found += value.scope.total;
    }
    if (round < 3)
      plain.push(
        (
          await timed(() => {
            let n = 0;
            for (const row of reader.rows(WHOLE_ARCHIVE))
              if (row.actor?.id === person || row.address === address || row.target?.id === person) n++;
            return n;
          })
        ).ms,
      );
  }
  reader.close();
  if (found === 0) throw new Error('no scope held anything');
  const at = (times: readonly number[], share: number): number =>
    times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const both = (times: readonly number[]): string =>
    `median ${at(times, 0.5).toFixed(1)} ms, p95 ${at(times, 0.95).toFixed(1)} ms, slowest ${at(times, 1).toFixed(1)} ms`;
  say(
    `${entries} entries over a year; Node ${process.versions.node}, ${availableParallelism()} cores; ${ROUNDS} scopes.`,
  );
  say(`first look at the archive     ${first.ms.toFixed(0)} ms, once for a version of it`);
  say(`a step                        ${both(steps)}`);
  say(`a whole scope                 ${both(whole)}`);
  say(`a plain loop, one step        ${both(plain)}`);
  say(verdicts.below('a step of a scope, p95', at(steps, 0.95), WANTED_MS, (ms) => `${ms.toFixed(1)} ms`));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const line of verdicts.summed()) say(line);
