import { describe, expect, it, onTestFinished } from 'vitest';
import type { Handlers, TrayView } from '../../src/main/shell/context.ts';
import type { KnownArchives } from '../../src/main/shell/services/known-archives.ts';
import type { Session } from '../../src/main/shell/services/open-session.ts';
import { scheduleFile } from '../../src/main/shell/services/schedule-file.ts';
import { createScheduler } from '../../src/main/shell/services/scheduler.ts';
import { createTrayState } from '../../src/main/shell/services/tray-state.ts';
import { createVault } from '../../src/main/shell/services/vault.ts';
import { type Failure, fail, failure, ok, unwrap } from '../../src/shared/errors.ts';
import { NO_SCHEDULE, type Schedule } from '../../src/shared/schedule.ts';
import { handClock } from '../support/hand-clock.ts';
import { temporaryFolder } from '../support/ports.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-10-15T09:00:00Z');

function setUp(options: { readonly supported?: boolean } = {}) {
  const clock = handClock(START);
  const vault = createVault();
  const shown: string[] = [];
  const tray: TrayView[] = [];
  const syncs: number[] = [];
  const state = {
    error: null as Failure | null,
    atRisk: null as { begins: number } | null,
    runs: [] as { kind: 'sync'; ended: number; outcome: string }[],
  };
  // Only what the scheduler asks of a session; the real one is in archive-services.test.ts.
  const session = (id: string, demo = false): Session =>
    ({
      id,
      demo,
      writer: () => ok({}),
      close: async () => undefined,
      state: async () => ok({ source: { host: 'jetty', plan: 'coastal' } }),
      reader: {
        call: async (name: string) =>
          ok(name === 'runs' ? state.runs : name === 'retention' ? { keeps: 90, atRisk: state.atRisk } : null),
      },
    }) as unknown as Session;
  const known = {
    nameOf: () => 'Alfama',
    dirOf: (id: string) => (id === 'a' ? ok('/somewhere') : fail('not_found', '', '')),
  } as unknown as KnownArchives;
  const file = scheduleFile(temporaryFolder());
  const scheduler = createScheduler({
    clock,
    vault,
    known,
    file,
    tray: createTrayState((view) => void tray.push(view), known.nameOf),
    notifications: { supported: () => options.supported ?? true, show: ({ body }) => void shown.push(body) },
    async start() {
      syncs.push(clock.now());
      const { error } = state;
      if (error?.code !== 'in_use') {
        state.runs.unshift({ kind: 'sync', ended: clock.now(), outcome: error?.code ?? 'complete' });
        scheduler.syncEnded({ archiveId: 'a', by: 'schedule', error, locked: false });
      }
      return error ? { ok: false, error } : ok({} as never);
    },
  });
  onTestFinished(() => scheduler.stop());
  const set = (schedule: Partial<Schedule>) =>
    (scheduler.handlers['schedule.set'] as Handlers['schedule.set'])({ ...NO_SCHEDULE, ...schedule });
  return { clock, vault, shown, tray, syncs, state, session, scheduler, set, file };
}

