import type { Category } from '../../src/shared/action.ts';
import type { ArchiveSummary, Input, Output } from '../../src/shared/contract.ts';
import type { DayState } from '../../src/shared/coverage.ts';
import type { EntryRow } from '../../src/shared/entry.ts';
import type { ErrorCode, Result } from '../../src/shared/errors.ts';
import type { Filter, Term } from '../../src/shared/filter/filter.ts';
import type { Finding } from '../../src/shared/finding.ts';

export type FakeOptions = {
  readonly rows: number;
  /** Milliseconds UTC; row 0 is the newest, just before it. */
  readonly now: number;
  readonly start: 'open' | 'locked' | 'empty' | 'first';
  readonly zone: string;
  readonly scheme: 'auto' | 'light' | 'dark';
  /** Names made to deceive in the newest rows. */
  readonly hostile: boolean;
  /** Forty-two sign-ins fail one after the other among the newest rows, of many people at one address. */
  readonly repeats: boolean;
  /** Days of the ledger, the last of which is today. */
  readonly ledger: number;
  /** Leaves a day at the retention edge unfetched. */
  readonly risk: boolean;
  readonly demo: boolean;
  readonly readOnly: boolean;
  /** Long work stands still after its first step, until it is cancelled or `fake.state.hold` is taken back. */
  readonly hold: boolean;
  readonly density: 'comfortable' | 'compact';
  /** The rules notice nothing. */
  readonly quiet: boolean;
  /** Hours ago at which all was seen that there was; null where nobody ever looked. */
  readonly seenHours: number | null;
};

/**
 * The main process as far as the window sees it, in memory, with entries made from their position alone. It is put into
 * a page as text, so it reaches for nothing outside itself. Only small archives are filtered; millions are counted by
 * arithmetic.
 */
