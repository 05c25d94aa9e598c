import { type Failure, ok } from '../../../shared/errors.ts';
import { dayOf, startOfDay } from '../../../shared/instant.ts';
import { NO_SCHEDULE, type Schedule } from '../../../shared/schedule.ts';
import type { Clock } from '../../core/ports.ts';
import { announceOnce, type Cause, nextSync, type SyncPast } from '../../core/sync/schedule.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { presentOf } from './coverage-handlers.ts';
import type { JsonFile } from './json-file.ts';
import type { KnownArchives } from './known-archives.ts';
import type { Session } from './open-session.ts';
import type { Schedules } from './schedule-file.ts';
import type { SyncEnd, SyncRuns } from './sync-handlers.ts';
import type { TrayState } from './tray-state.ts';
import type { Vault } from './vault.ts';

/** Syncs the open archive when its schedule says so, and says outside the window what must not wait. */
export type Scheduler = {
  readonly handlers: Pick<Handlers, 'schedule.get' | 'schedule.set'>;
  syncEnded(end: SyncEnd): void;
  /** The machine woke. */
  woke(): void;
  stop(): void;
};

export type SchedulerParts = {
  readonly clock: Clock;
  readonly vault: Vault;
  readonly known: KnownArchives;
  readonly file: JsonFile<Schedules>;
  readonly notifications: ServiceContext['notifications'];
  readonly tray: Pick<TrayState, 'syncEnded' | 'danger'>;
  /** The sync itself; asked for late, because it is made after its watcher. */
  readonly start: () => ReturnType<SyncRuns['start']>;
};

// A timer that long is set anew anyway: clocks are set, machines sleep.
const LONGEST_WAIT_MS = 3_600_000;
/** So long before a day begins to fall out of retention it is worth a notification. */
const WARN_MS = 3 * 86_400_000;
const DAY_MS = 86_400_000;

export function createScheduler(parts: SchedulerParts): Scheduler {
  const { clock, vault, known, file, notifications, tray } = parts;
  const opened = new Map<string, number>();
  const interrupted = new Map<string, number>();
  const tried = new Map<string, { readonly at: number; readonly failed: boolean }>();
  let woke: number | null = null;
  let loop = new AbortController();
  const stopped = new AbortController();

  const scheduleOf = (id: string): Schedule => file.read().archives[id] ?? NO_SCHEDULE;

  const pastOf = async (session: Session): Promise<SyncPast> => {
    const { id } = session;
    const runs = await session.reader.call('runs', {});
    const last = runs.ok ? runs.value.find((run) => run.kind === 'sync' && run.ended !== null) : undefined;
    // A try that was refused before it began (no token, an import running) is in no history.
    const mine = tried.get(id);
    const newer = mine !== undefined && mine.at > (last?.ended ?? 0) ? mine : null;
    const lastEnd = newer?.at ?? last?.ended ?? null;
    return {
      opened: opened.get(id) ?? clock.now(),
      lastEnd,
      lastFailed: newer?.failed ?? (last?.outcome === 'network' || last?.outcome === 'server'),
      woke: woke !== null && (lastEnd === null || lastEnd < woke) ? woke : null,
      interrupted: interrupted.get(id) ?? null,
    };
  };

  const nextOf = async (session: Session): Promise<number | null> =>
    session.demo || !session.writer().ok ? null : nextSync(scheduleOf(session.id), await pastOf(session));

  const run = async (session: Session, signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const next = await nextOf(session);
      if (next === null || signal.aborted) return;
      const wait = next - clock.now();
      if (wait > 0) {
        await clock.sleep(Math.min(wait, LONGEST_WAIT_MS), signal);
        continue;
      }
      interrupted.delete(session.id);
      const done = await parts.start();
      tried.set(session.id, { at: clock.now(), failed: !done.ok && done.error.retryable });
    }
  };
  const begin = (session: Session | null): void => {
    loop.abort();
    loop = new AbortController();
    if (session === null || stopped.signal.aborted) return;
    void run(session, loop.signal);
  };
  const beginAnew = (): void => {
    const session = vault.session();
    if (session.ok) begin(session.value);
  };

  const tell = (id: string, cause: Cause, body: string): void => {
    const schedules = file.read();
    if (!(schedules.archives[id] ?? NO_SCHEDULE).notify || !notifications.supported()) return;
    const told = announceOnce(schedules.told, id, cause, dayOf(clock.now(), 'UTC'));
    if (told === null) return;
    file.write({ ...schedules, told });
    notifications.show({ title: 'Logbook', body });
  };

  /** Learns from an open archive when its next day is in danger. */
  const lookAtRisk = async (session: Session): Promise<void> => {
    if (session.demo) return;
    const now = await presentOf(session);
    const facts = await session.reader.call('retention', { now });
    const state = facts.ok ? await session.state() : facts;
    if (!facts.ok || !state.ok || state.value.source === null) return;
    const today = startOfDay(dayOf(now, 'UTC'), 'UTC');
    const riskAt = facts.value.atRisk?.begins ?? today + facts.value.keeps * DAY_MS;
    const schedules = file.read();
    if (schedules.riskAt[session.id] !== riskAt) {
      file.write({ ...schedules, riskAt: { ...schedules.riskAt, [session.id]: riskAt } });
    }
    warn();
  };
  const warn = (): void => {
    const now = clock.now();
    for (const [id, riskAt] of Object.entries(file.read().riskAt)) {
      const inDanger = riskAt - now <= WARN_MS && known.dirOf(id).ok;
      const when = riskAt <= now ? 'is falling out of Jetty now' : `falls out of Jetty on ${dayOf(riskAt, 'UTC')}`;
      const why = `${known.nameOf(id)}: a day that is not in the archive ${when}. Open the archive and sync.`;
      tray.danger(id, inDanger ? why : null);
      if (inDanger) tell(id, 'at_risk', why);
    }
  };
  const watch = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      warn();
      await clock.sleep(LONGEST_WAIT_MS, stopped.signal);
    }
  };

  vault.watch((session) => {
    if (session !== null) {
      opened.set(session.id, clock.now());
      void lookAtRisk(session);
    }
    begin(session);
  });
  void watch();

  return {
    handlers: {
      async 'schedule.get'() {
        const session = vault.session();
        if (!session.ok) return session;
        return ok({
          schedule: scheduleOf(session.value.id),
          notifications: notifications.supported(),
          next: await nextOf(session.value),
        });
      },
      async 'schedule.set'(schedule) {
        const session = vault.session();
        if (!session.ok) return session;
        const schedules = file.read();
        const kept = file.write({
          ...schedules,
          archives: { ...schedules.archives, [session.value.id]: schedule },
        });
        if (!kept.ok) return kept;
        beginAnew();
        return ok({});
      },
    },
    syncEnded({ archiveId, by, error, locked }) {
      const failed =
        error === null || error.code === 'cancelled' || locked ? null : failedWords(known.nameOf(archiveId), error);
      tray.syncEnded(archiveId, failed);
      if (locked) {
        interrupted.set(archiveId, clock.now());
        return;
      }
      interrupted.delete(archiveId);
      if (failed !== null && by === 'schedule') tell(archiveId, 'failed', failed);
      const session = vault.session();
      if (!session.ok) return;
      void lookAtRisk(session.value);
      // The loop waits for its own sync; one that somebody else asked for moves the rhythm.
      if (by === 'person') beginAnew();
    },
    woke() {
      woke = clock.now();
      beginAnew();
    },
    stop() {
      loop.abort();
      stopped.abort();
    },
  };
}

function failedWords(name: string, error: Failure): string {
  return `${name}: the sync did not finish. ${error.message}`;
}