describe('the scheduler', () => {
  it('does nothing by itself unless told to', async () => {
    const { clock, vault, syncs, session } = setUp();
    await vault.replace(async () => ok(session('a')));
    await clock.advance(48 * HOUR);
    expect(syncs).toEqual([]);
  });

  it('syncs in the chosen rhythm while the archive is open, and no longer', async () => {
    const { clock, vault, syncs, session, set, scheduler } = setUp();
    await vault.replace(async () => ok(session('a')));
    unwrap(await set({ everyHours: 6 }));
    await clock.advance(13 * HOUR);
    expect(syncs.map((at) => (at - START) / HOUR)).toEqual([0, 6, 12]);
    expect(unwrap(await scheduler.handlers['schedule.get']({})).next).toBe(START + 18 * HOUR);
    await vault.close();
    await clock.advance(24 * HOUR);
    expect(syncs).toHaveLength(3);
  });

  it('tries a failure that may pass again after a quarter of an hour, and another one in the rhythm', async () => {
    const { clock, vault, syncs, session, set, state, shown } = setUp();
    state.error = failure('network', 'jetty did not answer.', '');
    await vault.replace(async () => ok(session('a')));
    unwrap(await set({ everyHours: 24 }));
    await clock.advance(40 * 60_000);
    expect(syncs.map((at) => (at - START) / 60_000)).toEqual([0, 15, 30]);
    expect(shown).toEqual(['Alfama: the sync did not finish. jetty did not answer.']);
    state.error = failure('unauthenticated', 'The token is not accepted.', '');
    await clock.advance(24 * HOUR);
    // One more quarter of an hour later, then a day.
    expect(syncs).toHaveLength(4);
    expect(shown).toHaveLength(1);
    await clock.advance(24 * HOUR);
    expect(shown).toHaveLength(2);
  });

  it('does not go round in circles where a sync is refused before it begins', async () => {
    const { clock, vault, syncs, session, set, state } = setUp();
    state.error = failure('in_use', 'An import is running already.', '');
    await vault.replace(async () => ok(session('a')));
    unwrap(await set({ onOpen: true, everyHours: 3 }));
    await clock.advance(20 * 60_000);
    expect(syncs.map((at) => (at - START) / 60_000)).toEqual([0, 15]);
  });

  it('syncs on opening, after waking, and after locking broke a sync off', async () => {
    const { clock, vault, syncs, session, set, scheduler } = setUp();
    await vault.replace(async () => ok(session('a')));
    unwrap(await set({ onWake: true }));
    await clock.advance(HOUR);
    scheduler.woke();
    await clock.advance(HOUR);
    expect(syncs).toHaveLength(1);
    await vault.close();
    scheduler.woke();
    await clock.advance(HOUR);
    expect(syncs).toHaveLength(1);
    await vault.replace(async () => ok(session('a')));
    await clock.advance(HOUR);
    expect(syncs).toHaveLength(2);
    await vault.close();
    scheduler.syncEnded({ archiveId: 'a', by: 'person', error: null, locked: true });
    await vault.replace(async () => ok(session('a')));
    await clock.advance(HOUR);
    expect(syncs).toHaveLength(3);
  });

  it('leaves the made-up organisation alone', async () => {
    const { clock, vault, syncs, session, set } = setUp();
    await vault.replace(async () => ok(session('a', true)));
    unwrap(await set({ everyHours: 1, onOpen: true }));
    await clock.advance(5 * HOUR);
    expect(syncs).toEqual([]);
  });

  it('warns of a day at risk once a day, while the archive is locked too', async () => {
    const { clock, vault, shown, session, state } = setUp();
    state.atRisk = { begins: START + 4 * 24 * HOUR };
    await vault.replace(async () => ok(session('a')));
    await clock.advance(HOUR);
    await vault.close();
    expect(shown).toEqual([]);
    await clock.advance(30 * HOUR);
    expect(shown).toEqual([
      'Alfama: a day that is not in the archive falls out of Jetty on 2026-10-19. Open the archive and sync.',
    ]);
    await clock.advance(24 * HOUR);
    expect(shown).toHaveLength(2);
  });

  it('tells in the tray what is in danger and what failed, whether or not it notifies, until it is mended', async () => {
    const { clock, vault, session, set, state, tray, shown } = setUp();
    await vault.replace(async () => ok(session('a')));
    unwrap(await set({ everyHours: 6, notify: false }));
    await clock.advance(HOUR);
    expect(tray.filter(({ mark }) => mark === 'trouble')).toEqual([]);
    state.atRisk = { begins: START + 2 * 24 * HOUR };
    state.error = failure('network', 'jetty did not answer.', '');
    await clock.advance(6 * HOUR);
    expect(tray.at(-1)).toMatchObject({
      mark: 'trouble',
      text: 'Logbook: Alfama: the sync did not finish. jetty did not answer. (and 1 more)',
    });
    state.error = null;
    await clock.advance(HOUR);
    expect(tray.at(-1)?.text).toMatch(
      /^Logbook: Alfama: a day that is not in the archive falls out of Jetty on 2026-10-17/,
    );
    expect(tray.at(-1)?.text.length).toBeLessThanOrEqual(127);
    state.atRisk = null;
    await clock.advance(6 * HOUR);
    expect(tray.at(-1)).toMatchObject({ mark: 'calm' });
    expect(shown).toEqual([]);
  });

  it('says nothing where that was not wished, or cannot be', async () => {
    const mute = setUp();
    await mute.vault.replace(async () => ok(mute.session('a')));
    unwrap(await mute.set({ notify: false }));
    await mute.vault.close();
    mute.state.atRisk = { begins: START };
    await mute.vault.replace(async () => ok(mute.session('a')));
    await mute.clock.advance(26 * HOUR);
    expect(mute.shown).toEqual([]);
    const unable = setUp({ supported: false });
    unable.state.atRisk = { begins: START };
    await unable.vault.replace(async () => ok(unable.session('a')));
    await unable.clock.advance(26 * HOUR);
    expect(unable.shown).toEqual([]);
    expect(unwrap(await unable.scheduler.handlers['schedule.get']({})).notifications).toBe(false);
  });
});