export function installFakeBridge(options: FakeOptions): void {
  const { now, rows: total } = options;
  const HOUR = 3_600_000;
  const DAY = 24 * HOUR;
  const EPOCH_WEEK = 3 * DAY;
  const STEP = Math.max(1, Math.min(5 * 60_000, Math.floor((700 * DAY) / Math.max(1, total))));
  const PEOPLE = [
    'Marta Quintela',
    'Priya Nair',
    'Lena Fischer',
    'Ines Duarte',
    'Tomás Rebelo',
    '中村 愛子',
    'Jonas Weidner',
  ];
  const ACTIONS: readonly (readonly [string, Category])[] = [
    ['user.login', 'authentication'],
    ['tunnel.started', 'tunnel'],
    ['tunnel.created', 'tunnel'],
    ['user.login', 'authentication'],
    ['tunnel.stopped', 'tunnel'],
    ['security.api_token_created', 'security'],
    ['team.member_added', 'team'],
    ['tunnel.deleted', 'tunnel'],
    ['user.login_failed', 'authentication'],
    ['billing.payment_failed', 'billing'],
    ['tunnel.ip_allowlist_changed', 'tunnel'],
    ['user.logout', 'authentication'],
    ['edge.cache_purged', 'tunnel'],
  ];
  const CATEGORY_OF = new Map(ACTIONS);
  const TARGETS = ['api-staging.tunnels.usejetty.online', 'grafana', 'payments-admin', 'pg-replica-tmp', 'ci-deploy-2'];
  const TEAMS = ['Engineering', 'Platform', 'Ops'];
  const state = {
    kind: options.start === 'open' || options.start === 'empty' ? 'open' : 'locked',
    entries: options.start === 'empty' ? 0 : total,
    name: 'Alfama Systems',
    version: 1,
    source: (options.start === 'empty'
      ? null
      : { host: 'eu.usejetty.online', plan: 'coastal' }) as Output<'archive.open'>['source'],
    lastSync: options.start === 'empty' ? null : now - 20 * 60_000,
    demo: options.demo,
    readOnly: options.readOnly,
    cancelled: false,
    hold: options.hold,
    next: null as string | null,
    sync: { running: false, by: null, result: null, error: null } as Output<'sync.state'>,
    schedule: { onOpen: false, everyHours: 0, onWake: false, notify: true } as Output<'schedule.get'>['schedule'],
  };
  const calls: { name: string; input: unknown }[] = [];
  const listeners = new Map<string, Set<(payload: unknown) => void>>();

  // Working hours are busy and nights are quiet: positions are spread unevenly by a fixed small wobble.
  const tsOf = (i: number): number => now - 90_000 - i * STEP - ((i * 7919) % 97) * Math.floor(STEP / 400);

  function rowAt(i: number): EntryRow {
    const person = (i * 5 + (i >> 3)) % (PEOPLE.length + 1);
    const action = ACTIONS[(i * 7 + (i >> 4)) % ACTIONS.length]?.[0] ?? 'user.login';
    const name = PEOPLE[person];
    const system = name === undefined;
    const ts = tsOf(i);
    const base: EntryRow = {
      key: (total - i) * 2048,
      id: `log_${i.toString(16).padStart(12, '0')}`,
      ts,
      actor: system
        ? null
        : {
            id: `user_${person}`,
            name,
            email: `${['marta.quintela', 'priya.nair', 'lena.fischer', 'ines.duarte', 'tomas.rebelo', 'aiko.nakamura', 'jonas.weidner'][person]}@alfama.example`,
          },
      action,
      target:
        i % 6 === 5 ? null : { type: 'tunnel', id: `tunnel_${i % 40}`, name: TARGETS[i % TARGETS.length] ?? null },
      address: system ? null : i % 9 === 4 ? '2001:db8:41::7' : `198.51.100.${(i * 3) % 40}`,
      agent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Safari/605.1.15',
      team: system ? null : { id: `team_${i % 3}`, name: TEAMS[i % 3] ?? null },
    };
    if (options.repeats && i >= 10 && i < 52)
      return { ...base, action: 'user.login_failed', address: '203.0.113.77', target: null };
    if (!options.hostile || i > 3) return base;
    const names = [
      '<img src=x onerror="window.pwned=1">',
      'Ines\u202Eetraud\u202C',
      `${'N'.repeat(20_000)}`,
      'Ev\u0000il\u200B\nBob',
    ];
    return {
      ...base,
      actor: { id: `bad_${i}`, name: names[i] ?? null, email: null },
      action: i === 0 ? '<script>window.pwned=1</script>' : base.action,
      target: { type: 'tunnel', id: 'x', name: 'مرحبا‏ <b>bold</b>' },
    };
  }

  function categoryOf(row: EntryRow): Category {
    return CATEGORY_OF.get(row.action) ?? 'other';
  }

  function valueIn(row: EntryRow, field: Term['field']): string | null {
    if (field === 'action') return row.action;
    if (field === 'category') return categoryOf(row);
    if (field === 'actor') return row.actor?.email ?? row.actor?.id ?? null;
    if (field === 'team') return row.team?.name ?? null;
    if (field === 'ip') return row.address;
    if (field === 'country') return row.address === null ? null : row.address.includes(':') ? 'DE' : 'PT';
    if (field === 'source') return 'eu.usejetty.online';
    if (field === 'target_type') return row.target?.type ?? null;
    return row.target?.name ?? null;
  }

  // What lies beside entries is fake-beside.ts's.
  const fake = { calls, emit, violations: [] as string[], state } as Record<string, unknown> & {
    beside?: (key: number, receivedAt: number, term: Term) => boolean;
  };
  const BESIDE = ['tag', 'is', 'has', 'received'];

  function holds(row: EntryRow, term: Term): boolean {
    if (BESIDE.includes(term.field)) return fake.beside?.(row.key, Math.min(now, row.ts + 300_000), term) ?? false;
    if (term.field === 'word' || term.field === 'text') {
      return JSON.stringify([row.actor, row.action, row.target, row.address])
        .toLowerCase()
        .includes(term.value.toLowerCase());
    }
    const wanted = term.value.replaceAll('\\*', '*');
    if (term.value === '') return valueIn(row, term.field) === null;
    if (term.field === 'actor') return [row.actor?.id, row.actor?.email, row.actor?.name].includes(wanted);
    if (term.field === 'target') return [row.target?.id, row.target?.name].includes(wanted);
    if (wanted.endsWith('*')) return (valueIn(row, term.field) ?? '').startsWith(wanted.slice(0, -1));
    return valueIn(row, term.field) === wanted;
  }

  function passes(row: EntryRow, terms: readonly Term[]): boolean {
    const fields = new Set(terms.filter((term) => !term.negated && term.field !== 'word').map((term) => term.field));
    return (
      terms.every((term) => (term.negated ? !holds(row, term) : term.field !== 'word' || holds(row, term))) &&
      [...fields].every((field) => terms.some((term) => !term.negated && term.field === field && holds(row, term)))
    );
  }

  const offsets = new Map<string, number>();
  const formats = new Map<string, Intl.DateTimeFormat>();

  // Clocks change on the hour.
  function offsetOf(ms: number, zone: string): number {
    if (zone === 'UTC') return 0;
    const hour = Math.floor(ms / HOUR) * HOUR;
    const id = `${zone} ${hour}`;
    const known = offsets.get(id);
    if (known !== undefined) return known;
    const format =
      formats.get(zone) ??
      new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(zone, format);
    const offset = Date.parse(`${format.format(hour).replace(' ', 'T')}Z`) - hour;
    offsets.set(id, offset);
    return offset;
  }

  function limits(filter: Filter, zone: string): [number, number] {
    if (filter.last) {
      const unit = filter.last.endsWith('h') ? HOUR : DAY;
      return [now - Number.parseInt(filter.last, 10) * unit, now];
    }
    const at = (text: string | undefined, end: boolean): number | null => {
      if (text === undefined) return null;
      if (/Z$/.test(text)) return Date.parse(text);
      const local = Date.parse(`${text.length === 10 ? `${text}T00:00` : text}Z`);
      const ms = local - offsetOf(local - offsetOf(local, zone), zone);
      return end && text.length === 10 ? ms + DAY - 1 : ms;
    };
    return [at(filter.from, false) ?? Number.NEGATIVE_INFINITY, at(filter.to, true) ?? Number.POSITIVE_INFINITY];
  }

  const answers = new Map<string, readonly number[]>();

  /** Positions that answer a filter; null means all of them. */
  function matching(filter: Filter, zone: string, listed?: Input<'entries.count'>['listed']): readonly number[] | null {
    if (listed) {
      const keys = new Set(listed.keys);
      const every = matching(filter, zone) ?? Array.from({ length: state.entries }, (_, i) => i);
      return every.filter((i) => keys.has((total - i) * 2048) !== listed.negated);
    }
    const all = filter.terms.length === 0 && !filter.last && !filter.from && !filter.to;
    if (all) return null;
    const id = JSON.stringify([filter, zone]);
    const known = filter.terms.some((term) => BESIDE.includes(term.field)) ? undefined : answers.get(id);
    if (known) return known;
    const [from, to] = limits(filter, zone);
    const found: number[] = [];
    for (let i = 0; i < state.entries; i++) {
      const row = rowAt(i);
      if (row.ts >= from && row.ts <= to && passes(row, filter.terms)) found.push(i);
    }
    found.sort((a, b) => tsOf(b) - tsOf(a));
    answers.set(id, found);
    return found;
  }

  function bucketStart(ms: number, by: string, zone: string): number {
    const local = ms + offsetOf(ms, zone);
    const size = by === 'minute' ? 60_000 : by === 'hour' ? HOUR : DAY;
    let start = Math.floor(local / size) * size;
    if (by === 'week') start = Math.floor((local + EPOCH_WEEK) / (7 * DAY)) * 7 * DAY - EPOCH_WEEK;
    if (by === 'month') {
      const date = new Date(local);
      start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
    }
    return start - offsetOf(start - offsetOf(start, zone), zone);
  }

  // Rows of a long archive come at equal steps, so that a day holds the difference of two positions.
  function plainDays(zone: string): Output<'entries.histogram'> {
    const days: { start: number; count: number; byCategory: Partial<Record<Category, number>> }[] = [];
    let i = 0;
    while (i < state.entries) {
      const start = bucketStart(tsOf(i), 'day', zone);
      let next = Math.max(i + 1, Math.ceil((now - 90_000 - start) / STEP) - 100);
      while (next < state.entries && tsOf(next) >= start) next++;
      next = Math.min(next, state.entries);
      const count = next - i;
      days.push({
        start,
        count,
        byCategory: { tunnel: count - Math.floor(count / 3), authentication: Math.floor(count / 3) },
      });
      i = next;
    }
    return days.reverse();
  }

  function histogram({ filter, zone, by }: Input<'entries.histogram'>): Output<'entries.histogram'> {
    const found = matching(filter as Filter, zone);
    if (!found && state.entries > 50_000) return plainDays(zone);
    const buckets = new Map<number, { start: number; count: number; byCategory: Partial<Record<Category, number>> }>();
    const length = found?.length ?? state.entries;
    for (let n = 0; n < length; n++) {
      const row = rowAt(found ? (found[n] ?? 0) : n);
      const start = bucketStart(row.ts, by, zone);
      const bucket = buckets.get(start) ?? { start, count: 0, byCategory: {} };
      const category = categoryOf(row);
      bucket.count++;
      bucket.byCategory[category] = (bucket.byCategory[category] ?? 0) + 1;
      buckets.set(start, bucket);
    }
    return [...buckets.values()].sort((a, b) => a.start - b.start);
  }

  function facets({ filter, zone, fields, limit }: Input<'entries.facets'>): Output<'entries.facets'> {
    const found = matching(filter as Filter, zone);
    const length = Math.min(found?.length ?? state.entries, 20_000);
    return fields.map((field) => {
      const counts = new Map<string | null, { label: string; count: number }>();
      for (let n = 0; n < length; n++) {
        const row = rowAt(found ? (found[n] ?? 0) : n);
        const value = valueIn(row, field);
        const label =
          field === 'actor'
            ? (row.actor?.name ?? 'System')
            : field === 'country' && value !== null
              ? { PT: 'Portugal', DE: 'Germany' }[value]
              : value;
        const known = counts.get(value) ?? { label: label ?? 'none', count: 0 };
        known.count++;
        counts.set(value, known);
      }
      const values = [...counts].map(([value, one]) => ({ value, ...one })).sort((a, b) => b.count - a.count);
      return { field, values: values.slice(0, limit), others: Math.max(0, values.length - limit) };
    });
  }

  function findings(): Finding[] {
    if (state.entries < 400 || options.quiet) return [];
    const make = (
      id: string,
      from: number,
      n: number,
      more: Omit<Finding, 'id' | 'entryIds' | 'entryKeys' | 'first' | 'last'>,
    ): Finding => {
      const positions = Array.from({ length: n }, (_, k) => from + n - 1 - k);
      return {
        id,
        entryIds: positions.map((i) => rowAt(i).id),
        entryKeys: positions.map((i) => rowAt(i).key),
        first: Math.min(...positions.map(tsOf)),
        last: Math.max(...positions.map(tsOf)),
        ...more,
      };
    };
    return [
      make('F-118', 30, 7, {
        rule: 'login_after_failures',
        title: 'Sign-in after many failures',
        severity: 'critical',
        signals: [
          {
            rule: 'login_after_failures',
            title: 'Sign-in after many failures',
            severity: 'critical',
            why: 'Ines Duarte signed in at 03:12 after 41 failures in 26 minutes.',
            figures: [{ name: 'earlier sign-ins after more than 2 failures', value: '0 of 214' }],
          },
          {
            rule: 'unfamiliar-sign-in',
            title: 'Sign-in from an unfamiliar network',
            severity: 'low',
            novelty: true,
            why: 'Nobody here had used 198.51.100.0/24 before.',
            figures: [{ name: 'entries from this network before', value: '0 of 412 806' }],
          },
        ],
        against: ['She signed in from this address again a day later, without a failure.'],
        technique: { id: 'T1110.003', name: 'Password spraying', attackVersion: 'v17' },
        controls: ['SOC 2 CC6.1', 'CC7.2', 'ISO 27001 A.5.17'],
        actor: 'ines.duarte@alfama.example',
        address: null,
        why: 'Ines Duarte signed in at 03:12 after 41 failures in 26 minutes from 198.51.100.12; of her 214 earlier sign-ins none followed more than 2 failures.',
      }),
      make('F-117', 120, 42, {
        rule: 'repeated_failed_logins',
        title: 'Repeated failed sign-ins against one account',
        severity: 'high',
        technique: { id: 'T1110', name: 'Brute force', attackVersion: 'v17' },
        controls: ['SOC 2 CC6.1'],
        actor: null,
        address: '198.51.100.12',
        why: '42 failures in 10 minutes from 198.51.100.12; the rule allows 10.',
      }),
      make('F-104', 300, 1, {
        rule: 'token_outside_office_hours',
        title: 'API token created outside office hours',
        severity: 'medium',
        technique: null,
        controls: [],
        actor: options.hostile ? '<img src=x onerror="window.pwned=1">\u202Eevil' : 'priya.nair@alfama.example',
        address: null,
        why: 'Priya Nair created a token at 22:41 on a Saturday; the office of the team is open 09:00 to 18:00, Monday to Friday.',
      }),
      make('F-098', 350, 2, {
        rule: 'token_unused',
        title: 'Token unused for 120 days',
        severity: 'low',
        technique: null,
        controls: ['ISO 27001 A.5.18'],
        actor: null,
        address: null,
        why: 'Still valid and may write allow-lists; last used on 17 Jun.',
      }),
    ];
  }

  function archiveState(): Output<'archive.open'> {
    const { entries } = state;
    return {
      id: 'archive-1',
      name: state.name,
      zone: options.zone,
      readOnly: state.readOnly,
      demo: state.demo,
      entries,
      unreadable: 0,
      changedUpstream: 0,
      oldest: entries === 0 ? null : tsOf(entries - 1),
      newest: entries === 0 ? null : tsOf(0),
      version: state.version,
      source: state.source,
      lastSync: state.lastSync,
    };
  }

  const recent: ArchiveSummary[] =
    options.start === 'first'
      ? []
      : [
          {
            id: 'archive-1',
            name: 'Alfama Systems · production',
            place: 'Documents',
            source: 'eu.usejetty.online',
            lastOpened: now - 16 * HOUR,
            demo: false,
            remembered: null,
          },
          {
            id: 'archive-2',
            name: 'Alfama Systems · staging',
            place: 'Documents',
            source: 'bridge.alfama.example',
            lastOpened: now - 13 * DAY,
            demo: false,
            remembered: 'Test keychain',
          },
          {
            id: 'archive-3',
            name: 'Tejo Data, acquired 2024',
            place: 'USB stick',
            source: null,
            lastOpened: null,
            demo: false,
            remembered: null,
          },
        ];

  function appState(): Output<'app.state'> {
    return state.kind === 'open'
      ? { kind: 'open', archive: archiveState() }
      : { kind: 'locked', recent, next: state.next };
  }

  function emit(event: string, payload: unknown): void {
    for (const listener of listeners.get(event) ?? []) listener(structuredClone(payload));
  }

  function opened(): Output<'archive.open'> {
    state.kind = 'open';
    emit('AppChanged', appState());
    return archiveState();
  }

  function refuse(code: ErrorCode, message: string, hint: string): never {
    throw { code, message, hint, retryable: false };
  }

  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  let received: number[] = [];
  const counts: Output<'import.run'> = {
    files: 9,
    read: 2_600,
    inserted: 1_250,
    duplicates: 1_340,
    changed: 8,
    rejected: 2,
    reasons: [
      { file: 'audit-logs-2026-07-04.json', line: null, reason: 'the file is empty' },
      { file: 'audit-logs-2026-07-06.json', line: 1, reason: 'an error message saved as a log: “Too Many Attempts.”' },
    ],
  };
  const runs: Output<'sync.history'> =
    options.start === 'empty'
      ? []
      : (['complete', 'network', 'cancelled', null, 'complete'] as const).map((outcome, i) => ({
          kind: i === 4 ? ('import' as const) : ('sync' as const),
          started: now - (i + 1) * 7 * HOUR,
          ended: outcome === null ? null : now - (i + 1) * 7 * HOUR + 42_000,
          source: i === 4 ? 'audit-logs-2026-07-01.json' : 'eu.usejetty.online',
          requests: i === 4 ? 0 : 93,
          inserted: 288 * i,
          changed: 0,
          rejected: 0,
          days: i === 4 ? null : { complete: 339, partial: 6, lost: 2 },
          outcome,
          sentence: outcome === 'network' ? 'eu.usejetty.online did not answer within 30 s.' : '',
        }));
  const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

  function ledger(): Output<'coverage.days'> {
    if (state.entries === 0) return [];
    const today = Math.floor(now / DAY) * DAY;
    return Array.from({ length: options.ledger }, (_, i) => {
      const ms = today - (options.ledger - 1 - i) * DAY;
      const ago = options.ledger - 1 - i;
      const dayState: DayState =
        ago === 0 || ago % 67 === 45
          ? 'partial'
          : options.risk && ago === 88
            ? 'pending'
            : ago === 240 || ago === 241
              ? 'lost'
              : i < 58 && options.ledger > 100
                ? 'imported'
                : 'complete';
      const note: Partial<Record<DayState, string>> = {
        partial: ago === 0 ? 'The day was not over when it was read.' : 'Reading it broke off; the next sync goes on.',
        lost: 'Out of retention before it was fetched.',
      };
      const held = dayState === 'lost' || dayState === 'pending' ? 0 : 288;
      return {
        day: dayText(ms),
        state: dayState,
        served: dayState === 'complete' ? 288 : null,
        stored: held,
        checkedAt: new Date(Math.min(now - 20 * 60_000, ms + DAY + 5 * HOUR)).toISOString(),
        note: note[dayState] ?? null,
      };
    });
  }

  async function progress(event: string, note: (done: number) => string, stopped: string, unit = 1): Promise<void> {
    state.cancelled = false;
    for (let done = 1; done <= 10; done++) {
      emit(event, { done: done * unit, total: 10 * unit, note: note(done) });
      do await wait(25);
      while (state.hold && !state.cancelled);
      if (state.cancelled) refuse('cancelled', stopped, 'What arrived is kept; it goes on from there.');
    }
  }

  const methods: Record<string, (input: never) => unknown> = {
    appState,
    appInfo: () => ({ version: '0.1.0', runtime: 'Chromium', platform: 'linux' }),
    archiveCreate: ({ name }: Input<'archive.create'>) => {
      state.name = name;
      state.entries = 0;
      state.source = null;
      state.lastSync = null;
      return { recoveryCode: 'K7M2-QX4T-9HWB-3DNE-8FZA-C6RV-1PGS-5YJK', archive: opened() };
    },
    archiveOpen: ({ id, passphrase, readOnly }: Input<'archive.open'>) => {
      if (id === 'archive-3')
        refuse(
          'newer_version',
          'This archive was written by a newer Logbook (format 9, this one reads 1).',
          'Update Logbook, then open it again.',
        );
      if (passphrase !== 'correct horse')
        refuse(
          'wrong_passphrase',
          'The passphrase does not open this archive.',
          'Check the keyboard layout and try again, or use the recovery code.',
        );
      state.readOnly = readOnly;
      return opened();
    },
    archiveOpenRemembered: () => opened(),
    archiveRecover: () => opened(),
    archiveChoose: () => ({
      id: 'archive-9',
      name: 'Chosen folder',
      place: 'USB stick',
      source: null,
      lastOpened: null,
      demo: false,
      remembered: null,
    }),
    archiveForget: () => ({}),
    archiveKnown: () => recent,
    archiveLock: ({ next }: Input<'archive.lock'>) => {
      state.kind = 'locked';
      state.next = next ?? null;
      emit('AppChanged', appState());
      return {};
    },
    archiveOpenDemo: async () => {
      for (let done = 0; done <= 4; done++) {
        emit('SyncProgress', { done: done * 1000, total: 4000, note: 'Fetching the made-up organisation' });
        await wait(30);
      }
      state.demo = true;
      return opened();
    },
    syncConnect: ({ url, token, plan }: Input<'sync.connect'>) => {
      if (token === 'wrong')
        refuse(
          'unauthenticated',
          'Jetty refused the token.',
          'Create a new token in the organisation’s settings and paste it here.',
        );
      state.source = { host: new URL(url).host, plan };
      return {};
    },
    syncState: () => state.sync,
    syncSetPlan: ({ plan }: Input<'sync.setPlan'>) => {
      if (state.source) state.source = { ...state.source, plan };
      return {};
    },
    syncHistory: () => [...runs],
    scheduleGet: () => ({
      schedule: state.schedule,
      notifications: true,
      next: state.schedule.everyHours > 0 ? now + state.schedule.everyHours * HOUR : null,
    }),
    scheduleSet: (schedule: Input<'schedule.set'>) => {
      state.schedule = schedule;
      return {};
    },
    importChoose: ({ kind }: Input<'import.choose'>) => ({
      id: 'chosen',
      label: kind === 'files' ? 'audit-logs-2026-07-01.json' : 'backups',
    }),
    importBegin: ({ files }: Input<'import.begin'>) => {
      received = files.map(() => 0);
      return { id: 'dropped', label: files.length === 1 ? (files[0]?.name ?? '') : `${files.length} files` };
    },
    importPiece: ({ file, bytes }: Input<'import.piece'>) => {
      received[file] = (received[file] ?? 0) + bytes.length;
      return {};
    },
    importPreview: async () => {
      await progress(
        'ImportProgress',
        (done) => `${done * 100} entries read`,
        'Looking through the files was cancelled.',
      );
      return { ...counts, first: '2026-07-01', last: '2026-07-09', days: 9 };
    },
    importRun: async () => {
      await progress('ImportProgress', (done) => `${done * 100} entries read`, 'The import was cancelled.');
      state.version++;
      emit('ArchiveChanged', { version: state.version });
      return counts;
    },
    importCancel: () => {
      state.cancelled = true;
      return {};
    },
    importDiscard: () => ({}),
    syncStart: async () => {
      const show = (next: Partial<Output<'sync.state'>>): void => {
        state.sync = { running: false, by: 'person', result: null, error: null, ...next };
        emit('SyncChanged', state.sync);
      };
      show({ running: true });
      try {
        await progress(
          'SyncProgress',
          (done) => `${done * 9} of 90 days · about ${10 - done} min left · ${done * 288} entries read, 288 new`,
          'The sync was cancelled.',
          9,
        );
      } catch (error) {
        show({ error: error as never });
        throw error;
      }
      state.entries = total;
      state.lastSync = now;
      state.version++;
      const result = {
        requests: 93,
        fetched: total,
        inserted: total,
        duplicates: 0,
        changed: 0,
        rejected: 0,
        retries: 1,
        vanished: 0,
        days: { complete: 89, partial: 1, lost: 0 },
        complete: true,
      };
      show({ result });
      emit('ArchiveChanged', { version: state.version });
      return result;
    },
    syncCancel: () => {
      state.cancelled = true;
      return {};
    },
    coverageDays: ({ from, to }: Input<'coverage.days'>) => ledger().filter((one) => one.day >= from && one.day <= to),
    coverageRetention: () => {
      const keeps = state.source?.plan === 'fleet' ? 365 : state.source?.plan === 'harbor' ? 30 : 90;
      const edge = dayText(now - keeps * DAY);
      const days = ledger();
      const start = Date.parse(edge);
      const open = days.filter((one) => one.day >= edge && one.state === 'pending');
      const first = open[0];
      return {
        now,
        first: days[0]?.day ?? null,
        last: days.at(-1)?.day ?? null,
        keeps,
        byPlan: state.source?.plan != null,
        edge,
        edgeGone: start + DAY + keeps * DAY,
        edgeState: days.find((one) => one.day === edge)?.state ?? null,
        onlyHere: days.filter((one) => one.day < edge && one.state !== 'lost').length,
        atRisk: first
          ? {
              day: first.day,
              state: first.state,
              begins: Date.parse(first.day) + keeps * DAY,
              gone: Date.parse(first.day) + (keeps + 1) * DAY,
              days: open.length,
            }
          : null,
        bytes: 48_300_000,
      };
    },
    entriesCount: ({ filter, zone, listed }: Input<'entries.count'>) => ({
      total: matching(filter as Filter, zone, listed)?.length ?? state.entries,
    }),
    entriesRows: async ({ filter, zone, offset, limit, listed }: Input<'entries.rows'>) => {
      await wait(4);
      const found = matching(filter as Filter, zone, listed);
      const length = found?.length ?? state.entries;
      const rows: EntryRow[] = [];
      for (let n = offset; n < Math.min(length, offset + limit); n++) rows.push(rowAt(found ? (found[n] ?? 0) : n));
      return { rows, version: state.version };
    },
    entriesListing: async (asked: Input<'entries.listing'>) => {
      await wait(4);
      const found = matching(asked.filter as Filter, asked.zone);
      const length = Math.min(found?.length ?? state.entries, asked.limit);
      const rows = Array.from({ length }, (_none, n) => rowAt(found ? (found[n] ?? 0) : n));
      const days = histogram({ ...asked, by: 'day' }).map(({ start, count }) => ({ start, count }));
      return { days, rows, version: state.version };
    },
    entriesGiveUp: () => ({}),
    entriesReadAhead: () => ({ more: false }),
    entriesNewerThan: ({ filter, zone, at }: Input<'entries.newerThan'>) => {
      const found = matching(filter as Filter, zone) ?? Array.from({ length: state.entries }, (_, n) => n);
      return { count: found.filter((n) => rowAt(n).ts > at).length };
    },
    entriesDistinct: ({ field, prefix, limit }: Input<'entries.distinct'>) =>
      (facets({ filter: { terms: [] }, zone: 'UTC', fields: [field], limit: 100 })[0]?.values ?? [])
        .filter(({ value, label }) => `${value} ${label}`.toLowerCase().includes(prefix.toLowerCase()))
        .slice(0, limit),
    entriesNeighbours: ({ key }: Input<'entries.neighbours'>) => {
      const i = total - key / 2048;
      return [i + 2, i + 1, i - 1].filter((n) => n >= 0 && n < total).map(rowAt);
    },
    entriesFacets: facets,
    entriesHistogram: histogram,
    entriesGet: ({ key }: Input<'entries.get'>) => {
      const i = total - key / 2048;
      if (!Number.isInteger(i) || i < 0 || i >= total) return null;
      const row = rowAt(i);
      const raw = `{"id":${JSON.stringify(row.id)},"timestamp":"${new Date(row.ts).toISOString()}","actor":${JSON.stringify(row.actor)},"action":${JSON.stringify(row.action)},"target":${JSON.stringify(row.target)},"context":{"ip_address":${JSON.stringify(row.address)},"user_agent":${JSON.stringify(row.agent)},"team_name":${JSON.stringify(row.team?.name ?? null)}},"metadata":{"big":12345678901234567890,"ratio":1.0,"reason":"No longer needed\\u0021"}}`;
      return {
        row,
        timestamp: new Date(row.ts).toISOString(),
        raw,
        sha256: '9c41e07a55d27e20b91c4d05a83fc6120fe938ab5d71b8d102ee40fa91c31f08',
        source: 'Jetty audit API, eu.usejetty.online',
        receivedAt: row.ts + 300_000,
        // The twentieth came again with another content.
        versions:
          i === 20
            ? [
                {
                  raw: raw.replace('No longer needed', 'Rotated'),
                  source: 'audit-logs-2026-10.json',
                  receivedAt: row.ts + 900_000,
                },
              ]
            : [],
      };
    },
    // What fake-findings.ts gives states, and answers for everything else about findings and rules.
    findingsFound: findings,
    exportCreate: ({ filter, zone, listed, format }: Input<'export.create'>) => ({
      fileName: `entries.${format}`,
      sidecar: `entries.${format}.json`,
      entries: matching(filter as Filter, zone, listed)?.length ?? state.entries,
      sha256: '7e20b91c4d05a83fc6120fe938ab5d719c41e07a55d2b8d102ee40fa91c31f08',
    }),
    taskCancel: () => ({}),
    windowControl: () => ({}),
  };

  const bridge: Record<string, unknown> = {};
  for (const [name, method] of Object.entries(methods)) {
    bridge[name] = async (input: never): Promise<Result<unknown>> => {
      calls.push({ name, input: structuredClone(input) });
      await wait(1);
      try {
        return { ok: true, value: structuredClone(await method(input)) };
      } catch (error) {
        return { ok: false, error: error as never };
      }
    };
  }
  for (const event of [
    'AppChanged',
    'SyncProgress',
    'SyncChanged',
    'ImportProgress',
    'TaskProgress',
    'ArchiveChanged',
    'FindingsChanged',
    'MarksChanged',
    'ViewsChanged',
    'ReviewsChanged',
    'CasesChanged',
    'MenuCommand',
  ]) {
    bridge[`on${event}`] = (listener: (payload: unknown) => void) => {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all);
      all.add(listener);
      return () => all.delete(listener);
    };
  }
  const { violations } = fake as unknown as { violations: string[] };
  document.addEventListener('securitypolicyviolation', (event) => {
    violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
  });
  fake.keysOf = ({ filter, zone, listed }: Input<'entries.count'>): number[] =>
    (matching(filter as Filter, zone, listed) ?? Array.from({ length: state.entries }, (_, i) => i)).map(
      (i) => (total - i) * 2048,
    );
  Object.assign(window, { logbook: bridge, fake });
}
