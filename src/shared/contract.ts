import { z } from 'zod';
import { CATEGORIES } from './action.ts';
import { BUNDLE_METHODS, bundleState, openBundleInput } from './bundle-contract.ts';
import { CASE_EVENTS, CASE_METHODS } from './case-contract.ts';
import { DAY_STATES, PLANS } from './coverage.ts';
import { DETECTION_EVENTS, DETECTION_METHODS } from './detection-contract.ts';
import { ERROR_CODES } from './errors.ts';
import { EXPORT_FORMATS } from './export-format.ts';
import { FACETS } from './facet.ts';
import { INTEGRITY_EVENTS, INTEGRITY_METHODS } from './integrity-contract.ts';
import { KEEPING_METHODS } from './keeping-contract.ts';
import { KEY_METHODS } from './key-contract.ts';
import { MARKS_EVENTS, MARKS_METHODS } from './marks-contract.ts';
import { PROFILE_METHODS } from './profile-contract.ts';
import { asking, key, query } from './query-contract.ts';
import { REPORT_METHODS } from './report-contract.ts';
import { REVIEW_EVENTS, REVIEW_METHODS } from './review-contract.ts';
import { SYNC_HOURS } from './schedule.ts';
import { SETTINGS_METHODS } from './settings-contract.ts';
import { SOURCE_METHODS } from './source-contract.ts';
import { VIEWS_EVENTS, VIEWS_METHODS } from './views-contract.ts';

// The whole surface between window and main process. From this table follow the checked handlers, the preload's frozen
// API and the renderer's typed client; a method that is not here does not exist. No answer holds a path, token or key.

const nothing = z.strictObject({});
const passphrase = z.string().min(1).max(1024);

const named = z.strictObject({ id: z.string().nullable(), name: z.string().nullable() });
const row = z.strictObject({
  key,
  id: z.string(),
  ts: z.number(),
  actor: named.extend({ email: z.string().nullable() }).nullable(),
  action: z.string(),
  target: named.extend({ type: z.string().nullable() }).nullable(),
  address: z.string().nullable(),
  agent: z.string().nullable(),
  team: named.nullable(),
});

/** A line of a list that folds repeats; `keys` are all entries of it, newest first, `since` the instant of the oldest. */
const line = z.strictObject({
  row,
  index: z.number(),
  position: z.number(),
  run: z
    .strictObject({
      keys: z.array(key).readonly(),
      since: z.number(),
      actors: z.number(),
      targets: z.number(),
      teams: z.number(),
    })
    .nullable(),
});

const plan = z.enum(Object.keys(PLANS) as [keyof typeof PLANS]);

const archiveSummary = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Where it lies, in words ("Documents/Logbook"), never a path that could be used again. */
  place: z.string(),
  /** The host it was last seen connected to; null where none is known. */
  source: z.string().nullable(),
  lastOpened: z.number().nullable(),
  demo: z.boolean(),
  /** The keychain that opens it without the passphrase, by name; null where none does. */
  remembered: z.string().nullable(),
});

const archiveState = z.strictObject({
  id: z.string(),
  name: z.string(),
  zone: z.string(),
  readOnly: z.boolean(),
  demo: z.boolean(),
  entries: z.number(),
  unreadable: z.number(),
  changedUpstream: z.number(),
  oldest: z.number().nullable(),
  newest: z.number().nullable(),
  version: z.number(),
  source: z.strictObject({ host: z.string(), plan: plan.nullable() }).nullable(),
  lastSync: z.number().nullable(),
  /** Only of one that was opened from an evidence bundle. */
  bundle: bundleState.nullish(),
});

const appState = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('locked'),
    recent: z.array(archiveSummary),
    /** The archive the person turned to; null where nothing was said. */
    next: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('open'), archive: archiveState }),
]);

const progress = z.strictObject({ done: z.number(), total: z.number().nullable(), note: z.string() });

const syncResult = z.strictObject({
  requests: z.number(),
  fetched: z.number(),
  inserted: z.number(),
  duplicates: z.number(),
  changed: z.number(),
  rejected: z.number(),
  retries: z.number(),
  vanished: z.number(),
  days: z.strictObject({ complete: z.number(), partial: z.number(), lost: z.number() }),
  complete: z.boolean(),
});

const syncDays = z.strictObject({ complete: z.number(), partial: z.number(), lost: z.number() });
const failed = z.strictObject({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  hint: z.string(),
  retryable: z.boolean(),
});

