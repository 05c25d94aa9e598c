import { ok, type Result } from '../../../shared/errors.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { type QueryPlan, WHOLE_ARCHIVE } from '../search/plan.ts';
import { carriedDetection } from './carried.ts';
import { type Detection, type DetectOptions, detectionOf, feed } from './detect.ts';
import type { Engine } from './engine.ts';
import { prepare, type Setup } from './prepare.ts';
import { readRegister } from './triage/register.ts';

/** Detection over a whole archive that goes on from what it knows. */
export type LiveDetection = {
  /** What the archive shows now; equal to a run over all of it. */
  current(): Result<Detection>;
};

/** How a day looked when it was last shown to the rules; other text, other entries. */
type Days = ReadonlyMap<number, string>;

/** An engine that has seen everything before an instant and nothing after. */
type Checkpoint = { readonly before: number; readonly engine: Engine };

type Run = {
  readonly rulesSeq: number;
  readonly setup: Setup;
  readonly days: Days;
  readonly checkpoints: readonly Checkpoint[];
  readonly detection: Detection;
  readonly version: number;
};

const MS_PER_DAY = 86_400_000;
/** How many days before the newest a checkpoint is kept: what is new is near, what comes late may be far. */
const KEPT_DAYS = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

/**
 * Starts nothing yet. The first question runs the rules over everything and keeps copies of their state, closer together
 * the nearer to the end. Later ones look which days have other entries than before, and run on from the last copy before
 * the oldest of them. Another set of rules begins anew.
 */
export function liveDetection(reader: ArchiveReader, options: Omit<DetectOptions, 'only' | 'draft'>): LiveDetection {
  let last: Run | null = null;
  // What is carried does not change.
  const carried = carriedDetection(reader, WHOLE_ARCHIVE, options.zone);
  const run = (): Result<Run> => {
    const register = readRegister(reader);
    const { version } = reader.info();
    if (last?.version === version && last.rulesSeq === register.rulesSeq) return ok(last);
    const days = daysOf(reader);
    const known = last?.rulesSeq === register.rulesSeq ? last : null;
    const setup = known ? ok(known.setup) : prepare(reader, WHOLE_ARCHIVE, register, options);
    if (!setup.ok) return setup;
    const from = known ? firstDifference(known.days, days) : Number.NEGATIVE_INFINITY;
    const kept = known?.checkpoints.filter((one) => one.before <= from) ?? [];
    const start = kept.at(-1) ?? { before: Number.NEGATIVE_INFINITY, engine: setup.value.engine.fork() };
    const { engine, checkpoints } = runOn(reader, start, days);
    return ok({
      rulesSeq: register.rulesSeq,
      setup: setup.value,
      days,
      checkpoints: thinned([...kept, ...checkpoints]),
      detection: detectionOf(reader, WHOLE_ARCHIVE, setup.value, engine),
      version,
    });
  };
  return {
    current() {
      if (carried !== null) return ok(carried);
      const now = run();
      if (!now.ok) return now;
      last = now.value;
      return ok(now.value.detection);
    },
  };
}

// Shows a copy of the start's engine the rest of the log, leaving copies where they are wanted. The last one is the end.
function runOn(
  reader: ArchiveReader,
  start: Checkpoint,
  days: Days,
): { readonly engine: Engine; readonly checkpoints: readonly Checkpoint[] } {
  const engine = start.engine.fork();
  const checkpoints: Checkpoint[] = [];
  let begun = start.before;
  const ahead = checkpointDays(days).filter((one) => one > start.before);
  for (const before of ahead) {
    feed(reader, between(begun, before), engine);
    // Nobody shows the last one anything more: whoever goes on from it begins with a copy.
    checkpoints.push({ before, engine: before === ahead.at(-1) ? engine : engine.fork() });
    begun = before;
  }
  return { engine, checkpoints };
}

// Of the copies between so many days back and twice as many, the first and the last.
function thinned(checkpoints: readonly Checkpoint[]): readonly Checkpoint[] {
  const newest = checkpoints.at(-1)?.before ?? 0;
  const ages = Map.groupBy(checkpoints, ({ before }) => Math.ceil(Math.log2((newest - before) / MS_PER_DAY + 1)));
  return [...ages.values()].flatMap((group) =>
    group.length <= 2 ? group : ([group[0], group.at(-1)] as Checkpoint[]),
  );
}

function between(from: number, before: number): QueryPlan {
  return {
    ...WHOLE_ARCHIVE,
    fromMs: Number.isFinite(from) ? from : null,
    toMs: before - 1,
  };
}

// The starts of the days before which a copy is kept, oldest first; the day after the newest is one of them.
function checkpointDays(days: Days): number[] {
  const newest = Math.max(...days.keys());
  if (!Number.isFinite(newest)) return [];
  const oldest = Math.min(...days.keys());
  return KEPT_DAYS.map((n) => newest + MS_PER_DAY - n * MS_PER_DAY)
    .filter((day) => day > oldest)
    .sort((a, b) => a - b);
}

// The archive tells of its days by hour and kind, and of entries that came again with another content.
function daysOf(reader: ArchiveReader): Days {
  const days = new Map<number, string>();
  const add = (ms: number, text: string) => {
    const day = Math.floor(ms / MS_PER_DAY) * MS_PER_DAY;
    days.set(day, `${days.get(day) ?? ''}${text};`);
  };
  for (const { start, byCategory } of reader.histogram(WHOLE_ARCHIVE, 'hour', 'UTC'))
    add(start, `${start} ${JSON.stringify(byCategory)}`);
  for (const { ts, id, versions } of reader.changedEntries()) add(ts, `${id} ${versions}`);
  return days;
}

function firstDifference(before: Days, after: Days): number {
  let first = Number.POSITIVE_INFINITY;
  for (const [day, text] of after) if (before.get(day) !== text) first = Math.min(first, day);
  for (const day of before.keys()) if (!after.has(day)) first = Math.min(first, day);
  return first;
}
