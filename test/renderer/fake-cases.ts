import type { Phase } from '../../src/shared/case.ts';
import type { CaseDetail, CaseEvent, CaseScope, RemedyCheck, ScopeEntry } from '../../src/shared/case-schema.ts';
import type { Input, Output } from '../../src/shared/contract.ts';
import type { Result } from '../../src/shared/errors.ts';
import type { FakeOptions } from './fake-bridge.ts';

/**
 * What the main process answers about investigations, in memory, on top of the fake bridge: the case of the mock-up (a
 * sign-in at night, a token, an open allow-list), one that was closed, and one of 5,000 events. The passphrase is "low
 * tide 7". Put into a page as text, so it reaches for nothing outside itself.
 */
export function installFakeCases(options: FakeOptions): void {
  const { now } = options;
  const HOUR = 3_600_000;
  type Bridge = Record<string, (input: never) => Promise<Result<unknown>>>;
  const page = window as unknown as {
    logbook: Bridge;
    fake: {
      calls: { name: string; input: unknown }[];
      emit: (event: string, payload: unknown) => void;
      keysOf: (query: Input<'entries.count'>) => number[];
    };
  };
  type Mutable<T> = { -readonly [K in keyof T]: T[K] };
  type Kept = {
    detail: Mutable<CaseDetail>;
    events: CaseEvent[];
    suggestions: ScopeEntry[];
    scope: Mutable<CaseScope>;
    checks: RemedyCheck[];
  };
  const day = Math.floor(now / (24 * HOUR)) * 24 * HOUR - 24 * HOUR;
  const at = (time: string): number => {
    const [h = 0, m = 0, s = 0] = time.split(':').map(Number);
    // The clocks of the mock-up are Lisbon's, an hour ahead.
    return day + (h - 1) * HOUR + m * 60_000 + s * 1000;
  };
  let line = 40;
  const leaf = 'a41f09be77d2c5e3'.repeat(4);
  const hostile = `${'N'.repeat(300)}\u202Eevil <img src=x onerror="window.pwned=1"> مرحبا`;
  const people = {
    ines: { id: 'user_3', name: options.hostile ? hostile : 'Ines Duarte', email: 'ines.duarte@alfama.example' },
    marta: { id: 'user_0', name: 'Marta Quintela', email: 'marta.quintela@alfama.example' },
    token: { id: 'token_7', name: 'ci-deploy-2', email: null },
  };
  const row = (
    key: number,
    time: number,
    who: keyof typeof people,
    action: string,
    target: string | null,
    address: string,
  ) => ({
    key,
    id: `log_case_${key}`,
    ts: time,
    actor: people[who],
    action,
    target: target === null ? null : { type: 'tunnel', id: target, name: target },
    address,
    agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0',
    team: null,
  });
  const entry = (
    n: number,
    time: string,
    who: keyof typeof people,
    action: string,
    target: string | null,
    phase: Phase | null,
    notes: readonly string[] = [],
    technique: string | null = null,
  ): CaseEvent => ({
    kind: 'entry',
    id: `E-${n}`,
    ts: at(time),
    phase,
    technique,
    notes: notes.map((text, i) => ({ line: 20 + n + i, text, by: 'Marta Quintela', at: at('09:05') })),
    by: 'Marta Quintela',
    at: at('08:50'),
    row: row(n, at(time), who, action, target, who === 'marta' ? '198.51.100.24' : '203.0.113.77'),
    leaf,
    state: 'holds',
    country: who === 'marta' ? 'PT' : 'NL',
  });
  const incident = (): CaseEvent[] => [
    entry(
      1,
      '02:31:04',
      'ines',
      'user.login_failed',
      null,
      'reconnaissance',
      ['Six addresses, 30 s apart, user names from the public team page.'],
      'T1110',
    ),
    entry(
      2,
      '03:12:07',
      'ines',
      'user.login',
      null,
      'initial_access',
      ['Ines confirms by phone (09:05): not her. She had used the password elsewhere.'],
      'T1078',
    ),
    entry(3, '03:12:31', 'ines', 'session.created', null, 'initial_access'),
    entry(4, '03:15:41', 'ines', 'security.api_token_created', 'ci-deploy-2', 'persistence', [
      'No other token was made or changed in these days; 12 token entries looked at.',
    ]),
    entry(5, '03:19:22', 'token', 'tunnel.ip_allowlist_changed', '0.0.0.0/0', 'impact'),
    entry(6, '03:24:10', 'token', 'tunnel.started', 'pg-replica-tmp', 'impact', [
      'Replica of payments. Database log asked for, ticket SEC-482.',
    ]),
    {
      kind: 'foreign',
      id: 'E-7.1',
      ts: at('03:31:15'),
      phase: 'impact',
      technique: null,
      notes: [],
      by: 'Priya Nair',
      at: at('10:00'),
      title: 'connection authorized: user=replica database=payments',
      file: 'postgresql-2026-10-14.csv',
      sha256: leaf,
      fileLine: 4812,
      fields: { user: 'replica', client_ip: '10.4.0.12', database: 'payments' },
    },
    entry(8, '05:58:02', 'token', 'tunnel.stopped', 'pg-replica-tmp', 'impact'),
    {
      kind: 'manual',
      id: 'E-9',
      ts: at('08:46:00'),
      phase: 'containment',
      technique: null,
      notes: [],
      by: 'Marta Quintela',
      at: at('08:50'),
      title: 'On-call told by phone',
      source: 'Ticket SEC-480',
    },
    entry(10, '08:51:19', 'marta', 'user.suspended', 'Ines Duarte', 'containment'),
    entry(11, '09:24:12', 'marta', 'security.api_token_revoked', 'ci-deploy-2', 'containment'),
  ];
  const suggestion = (
    key: number,
    time: string,
    action: string,
    score: number,
    reason: string,
    phase: Phase | null,
  ): ScopeEntry => ({
    row: row(key, at(time), 'ines', action, null, '203.0.113.77'),
    country: 'NL',
    score,
    reasons: [reason],
    step: 1,
    state: 'suggested',
    pinned: false,
    phase,
    technique: null,
  });
  const thing = (
    kind: CaseScope['things'][number]['kind'],
    value: string,
    label: string,
    state: CaseScope['things'][number]['state'],
    score: number,
    reason: string,
  ) => ({
    kind,
    value,
    label,
    state,
    score,
    reasons: [reason],
    step: state === 'seed' ? 0 : 1,
    entries: 12,
    ordinary: kind === 'person' ? 214 : 0,
    first: at('02:31:04'),
    last: at('05:58:02'),
    standing: kind === 'token' ? { words: 'Created 03:15, revoked 09:24.', stands: false } : null,
  });
  const remedy = (
    name: RemedyCheck['remedy'],
    words: string,
    state: RemedyCheck['state'],
    kind: RemedyCheck['thing']['kind'],
    value: string,
  ): RemedyCheck => ({
    remedy: name,
    words,
    state,
    thing: { kind, value, label: value },
    since: at('03:12:07'),
    done: state === 'done' ? { key: 11, at: at('09:24:12'), by: 'Marta Quintela' } : null,
    undone: state === 'undone' ? { key: 12, at: at('09:40'), by: 'Priya Nair' } : null,
    note: null,
  });
  const detailOf = (id: string, title: string): Mutable<CaseDetail> => ({
    id,
    title,
    severity: 'critical',
    lead: 'Marta Quintela',
    status: 'contained',
    openedAt: at('08:46:00'),
    openedBy: 'Marta Quintela',
    aware: at('08:46:00'),
    contained: at('09:26:00'),
    closed: null,
    clocks: [
      {
        id: 'gdpr-33',
        name: 'GDPR notice to the authority (Art. 33)',
        hours: 72,
        dueAt: at('08:46:00') + 72 * HOUR,
        met: null,
      },
    ],
    events: 0,
    first: null,
    last: null,
    findings: [],
    seenAgain: 0,
    held: true,
    summary: '',
    gaps: [],
    story: { text: '', by: null, at: null, citations: [] },
    breach: null,
    watched: [],
    notes: [],
    history: [],
    missing: [],
  });
  const empty = (): Pick<Kept, 'suggestions' | 'scope' | 'checks'> => ({
    suggestions: [],
    scope: { seeds: [], things: [], total: 0, first: null, last: null, steps: 0, more: false },
    checks: [],
  });
  const cases = new Map<string, Kept>();
  cases.set('C-31', {
    detail: {
      ...detailOf('C-31', options.hostile ? hostile : 'Night sign-in, token and open allow-list'),
      seenAgain: 4,
      findings: ['f-000000000001'],
      gaps: [{ from: '2026-10-14', to: '2026-10-14', days: 1, state: 'partial' }],
      watched: [
        {
          kind: 'address',
          value: '203.0.113.77',
          label: '203.0.113.77',
          since: at('09:30'),
          by: 'Marta Quintela',
          seen: 4,
          last: now - HOUR,
        },
      ],
      story: {
        text: 'Somebody signed in as Ines [E-2] and made a token [E-4].',
        by: 'Marta Quintela',
        at: at('10:00'),
        citations: [
          { event: 'E-2', state: 'holds' },
          { event: 'E-4', state: 'holds' },
        ],
      },
      history: [{ line: 21, at: at('08:46:00'), by: 'Marta Quintela', words: 'opened the case' }],
    },
    events: incident(),
    suggestions: [
      suggestion(
        101,
        '03:20:55',
        'tunnel.ip_allowlist_unenforced',
        0.97,
        'Same address, 93 s after the allow-list was opened.',
        'impact',
      ),
      suggestion(102, '03:13:02', 'user.profile_viewed', 0.71, 'Same session as the sign-in at 03:12.', null),
      suggestion(
        103,
        '02:40:00',
        'user.login_failed',
        0.64,
        'Same address as the seed, 32 min before the sign-in.',
        'reconnaissance',
      ),
    ],
    scope: {
      seeds: [{ kind: 'person', value: 'ines.duarte@alfama.example', from: null, to: null }],
      things: [
        thing(
          'person',
          'ines.duarte@alfama.example',
          options.hostile ? hostile : 'Ines Duarte',
          'seed',
          1,
          'The case was opened for this account.',
        ),
        thing(
          'address',
          '203.0.113.77',
          '203.0.113.77',
          'accepted',
          0.98,
          'Never used before by Ines; used by the session of 03:12.',
        ),
        thing(
          'address',
          '203.0.113.61',
          '203.0.113.61',
          'suggested',
          0.74,
          'Same network, tried the same accounts 30 s apart.',
        ),
        thing(
          'token',
          'ci-deploy-2',
          'ci-deploy-2',
          'suggested',
          0.96,
          'Created by Ines from 203.0.113.77 four minutes after the sign-in.',
        ),
        thing('tunnel', 'pg-replica-tmp', 'pg-replica-tmp', 'suggested', 0.93, 'Started with ci-deploy-2.'),
      ],
      total: 204,
      first: at('02:31:04'),
      last: at('05:58:02'),
      steps: 2,
      more: true,
    },
    checks: [
      remedy('suspend_account', 'Suspend the account of Ines Duarte', 'done', 'person', 'ines'),
      remedy('revoke_token', 'Revoke ci-deploy-2', 'done', 'token', 'ci-deploy-2'),
      remedy('restore_allow_list', 'Restore the allow-list', 'undone', 'data', '0.0.0.0/0'),
      remedy('reset_password', 'Reset the password of Ines Duarte', 'missing', 'person', 'ines'),
    ],
  });
  const closed = detailOf('C-12', 'Leaver with a token');
  cases.set('C-12', {
    ...empty(),
    detail: { ...closed, severity: 'medium', status: 'closed', closed: at('08:00'), held: false },
    events: [],
  });
  const wide: CaseEvent[] = Array.from({ length: 5_000 }, (_, i): CaseEvent => {
    // The second to the fourth say the same.
    const again = i >= 1 && i <= 3;
    const one = entry(
      10_000 + i,
      '00:00',
      again || i % 2 === 0 ? 'ines' : 'token',
      again ? 'user.login_failed' : 'tunnel.started',
      again ? null : `tunnel ${i}`,
      (['reconnaissance', 'persistence', 'impact'] as const)[Math.floor(i / 1_700)] ?? null,
      i % 10 === 0 ? [`Note ${i}`] : [],
    );
    return { ...one, ts: now - (5_000 - i) * 700_000 } as CaseEvent;
  });
  cases.set('C-50', {
    ...empty(),
    detail: { ...detailOf('C-50', 'Six weeks of a stolen token'), severity: 'high', status: 'open' },
    events: wide,
  });

  const changed = () => void setTimeout(() => page.fake.emit('CasesChanged', {}));
  const refuse = (code: string, message: string, hint: string): never => {
    throw { code, message, hint, retryable: false };
  };
  const of = (id: string): Kept => cases.get(id) ?? refuse('not_found', `There is no case ${id}.`, 'Look at the list.');
  const undone = new Map<number, string>();
  function write(id: string, by: string, words: string, change: (kept: Kept) => void): { line: number } {
    if (options.readOnly)
      refuse('read_only', 'This archive is open for reading only.', 'Lock it and open it for writing.');
    const kept = of(id);
    const before = JSON.stringify(kept);
    change(kept);
    line++;
    undone.set(line, before);
    kept.detail.history = [...kept.detail.history, { line, at: now, by, words }];
    changed();
    return { line };
  }
  function shown({ detail, events, checks }: Kept): CaseDetail {
    const open = checks.filter(({ state }) => state === 'missing' || state === 'undone');
    const instants = events.map(({ ts }) => ts);
    return {
      ...detail,
      events: events.length,
      first: instants.length > 0 ? Math.min(...instants) : null,
      last: instants.length > 0 ? Math.max(...instants) : null,
      missing:
        detail.status === 'closed'
          ? []
          : [
              ...open.map(({ words }) => `${words}: not seen in the log.`),
              ...(detail.clocks.some(({ met }) => met === null) ? ['A deadline is not met yet.'] : []),
              ...(detail.story.text === '' ? ['No story is written.'] : []),
            ],
    };
  }
  const patch = (kept: Kept, ids: readonly string[], change: (event: CaseEvent) => CaseEvent): void => {
    kept.events = kept.events.map((event) => (ids.includes(event.id) ? change(event) : event));
  };
  const sort = (kept: Kept): void => void kept.events.sort((a, b) => a.ts - b.ts);

  const methods = {
    casesList: (): Output<'cases.list'> => ({
      now,
      cases: [...cases.values()].map((kept) => {
        const {
          summary: _s,
          gaps: _g,
          story: _t,
          breach: _b,
          watched: _w,
          notes: _n,
          history: _h,
          missing: _m,
          ...rest
        } = shown(kept);
        return rest;
      }),
    }),
    casesOpen: ({ id }: Input<'cases.open'>) => shown(of(id)),
    casesTimeline: ({ id }: Input<'cases.timeline'>) => of(id).events,
    casesCreate: ({ title, severity, lead, aware, findings }: Input<'cases.create'>) => {
      const id = `C-${51 + cases.size}`;
      cases.set(id, {
        ...empty(),
        detail: {
          ...detailOf(id, title),
          severity,
          lead,
          aware,
          contained: null,
          status: 'open',
          findings: [...findings],
        },
        events: findings.length > 0 ? incident().slice(0, 2) : [],
      });
      changed();
      return { id };
    },
    casesUpdate: ({ id, by, fields }: Input<'cases.update'>) =>
      write(id, by, 'changed the case', ({ detail }) => void Object.assign(detail, fields)),
    casesSetStatus: ({ id, by, status, passphrase }: Input<'cases.setStatus'>) => {
      if (status === 'closed' && passphrase !== 'low tide 7')
        refuse('wrong_passphrase', 'This is not the passphrase.', 'Try again.');
      return write(
        id,
        by,
        `is ${status}`,
        ({ detail }) =>
          void Object.assign(detail, { status, closed: status === 'closed' ? now : null, held: status !== 'closed' }),
      );
    },
    casesAddClock: ({ id, by, name, hours }: Input<'cases.addClock'>) =>
      write(id, by, 'added a deadline', ({ detail }) => {
        detail.clocks = [
          ...detail.clocks,
          {
            id: `own-${line}`,
            name,
            hours,
            dueAt: detail.aware === null ? null : detail.aware + hours * HOUR,
            met: null,
          },
        ];
      }),
    casesMeetClock: ({ id, by, clock, note }: Input<'cases.meetClock'>) =>
      write(id, by, 'met a deadline', ({ detail }) => {
        detail.clocks = detail.clocks.map((one) => (one.id === clock ? { ...one, met: { at: now, by, note } } : one));
      }),
    casesPin: ({ id, by, entries, phase, technique }: Input<'cases.pin'>) => {
      const kept = of(id);
      const keys = (entries.listed?.keys ?? page.fake.keysOf(entries)).filter(
        (key) => !kept.events.some((one) => one.kind === 'entry' && one.row.key === key),
      );
      if (keys.length === 0) return { line: null, keys: [] };
      const written = write(id, by, `pinned ${keys.length} entries`, () => {
        for (const [i, key] of keys.entries()) {
          const from = kept.suggestions.find((one) => one.row.key === key);
          const pinned = entry(0, '04:00:00', 'ines', 'user.login', null, phase, [], technique) as CaseEvent & {
            kind: 'entry';
          };
          kept.events.push({
            ...pinned,
            id: `E-${line + 1}.${i + 1}`,
            ts: from?.row.ts ?? pinned.ts,
            row: from?.row ?? { ...pinned.row, key },
          });
        }
        kept.suggestions = kept.suggestions.filter(({ row: own }) => !keys.includes(own.key));
        sort(kept);
      });
      return { ...written, keys };
    },
    casesUnpin: ({ id, by, events }: Input<'cases.unpin'>) =>
      write(id, by, 'took events out', (kept) => {
        kept.events = kept.events.filter((one) => !events.includes(one.id));
      }),
    casesClassify: ({ id, by, events, phase, technique }: Input<'cases.classify'>) =>
      write(id, by, 'put events in order', (kept) =>
        patch(kept, events, (one) => ({
          ...one,
          ...(phase === undefined ? {} : { phase }),
          ...(technique === undefined ? {} : { technique }),
        })),
      ),
    casesNote: ({ id, by, event, text }: Input<'cases.note'>) =>
      write(id, by, 'noted', (kept) => {
        const note = { line: line + 1, text, by, at: now };
        if (event === null) kept.detail.notes = [...kept.detail.notes, note];
        else patch(kept, [event], (one) => ({ ...one, notes: [...one.notes, note] }));
      }),
    casesAddManual: ({ id, by, ts, title, source, phase }: Input<'cases.addManual'>) =>
      write(id, by, 'added an event', (kept) => {
        kept.events.push({
          kind: 'manual',
          id: `E-${line + 1}`,
          ts,
          phase,
          technique: null,
          notes: [],
          by,
          at: now,
          title,
          source,
        });
        sort(kept);
      }),
    casesImportForeign: () => null,
    casesUndo: ({ id, line: which }: Input<'cases.undo'>) => {
      const before = undone.get(which);
      if (before === undefined)
        return refuse('bad_input', 'This line cannot be taken back.', 'Take back a later one first.');
      undone.delete(which);
      cases.set(id, JSON.parse(before) as Kept);
      changed();
      return { line: ++line };
    },
    casesScope: ({ id, steps }: Input<'cases.scope'>) => {
      const { scope } = of(id);
      return steps === null ? scope : { ...scope, steps, more: steps < 4 };
    },
    casesScopeEntries: ({ id }: Input<'cases.scopeEntries'>) => {
      const { suggestions } = of(id);
      return { entries: suggestions, total: suggestions.length };
    },
    casesAddSeed: ({ id, by, seed }: Input<'cases.addSeed'>) =>
      write(id, by, 'added a seed', ({ scope }) => {
        scope.seeds = [...scope.seeds, seed];
      }),
    casesRemoveSeed: ({ id, by, seed }: Input<'cases.removeSeed'>) =>
      write(id, by, 'removed a seed', ({ scope }) => {
        scope.seeds = scope.seeds.filter((one) => one.kind !== seed.kind || one.value !== seed.value);
      }),
    casesDecideThing: ({ id, by, kind, value, verdict }: Input<'cases.decideThing'>) =>
      write(id, by, `said of ${value}: ${verdict}`, ({ scope }) => {
        scope.things = scope.things.map((one) =>
          one.kind === kind && one.value === value ? { ...one, state: verdict ?? 'suggested' } : one,
        );
      }),
    casesDecideEntries: ({ id, by, keys, verdict }: Input<'cases.decideEntries'>) =>
      write(id, by, `said of ${keys.length} entries: ${verdict}`, (kept) => {
        kept.suggestions = kept.suggestions.map((one) =>
          keys.includes(one.row.key) ? { ...one, state: verdict ?? 'suggested' } : one,
        );
      }),
    casesCheck: ({ id }: Input<'cases.check'>) => of(id).checks,
    casesDecideRemedy: ({ id, by, remedy: which, value, verdict, note }: Input<'cases.decideRemedy'>) =>
      write(id, by, 'said of a remedy', (kept) => {
        kept.checks = kept.checks.map((one) =>
          one.remedy === which && one.thing.value === value ? { ...one, state: verdict ?? 'missing', note } : one,
        );
      }),
    casesWatch: ({ id, by, kind, value, on }: Input<'cases.watch'>) =>
      write(id, by, 'watches', ({ detail }) => {
        const rest = detail.watched.filter((one) => one.kind !== kind || one.value !== value);
        detail.watched = on ? [...rest, { kind, value, label: value, since: now, by, seen: 0, last: null }] : rest;
      }),
    casesSaveStory: ({ id, by, text }: Input<'cases.saveStory'>) =>
      write(id, by, 'saved the story', ({ detail }) => {
        detail.story = { text, by, at: now, citations: [] };
      }),
    casesBundle: ({ id }: Input<'cases.bundle'>) => ({
      fileName: `${id}-evidence.age`,
      entries: of(id).events.filter(({ kind }) => kind === 'entry').length,
      unproven: 2,
      sha256: leaf,
    }),
    casesExport: ({ id, format }: Input<'cases.export'>) => ({
      fileName: `${id}.${format}`,
      events: of(id).events.length,
      sha256: leaf,
    }),
  };
  for (const [name, method] of Object.entries(methods)) {
    page.logbook[name] = async (input: never): Promise<Result<unknown>> => {
      page.fake.calls.push({ name, input: structuredClone(input) });
      await new Promise((resolve) => setTimeout(resolve, 1));
      try {
        return { ok: true, value: structuredClone((method as (input: never) => unknown)(input)) };
      } catch (error) {
        return { ok: false, error: error as never };
      }
    };
  }
}