/** What a sync is doing, and how the last one since the archive was opened ended. */
const syncState = z.strictObject({
  running: z.boolean(),
  /** Who asked for the sync that runs or ran last; null before the first. */
  by: z.enum(['person', 'schedule']).nullable(),
  result: syncResult.nullable(),
  error: failed.nullable(),
});

const run = z.strictObject({
  kind: z.enum(['sync', 'import']),
  started: z.number(),
  ended: z.number().nullable(),
  source: z.string(),
  requests: z.number(),
  inserted: z.number(),
  changed: z.number(),
  rejected: z.number(),
  days: syncDays.nullable(),
  outcome: z.enum(['complete', 'incomplete', ...ERROR_CODES]).nullable(),
  sentence: z.string(),
});

const schedule = z.strictObject({
  onOpen: z.boolean(),
  everyHours: z.literal(SYNC_HOURS),
  onWake: z.boolean(),
  notify: z.boolean(),
});

const importCount = {
  files: z.number(),
  read: z.number(),
  inserted: z.number(),
  duplicates: z.number(),
  changed: z.number(),
  /** All that was rejected; `reasons` lists the first of them. */
  rejected: z.number(),
  reasons: z.array(z.strictObject({ file: z.string(), line: z.number().nullable(), reason: z.string() })),
};

/** Largest piece of a dropped file that crosses at once, bytes. */
export const LARGEST_PIECE = 1024 * 1024;

const dayCoverage = z.strictObject({
  day: z.string(),
  state: z.enum(DAY_STATES),
  served: z.number().nullable(),
  stored: z.number(),
  checkedAt: z.string().nullable(),
  note: z.string().nullable(),
});

const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

/** Requests from the window, each answered by a `Result` of its output. Instants are milliseconds UTC. */
export const METHODS = {
  'app.state': method(nothing, appState),
  'app.info': method(nothing, z.strictObject({ version: z.string(), runtime: z.string(), platform: z.string() })),

  'archive.create': method(
    z.strictObject({ name: z.string().trim().min(1).max(80), passphrase, choosePlace: z.boolean() }),
    z.strictObject({ recoveryCode: z.string(), archive: archiveState }),
  ),
  'archive.open': method(z.strictObject({ id: z.string(), passphrase, readOnly: z.boolean() }), archiveState),
  /** With the key that the system's keychain holds, where it does. */
  'archive.openRemembered': method(z.strictObject({ id: z.string(), readOnly: z.boolean() }), archiveState),
  'archive.recover': method(
    z.strictObject({ id: z.string(), recoveryCode: z.string().min(1).max(200), newPassphrase: passphrase }),
    archiveState,
  ),
  /** Asks for a folder with the system's own dialog and adds it to the known archives; null when cancelled. */
  'archive.choose': method(nothing, archiveSummary.nullable()),
  'archive.forget': method(z.strictObject({ id: z.string() }), nothing),
  /** `next` names the archive to unlock instead. */
  'archive.lock': method(z.strictObject({ next: z.string().optional() }), nothing),
  'archive.known': method(nothing, z.array(archiveSummary)),
  /** Creates (once) and opens the made-up organisation; progress comes as `sync.progress`. */
  'archive.openDemo': method(nothing, archiveState),

  'sync.connect': method(
    z.strictObject({
      url: z.string().min(1).max(500),
      token: z.string().min(1).max(4096),
      plan: plan.nullable(),
    }),
    nothing,
  ),
  /** With `reconcile` settled days that Jetty still has are read again, and what is no longer served is raised. */
  'sync.start': method(z.strictObject({ reconcile: z.boolean().default(false) }), syncResult),
  'sync.cancel': method(nothing, nothing),
  'sync.state': method(nothing, syncState),
  'sync.setPlan': method(z.strictObject({ plan: plan.nullable() }), nothing),
  /** The last runs of sync and import, newest first. */
  'sync.history': method(nothing, z.array(run)),
  'schedule.get': method(
    nothing,
    z.strictObject({
      schedule,
      /** Whether this system shows notifications. */
      notifications: z.boolean(),
      /** When the next sync begins by itself, null where none will. */
      next: z.number().nullable(),
    }),
  ),
  'schedule.set': method(schedule, nothing),

  /** Asks what to import with the system's own dialog; null when cancelled. `label` is a file's name or how many. */
  'import.choose': method(
    z.strictObject({ kind: z.enum(['files', 'folder']) }),
    z.strictObject({ id: z.string(), label: z.string() }).nullable(),
  ),
  /** Announces files dropped on the window; their bytes follow by `import.piece`, each file in order. */
  'import.begin': method(
    z.strictObject({
      files: z
        .array(z.strictObject({ name: z.string().min(1).max(1_000), size: z.int().nonnegative() }))
        .min(1)
        .max(20_000),
    }),
    z.strictObject({ id: z.string(), label: z.string() }),
  ),
  'import.piece': method(
    z.strictObject({
      id: z.string(),
      file: z.int().nonnegative(),
      bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= LARGEST_PIECE),
    }),
    nothing,
  ),
  /** What importing would do; changes nothing. */
  'import.preview': method(
    z.strictObject({ id: z.string() }),
    z.strictObject({ ...importCount, first: z.string().nullable(), last: z.string().nullable(), days: z.number() }),
  ),
  'import.run': method(z.strictObject({ id: z.string() }), z.strictObject(importCount)),
  'import.cancel': method(nothing, nothing),
  /** Forgets what was chosen or dropped. */
  'import.discard': method(z.strictObject({ id: z.string() }), nothing),

  /** Days of the ledger; with `every` also those that it does not name, as a report tells them. */
  'coverage.days': method(
    z.strictObject({ from: z.string(), to: z.string(), every: z.boolean() }),
    z.array(dayCoverage),
  ),
  /** What retention means for the open archive. Days are UTC dates, instants milliseconds UTC. */
  'coverage.retention': method(
    nothing,
    z.strictObject({
      /** The instant all of this is about; of the made-up organisation, the moment it was made up. */
      now: z.number(),
      /** First and last day of the ledger. */
      first: z.string().nullable(),
      last: z.string().nullable(),
      /** How many days Jetty keeps: by the plan, or at least so many by what it was seen to serve. */
      keeps: z.number(),
      byPlan: z.boolean(),
      /** The oldest day Jetty still has some of, and when the last of it goes. */
      edge: z.string(),
      edgeGone: z.number(),
      edgeState: z.enum(DAY_STATES).nullable(),
      /** Days that are held here and nowhere else. */
      onlyHere: z.number(),
      /** The oldest day still at Jetty that was not fetched whole: when its first and its last entry go. */
      atRisk: z
        .strictObject({
          day: z.string(),
          state: z.enum(DAY_STATES),
          begins: z.number(),
          gone: z.number(),
          days: z.number(),
        })
        .nullable(),
      /** What the archive takes on this disk. */
      bytes: z.number(),
    }),
  ),

  'entries.count': method(asking, z.strictObject({ total: z.number() })),
  'entries.rows': method(
    asking.extend({ offset: z.int().nonnegative(), limit: z.int().min(1).max(500) }),
    z.strictObject({ rows: z.array(row).readonly(), version: z.number() }),
  ),
  /** The days of an answer with how many entries each has, oldest first, and its newest rows: one moment of the archive. */
  'entries.listing': method(
    asking.extend({ limit: z.int().min(1).max(500) }),
    z.strictObject({
      days: z.array(z.strictObject({ start: z.number(), count: z.number() })).readonly(),
      rows: z.array(row).readonly(),
      version: z.number(),
    }),
  ),
  /** The same of a list that shows repeats as one line each: neighbours of a day with the same action from the same address. */
  'entries.foldedListing': method(
    asking.extend({ limit: z.int().min(1).max(500) }),
    z.strictObject({
      days: z.array(z.strictObject({ start: z.number(), count: z.number(), lines: z.number() })).readonly(),
      lines: z.array(line).readonly(),
      version: z.number(),
    }),
  ),
  /** Lines of such a list by their index, newest first. */
  'entries.lines': method(
    asking.extend({ offset: z.int().nonnegative(), limit: z.int().min(1).max(500) }),
    z.strictObject({ lines: z.array(line).readonly() }),
  ),
  /** The lines of such a list that entries are in; null for one that does not match. */
  'entries.linesOf': method(
    asking.extend({ keys: z.array(key).max(500).readonly() }),
    z.strictObject({ lines: z.array(line.nullable()).readonly() }),
  ),
  'entries.facets': method(
    asking.extend({ fields: z.array(z.enum(FACETS)).max(FACETS.length).readonly(), limit: z.int().min(1).max(100) }),
    z.array(
      z.strictObject({
        field: z.enum(FACETS),
        values: z
          .array(z.strictObject({ value: z.string().nullable(), label: z.string(), count: z.number() }))
          .readonly(),
        others: z.number(),
      }),
    ),
  ),
  'entries.histogram': method(
    asking.extend({ by: z.enum(['minute', 'hour', 'day', 'week', 'month']) }),
    z
      .array(
        z.strictObject({
          start: z.number(),
          count: z.number(),
          byCategory: z.partialRecord(z.enum(CATEGORIES), z.number()),
        }),
      )
      .readonly(),
  ),
  /** Nobody waits any more for the answer to the question of this number. */
  'entries.giveUp': method(z.strictObject({ ticket: z.int() }), nothing),
  /** Brings a further piece of what text is looked for in into memory; `more` until all of it is there. */
  'entries.readAhead': method(nothing, z.strictObject({ more: z.boolean() })),
  /** How many matching entries are newer than an instant: where in the list it lies. */
  'entries.newerThan': method(query.extend({ at: z.number() }), z.strictObject({ count: z.number() })),
  /** Values of the whole archive of which some word begins with `prefix`, the most frequent first. */
  'entries.distinct': method(
    z.strictObject({ field: z.enum(FACETS), prefix: z.string().max(500), limit: z.int().min(1).max(50) }),
    z.array(z.strictObject({ value: z.string().nullable(), label: z.string(), count: z.number() })).readonly(),
  ),
  /** The nearest entries of the same actor, address or target within an hour on either side, oldest first. */
  'entries.neighbours': method(
    z.strictObject({ key, kind: z.enum(['actor', 'address', 'target']) }),
    z.array(row).readonly(),
  ),
  'entries.get': method(
    z.strictObject({ key }),
    z
      .strictObject({
        row,
        timestamp: z.string(),
        /** The entry as received, decoded as UTF-8. */
        raw: z.string(),
        sha256: z.string(),
        source: z.string(),
        receivedAt: z.number(),
        versions: z.array(z.strictObject({ raw: z.string(), source: z.string(), receivedAt: z.number() })),
      })
      .nullable(),
  ),
  ...DETECTION_METHODS,
  ...PROFILE_METHODS,
  ...MARKS_METHODS,
  ...VIEWS_METHODS,
  ...REVIEW_METHODS,
  ...CASE_METHODS,

  ...REPORT_METHODS,
  /** Asks where to save with the system's own dialog; null when cancelled. `sidecar` lies beside it, with what proves it. */
  'export.create': method(
    query.extend({ format: z.enum(EXPORT_FORMATS) }),
    z.strictObject({ fileName: z.string(), sidecar: z.string(), entries: z.number(), sha256: z.string() }).nullable(),
  ),
  'task.cancel': method(nothing, nothing),

  /** Somebody used the window; told at most a few times a minute. */
  'window.touched': method(nothing, nothing),
  'window.control': method(z.strictObject({ action: z.enum(['minimise', 'maximise', 'close']) }), nothing),
  ...BUNDLE_METHODS,
  'bundle.open': { input: openBundleInput, output: archiveState },
  ...INTEGRITY_METHODS,
  ...KEEPING_METHODS,
  ...KEY_METHODS,
  ...SOURCE_METHODS,
  ...SETTINGS_METHODS,
} as const;

/** What the main process announces to the window, unasked. */
export const EVENTS = {
  'app.changed': appState,
  'sync.progress': progress,
  'sync.changed': syncState,
  'import.progress': progress,
  'task.progress': progress,
  'archive.changed': z.strictObject({ version: z.number() }),
  ...DETECTION_EVENTS,
  ...MARKS_EVENTS,
  ...VIEWS_EVENTS,
  ...REVIEW_EVENTS,
  ...CASE_EVENTS,
  ...INTEGRITY_EVENTS,
  'menu.command': z.strictObject({ command: z.enum(['lock', 'search', 'palette', 'report', 'settings']) }),
} as const;

export type MethodName = keyof typeof METHODS;
export type Input<M extends MethodName> = z.input<(typeof METHODS)[M]['input']>;
export type Output<M extends MethodName> = z.output<(typeof METHODS)[M]['output']>;
export type EventName = keyof typeof EVENTS;
export type EventPayload<E extends EventName> = z.output<(typeof EVENTS)[E]>;

export type AppState = EventPayload<'app.changed'>;
export type ArchiveSummary = z.output<typeof archiveSummary>;
export type ArchiveState = z.output<typeof archiveState>;
export type SyncState = EventPayload<'sync.changed'>;
export type QueryInput = z.input<typeof query>;
