import type { Input, Output } from '../../src/shared/contract.ts';
import type { Result } from '../../src/shared/errors.ts';
import type {
  AccessItem,
  Identity,
  ItemDecision,
  ReviewDetail,
  ReviewException,
  ReviewItem,
  ReviewLine,
  ReviewPlan,
  ReviewSummary,
  Signature,
} from '../../src/shared/review-schema.ts';
import type { FakeOptions } from './fake-bridge.ts';

/**
 * What the main process answers about reviews, in memory, on top of the fake bridge: an access review that is well under way,
 * one of the quarter before that was signed, four plans, three people (each PIN is "123456"). Put into a page as text, so
 * it reaches for nothing outside itself.
 */
export function installFakeReviews(options: FakeOptions): void {
  const { now, zone } = options;
  const HOUR = 3_600_000;
  const DAY = 24 * HOUR;
  type Bridge = Record<string, (input: never) => Promise<Result<unknown>>>;
  const page = window as unknown as {
    logbook: Bridge;
    fake: {
      calls: { name: string; input: unknown }[];
      emit: (event: string, payload: unknown) => void;
      keysOf: (query: Input<'entries.count'>) => number[];
    };
  };
  type Campaign = Input<'reviews.preview'>;
  type Mutable<T> = { -readonly [K in keyof T]: T[K] };
  type Fault = { code: string; message: string; hint: string };
  type Kept = Campaign & {
    id: string;
    addendumTo: string | null;
    startedAt: number;
    startedBy: string;
    status: ReviewSummary['status'];
    access: readonly AccessItem[];
    keys: readonly number[];
    decisions: Map<number, ItemDecision[]>;
    sample: ReviewDetail['sample'];
    chosen: ReadonlySet<number> | null;
    acknowledged: ReviewDetail['coverage']['acknowledged'];
    signatures: Signature[];
    remark: ReviewDetail['remark'];
    lines: ReviewLine[];
    leavers: Output<'leavers.kept'>;
  };
  let seq = 0;
  // Once what changed is kept, as the main process does.
  const changed = () => void setTimeout(() => page.fake.emit('ReviewsChanged', {}));
  const dayText = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const hashOf = (text: string): string => {
    let h = 2166136261;
    for (const one of text) h = Math.imul(h ^ (one.codePointAt(0) ?? 0), 16777619);
    return Array.from({ length: 8 }, (_, i) => (Math.imul(h ^ i, 2654435761) >>> 0).toString(16).padStart(8, '0')).join(
      '',
    );
  };
  const refuse = (code: string, message: string, hint: string): never => {
    throw { code, message, hint, retryable: false } satisfies Fault & { retryable: boolean };
  };
  const writing = (): number => {
    if (options.readOnly)
      refuse('read_only', 'This archive is open for reading only.', 'Lock it and open it for writing.');
    return ++seq;
  };

  const person = (i: number, name: string, email: string): Identity => ({
    id: `I-${i}`,
    name,
    email,
    publicKey: hashOf(email),
    fingerprint: hashOf(`f${email}`),
    createdAt: now - 120 * DAY,
    retiredAt: null,
  });
  const first = options.start === 'empty' || options.start === 'first';
  const identities: Mutable<Identity>[] = first
    ? []
    : [
        person(1, 'Marta Quintela', 'marta.quintela@alfama.example'),
        person(2, 'Daniel Osei', 'daniel.osei@alfama.example'),
        person(3, 'Lena Fischer', 'lena.fischer@alfama.example'),
      ];
  seq = 3;
  const pins = new Map(identities.map((one) => [one.id, '123456']));
  const who = (id: string): Mutable<Identity> =>
    identities.find((one) => one.id === id) ?? refuse('not_found', `There is no identity ${id}.`, 'Choose another.');

  const plan = (
    id: string,
    name: string,
    cadence: ReviewPlan['cadence'],
    dueDays: number,
    kind: ReviewPlan['kind'],
    filter: ReviewPlan['filter'],
    text: string,
  ): ReviewPlan => ({
    id,
    name,
    kind,
    filter,
    text,
    cadence,
    dueDays,
    owner: id === 'everything' ? 'Marta Quintela' : null,
    framework: 'soc2',
    enabled: true,
    recommended: true,
  });
  const term = (field: 'action', value: string) => ({ field, value, negated: false });
  let plans: ReviewPlan[] = [
    plan(
      'failed-logins',
      'Failed logins',
      'day',
      1,
      'events',
      { terms: [term('action', 'user.login_failed')] },
      'action:user.login_failed',
    ),
    plan(
      'permission-changes',
      'Permission changes',
      'week',
      3,
      'events',
      { terms: [term('action', 'team.*')] },
      'action:team.*',
    ),
    plan(
      'token-activity',
      'Token activity',
      'month',
      7,
      'events',
      { terms: [term('action', 'security.api_token*')] },
      'action:security.api_token*',
    ),
    plan('everything', 'Everything', 'quarter', 21, 'events', { terms: [] }, ''),
  ];

  const PEOPLE = [
    ['Ines Duarte', 'Owner', 'platform'],
    ['Tomás Rebelo', 'Owner', 'platform'],
    ['Jonas Weidner', 'Developer', 'data'],
    ['Marta Quintela', 'Security admin', 'security'],
    ['Lena Fischer', 'Team admin', 'support'],
    ['Priya Nair', 'Network admin', 'platform'],
    ['Rui Cardoso', 'Billing admin', 'finance'],
    ['中村 愛子', 'Developer', 'data'],
    ['Daniel Osei', 'Auditor', 'audit'],
    ['Sofia Matos', 'Developer', 'data'],
    ['Henrik Lund', 'Developer', 'support'],
    ['Carla Pinto', 'Viewer', 'finance'],
  ] as const;
  const emailOf = (name: string, i: number) =>
    `${
      name
        .normalize('NFD')
        .replace(/[^a-z0-9 ]/gi, '')
        .toLowerCase()
        .trim()
        .replaceAll(' ', '.') || `person${i}`
    }@alfama.example`;
  const holders = (count: number): AccessItem[] =>
    Array.from({ length: count }, (_, i) => {
      const [name, role, team] = PEOPLE[i % PEOPLE.length]!;
      const shown = i < PEOPLE.length ? name : `${name} ${Math.floor(i / PEOPLE.length) + 1}`;
      return {
        person: { id: `user_${i}`, name: shown, email: emailOf(shown, i) },
        team: { id: `team_${team}`, name: team },
        role: i % 17 === 16 ? null : role,
        origin: i % 4 === 3 ? 'unknown' : 'told',
        joinedAt: i % 4 === 3 ? null : now - (30 + i * 11) * DAY,
        lastSeen: i % 13 === 12 ? null : now - i * 7 * HOUR,
        change: i % 9 === 4 ? 'role' : i % 11 === 5 ? 'joined' : 'none',
        roleBefore: i % 9 === 4 ? 'Viewer' : null,
      };
    });

  const kept: Kept[] = [];
  const exceptions: Mutable<ReviewException>[] = [];
  const itemsOf = new Map<string, { items: readonly number[]; line: number | null }>();
  const say = (one: Kept, by: string, kind: string, words: string): number => {
    const line = ++seq;
    one.lines.push({ line, by, at: now, kind, words });
    changed();
    return line;
  };
  const length = (one: Kept) => (one.kind === 'access' ? one.access.length : one.keys.length);
  const idOf = (one: Kept, n: number): string =>
    one.kind === 'access'
      ? `${one.access[n]?.person.id} ${one.access[n]?.team?.id}`
      : `log_${(options.rows - (one.keys[n] ?? 0) / 2048).toString(16).padStart(12, '0')}`;
  const inScope = (one: Kept, n: number) => one.chosen === null || one.chosen.has(n);
  const decisionOf = (one: Kept, n: number): ItemDecision | null => one.decisions.get(n)?.at(-1) ?? null;
  const numbers = (one: Kept) => Array.from({ length: length(one) }, (_, n) => n);

  function begin(
    campaign: Campaign,
    by: string,
    access: number,
    keys: readonly number[],
    addendumTo: string | null,
  ): Kept {
    const one: Kept = {
      ...campaign,
      id: `R-${++seq}`,
      addendumTo,
      startedAt: now,
      startedBy: by,
      status: 'open',
      access: holders(access),
      keys,
      decisions: new Map(),
      sample: null,
      chosen: null,
      acknowledged: null,
      signatures: [],
      remark: null,
      lines: [],
      leavers: [],
    };
    kept.unshift(one);
    say(one, by, 'started', `Population of ${length(one)} frozen`);
    return one;
  }

  const BLANK = {
    cause: '',
    extent: 'unknown',
    remediation: '',
    owner: null,
    due: null,
    control: null,
    ticket: '',
  } as const;
  function raise(
    one: Kept,
    by: string,
    items: readonly number[],
    line: number | null,
    fields: Partial<ReviewException>,
  ): string {
    const id = `X-${line ?? ++seq}`;
    itemsOf.set(id, { items, line });
    exceptions.push({
      nature: '',
      ...BLANK,
      ...fields,
      id,
      review: one.id,
      reviewTitle: one.title,
      items: items.length,
      first: items.slice(0, 100).map((n) => ({ n, id: idOf(one, n) })),
      status: 'open',
      overdue: false,
      raisedBy: by,
      raisedAt: now,
      retest: null,
      closed: null,
      history: [{ line: line ?? seq, by, at: now, words: 'Raised' }],
    });
    return id;
  }
  const exception = (id: string): Mutable<ReviewException> =>
    exceptions.find((one) => one.id === id) ??
    refuse('not_found', `There is no exception ${id}.`, 'Look at the list again.');
  const spoken = (id: string, by: string, words: string): ReviewException => {
    const one = exception(id);
    one.history = [...one.history, { line: writing(), by: who(by).name, at: now, words }];
    one.overdue = one.status === 'open' && one.due !== null && one.due < dayText(now);
    changed();
    return one;
  };

  function decide(one: Kept, input: Omit<Input<'reviews.decide'>, 'id'>): Output<'reviews.decide'> {
    const self = who(input.by);
    const items =
      input.chosen.kind === 'items'
        ? input.chosen.items
        : numbers(one).filter((n) => inScope(one, n) && decisionOf(one, n) === null);
    if (one.status !== 'open') refuse('forbidden', 'This review is frozen.', 'Late entries open an addendum.');
    if (['deviation', 'revoke', 'change', 'exception'].includes(input.verdict) && input.rationale.trim() === '')
      refuse('bad_input', 'This decision gives its reason.', 'Say in a few words why.');
    const own = items.find((n) => one.access[n]?.person.email === self.email);
    if (own !== undefined) refuse('forbidden', 'Nobody decides their own access.', 'Let somebody else decide it.');
    const line = say(one, self.name, 'decided', `${items.length} items: ${input.verdict}`);
    for (const n of items) {
      const { rationale, evidence, ticket, verdict } = input;
      const made = { line, verdict, rationale, evidence, ticket, identity: self.id, by: self.name, at: now };
      one.decisions.set(n, [...(one.decisions.get(n) ?? []), made]);
    }
    withdraw();
    const raises = input.verdict === 'deviation' || input.verdict === 'exception';
    const raised = raises
      ? raise(one, self.name, items, line, { nature: input.rationale, ticket: input.ticket })
      : null;
    return { line, changed: items.length, exception: raised };
  }

  // An exception stands as long as some item's decision is the one that raised it.
  function withdraw(): void {
    for (const one of exceptions) {
      const about = itemsOf.get(one.id);
      const review = kept.find(({ id }) => id === one.review);
      if (!about || about.line === null || !review || one.status === 'closed') continue;
      const left = about.items.filter((n) => decisionOf(review, n)?.line === about.line);
      one.items = left.length;
      one.status = left.length === 0 ? 'withdrawn' : 'open';
    }
  }

  function summary(one: Kept): ReviewSummary {
    const scope = numbers(one).filter((n) => inScope(one, n));
    const tally: Mutable<ReviewSummary['tally']> = {};
    for (const n of scope) {
      const verdict = decisionOf(one, n)?.verdict;
      if (verdict) tally[verdict] = (tally[verdict] ?? 0) + 1;
    }
    const own = exceptions.filter(({ review, status }) => review === one.id && status !== 'withdrawn');
    const {
      id,
      title,
      kind,
      plan: planId,
      addendumTo,
      framework,
      period,
      owner,
      dueAt,
      startedAt,
      startedBy,
      status,
    } = one;
    return {
      ...{
        id,
        title,
        kind,
        plan: planId,
        addendumTo,
        framework,
        period,
        zone: one.zone,
        owner,
        dueAt,
        startedAt,
        startedBy,
      },
      status,
      overdue: dueAt !== null && dueAt < now && (status === 'open' || status === 'prepared'),
      population: length(one),
      scope: scope.length,
      decided: scope.filter((n) => decisionOf(one, n)).length,
      tally,
      exceptions: { open: own.filter((each) => each.status === 'open').length, total: own.length },
      signedAt: one.status === 'signed' ? (one.signatures.at(-1)?.at ?? null) : null,
      manifest: one.signatures.at(-1)?.manifest ?? null,
    };
  }

  function coverageOf({ from, to }: Campaign['period'], acknowledged: Kept['acknowledged']): ReviewDetail['coverage'] {
    const days: ReviewDetail['coverage']['days'] = [];
    for (let ms = Date.parse(from); ms <= Date.parse(to); ms += DAY)
      days.push({ day: dayText(ms), state: dayText(ms) === '2026-09-03' ? 'partial' : 'complete' });
    const complete = days.filter(({ state }) => state === 'complete').length;
    return { days, complete, gaps: days.length - complete, acknowledged };
  }

  function detail(one: Kept): ReviewDetail {
    const sum = summary(one);
    const coverage = coverageOf(one.period, one.acknowledged);
    const left = sum.scope - sum.decided;
    const bare = exceptions.filter(
      (each) => each.review === one.id && each.status === 'open' && (each.owner === null || each.due === null),
    ).length;
    const gapsLeft = coverage.acknowledged === null ? coverage.gaps : 0;
    const text = one.filter.terms.map((each) => `${each.field}:${each.value}`).join(' ');
    return {
      ...sum,
      question: {
        text: `from:${one.period.from} to:${one.period.to} ${text}`.trim(),
        words: one.kind === 'access' ? 'Who belonged to which team at the end of the period' : 'Entries of the period',
        filter: one.filter,
        fromMs: Date.parse(one.period.from),
        toMs: Date.parse(one.period.to) + DAY - 1,
        zone: one.zone,
        count: sum.population,
        first: one.kind === 'access' ? null : { id: idOf(one, 0), at: Date.parse(one.period.from) },
        last: one.kind === 'access' ? null : { id: idOf(one, sum.population - 1), at: Date.parse(one.period.to) },
        sha256: hashOf(one.id + sum.population),
        frozenAt: one.startedAt,
        deleted: 0,
      },
      coverage,
      rules: [{ id: 'login_after_failures', version: 2 }],
      head: { sequence: 288, hash: hashOf('head') },
      sample: one.sample,
      checks: [
        { id: 'population', ok: true, sentence: 'Population frozen and hashed', left: 0 },
        {
          id: 'decided',
          ok: left === 0,
          sentence: left === 0 ? 'Every item is decided' : `${left} items still to decide`,
          left,
        },
        { id: 'rationale', ok: true, sentence: 'Every decision that needs a reason has one', left: 0 },
        {
          id: 'coverage',
          ok: gapsLeft === 0,
          sentence: gapsLeft === 0 ? 'Coverage is complete or acknowledged' : `${gapsLeft} days are not provably whole`,
          left: gapsLeft,
        },
        {
          id: 'exceptions',
          ok: bare === 0,
          sentence:
            bare === 0 ? 'Every exception has an owner and a due date' : `${bare} exceptions have no owner or due date`,
          left: bare,
        },
        { id: 'late', ok: true, sentence: 'No entry arrived late', left: 0 },
        { id: 'people', ok: true, sentence: 'Preparer and reviewer are different people', left: 0 },
      ],
      signatures: one.signatures,
      addenda: kept.filter(({ addendumTo }) => addendumTo === one.id).map(({ id }) => id),
      late: 0,
      carried: exceptions
        .filter(
          (each) =>
            each.status === 'open' &&
            each.review !== one.id &&
            one.plan !== null &&
            kept.find(({ id }) => id === each.review)?.plan === one.plan,
        )
        .map(({ id }) => id),
      remark: one.remark,
    };
  }
  const review = (id: string): Kept =>
    kept.find((one) => one.id === id) ?? refuse('not_found', `There is no review ${id}.`, 'Look at the list again.');
  const dated = ({ filter, period }: Campaign) => ({ ...filter, from: period.from, to: period.to });

  async function items({ id, view, offset, limit }: Input<'reviews.items'>): Promise<Output<'reviews.items'>> {
    const one = review(id);
    const aboutItem = (n: number) =>
      exceptions.filter(
        ({ id: own, review: of, status }) => of === id && status === 'open' && itemsOf.get(own)?.items.includes(n),
      );
    const shown = numbers(one).filter((n) => {
      const decision = decisionOf(one, n);
      if (view === 'all') return true;
      if (view === 'open') return inScope(one, n) && decision === null;
      if (view === 'decided') return decision !== null;
      return view === 'exceptions' ? aboutItem(n).length > 0 : decision?.verdict === view;
    });
    const pageOf = shown.slice(offset, offset + limit);
    const keys = one.kind === 'events' ? pageOf.map((n) => one.keys[n] ?? 0) : [];
    const rows = new Map<number, ReviewItem['entry']>();
    await Promise.all(
      keys.map(async (key) => {
        const found = (await page.logbook.entriesGet!({ key } as never)) as Result<Output<'entries.get'>>;
        if (found.ok && found.value !== null) rows.set(key, found.value.row);
      }),
    );
    return {
      total: shown.length,
      items: pageOf.map((n) => ({
        n,
        id: idOf(one, n),
        inSample: inScope(one, n),
        entry: rows.get(one.keys[n] ?? -1) ?? null,
        access: one.access[n] ?? null,
        decision: decisionOf(one, n),
        exceptions: aboutItem(n).map((each) => each.id),
      })),
    };
  }

  async function findings(from: number, to: number): Promise<Output<'reviews.findings'>> {
    const listed = (await page.logbook.findingsList!({} as never)) as Result<Output<'findings.list'>>;
    if (!listed.ok) return [];
    return listed.value.findings
      .filter(({ last }) => last >= from && last < to)
      .map(({ id, title, severity, why, last, entryKeys, state }) => ({
        id,
        title,
        severity,
        why,
        last,
        entryKeys,
        status: state.status,
      }));
  }

  const methods: Record<string, (input: never) => unknown> = {
    reviewsList: (): Output<'reviews.list'> => ({
      now,
      plans,
      reviews: kept.map(summary),
      due: plans
        .filter(({ enabled }) => enabled)
        .map((each, i) => ({
          plan: each,
          period: {
            from: dayText(now - [1, 8, 45, 105][i % 4]! * DAY),
            to: dayText(now - [1, 2, 15, 15][i % 4]! * DAY),
          },
          dueAt: now + [-10 * HOUR, 9 * HOUR, 7 * DAY, 6 * DAY][i % 4]!,
          state: i % 4 === 0 ? 'overdue' : i % 4 === 2 ? 'upcoming' : 'due',
          units: i % 4 === 2 ? 0 : 1,
          last: kept.find((one) => one.plan === each.id)?.id ?? null,
          openExceptions: exceptions.filter(
            (one) => one.status === 'open' && kept.find(({ id }) => id === one.review)?.plan === each.id,
          ).length,
        })),
    }),
    reviewsSavePlan: ({ id, by: _by, ...given }: Input<'reviews.savePlan'>): Output<'reviews.savePlan'> => {
      const own = id ?? `plan-${writing()}`;
      const before = plans.find((one) => one.id === own);
      const text = given.filter.terms.map((each) => `${each.field}:${each.value}`).join(' ');
      const saved: ReviewPlan = { ...given, id: own, text, recommended: before?.recommended ?? false };
      plans = before ? plans.map((one) => (one.id === own ? saved : one)) : [...plans, saved];
      changed();
      return { id: own };
    },
    reviewsPreview: async (given: Input<'reviews.preview'>): Promise<Output<'reviews.preview'>> => ({
      count: given.kind === 'access' ? 52 : page.fake.keysOf({ filter: dated(given), zone: given.zone }).length,
      text: given.filter.terms.map((each) => `${each.field}:${each.value}`).join(' '),
      words: given.kind === 'access' ? 'Who belonged to which team at the end of the period' : 'Entries of the period',
      coverage: coverageOf(given.period, null),
      findings: await findings(Date.parse(given.period.from), Date.parse(given.period.to) + DAY),
      carried: exceptions.filter(
        (one) =>
          one.status === 'open' && given.plan !== null && kept.find(({ id }) => id === one.review)?.plan === given.plan,
      ),
    }),
    reviewsStart: ({ by, ...given }: Input<'reviews.start'>): Output<'reviews.start'> => {
      writing();
      const keys =
        given.kind === 'access' ? [] : page.fake.keysOf({ filter: dated(given), zone: given.zone }).reverse();
      return { id: begin(given, who(by).name, given.kind === 'access' ? 52 : 0, keys, null).id };
    },
    reviewsStartAddendum: () => refuse('bad_input', 'Nothing came late for this review.', 'Nothing is to be done.'),
    reviewsOpen: ({ id }: Input<'reviews.open'>) => detail(review(id)),
    reviewsItems: items,
    reviewsFindings: ({ id }: Input<'reviews.findings'>) => {
      const { from, to } = review(id).period;
      return findings(Date.parse(from), Date.parse(to) + DAY);
    },
    reviewsHistory: ({ id }: Input<'reviews.history'>) => review(id).lines,
    reviewsDecide: ({ id, ...input }: Input<'reviews.decide'>) => {
      writing();
      return decide(review(id), input);
    },
    reviewsUndo: ({ id, line, by }: Input<'reviews.undo'>): Output<'reviews.undo'> => {
      writing();
      const one = review(id);
      let changed = 0;
      for (const [n, all] of one.decisions) {
        if (all.at(-1)?.line !== line) continue;
        one.decisions.set(n, all.slice(0, -1));
        changed++;
      }
      withdraw();
      say(one, who(by).name, 'undone', `Decision of line ${line} taken back`);
      return { changed };
    },
    reviewsSample: ({ id, by, size, seed, reason }: Input<'reviews.sample'>) => {
      writing();
      const one = review(id);
      if (one.sample !== null && reason.trim() === '')
        refuse('bad_input', 'A sample drawn again gives its reason.', 'Say why.');
      const ranked = numbers(one).sort((a, b) => (hashOf(`${seed} ${a}`) < hashOf(`${seed} ${b}`) ? -1 : 1));
      one.chosen = size === 0 ? null : new Set(ranked.slice(0, size));
      one.sample =
        size === 0
          ? null
          : {
              method: 'sha256-rank/1',
              seed,
              size,
              sha256: hashOf(seed),
              by: who(by).name,
              at: now,
              reason: reason || null,
              before: one.sample ? one.sample.before + 1 : 0,
            };
      say(
        one,
        who(by).name,
        'sample',
        size === 0 ? 'The whole population again' : `Sample of ${size} drawn with seed ${seed}`,
      );
      return {};
    },
    reviewsAcknowledgeGaps: ({ id, by, reason }: Input<'reviews.acknowledgeGaps'>) => {
      writing();
      review(id).acknowledged = { by: who(by).name, at: now, reason };
      say(review(id), who(by).name, 'gaps', reason);
      return {};
    },
    reviewsSign: ({ id, role, identity, pin }: Input<'reviews.sign'>) => {
      writing();
      const one = review(id);
      const self = who(identity);
      if (pins.get(identity) !== pin) refuse('wrong_passphrase', 'The PIN is wrong.', 'Try again.');
      const missing = detail(one).checks.find((check) => !check.ok);
      if (missing) refuse('bad_input', `${missing.sentence}.`, 'Finish it, then sign.');
      if (role === 'reviewer' && one.status !== 'prepared')
        refuse('bad_input', 'The preparer signs first.', 'Let the preparer sign.');
      if (role === 'reviewer' && one.signatures[0]?.identity === identity)
        refuse('forbidden', 'Preparer and reviewer are different people.', 'Let somebody else sign as reviewer.');
      const { name, email, publicKey } = self;
      one.signatures.push({
        role,
        identity,
        name,
        email,
        at: now,
        manifest: hashOf(one.id),
        publicKey,
        signature: hashOf(name),
      });
      one.status = role === 'preparer' ? 'prepared' : 'signed';
      say(one, name, 'signed', `Signed as ${role}`);
      return detail(one);
    },
    reviewsGiveBack: ({ id, by, reason }: Input<'reviews.giveBack'>) => {
      writing();
      const one = review(id);
      if (one.status !== 'prepared') refuse('bad_input', 'Only a prepared review is given back.', 'Look at it again.');
      Object.assign(one, { status: 'open', signatures: [], remark: { by: who(by).name, at: now, reason } });
      say(one, who(by).name, 'given-back', reason);
      return {};
    },
    reviewsAbandon: ({ id, by, reason }: Input<'reviews.abandon'>) => {
      writing();
      Object.assign(review(id), { status: 'abandoned', remark: { by: who(by).name, at: now, reason } });
      say(review(id), who(by).name, 'abandoned', reason);
      return {};
    },
    reviewsExport: ({ id }: Input<'reviews.export'>): Output<'reviews.export'> => ({
      folderName: `review-${id}`,
      files: [
        'manifest.json',
        'population.csv',
        'population.ids',
        'decisions.ndjson',
        'exceptions.ndjson',
        'signatures.json',
      ].map((name) => ({ name, sha256: hashOf(name), bytes: 2_048 })),
    }),
    exceptionsList: ({ review: of }: Input<'exceptions.list'>) =>
      exceptions
        .filter((one) => of === null || one.review === of)
        .sort((a, b) =>
          a.status === b.status ? (a.due ?? '9').localeCompare(b.due ?? '9') : a.status === 'open' ? -1 : 1,
        ),
    exceptionsRaise: ({ review: of, by, items: about, fields }: Input<'exceptions.raise'>) => {
      writing();
      const id = raise(review(of), who(by).name, about, null, fields);
      changed();
      return { id };
    },
    exceptionsUpdate: ({ id, by, fields }: Input<'exceptions.update'>) => {
      Object.assign(exception(id), fields);
      return spoken(id, by, `Changed ${Object.keys(fields).join(', ')}`);
    },
    exceptionsRetest: ({ id, by, result, note }: Input<'exceptions.retest'>) => {
      exception(id).retest = { result, note, by: who(by).name, at: now };
      return spoken(id, by, `Re-test ${result}`);
    },
    exceptionsClose: ({ id, by, reason }: Input<'exceptions.close'>) => {
      const one = exception(id);
      if (one.cause === '' || one.remediation === '' || one.retest === null || one.retest.result === 'failed')
        refuse('bad_input', `${id} is not ready to be closed.`, 'Say cause and remediation, and record a re-test.');
      Object.assign(one, { status: 'closed', closed: { by: who(by).name, at: now, reason } });
      return spoken(id, by, 'Closed');
    },
    exceptionsReopen: ({ id, by, reason }: Input<'exceptions.reopen'>) => {
      Object.assign(exception(id), { status: 'open', closed: null });
      return spoken(id, by, `Opened again: ${reason}`);
    },
    identitiesList: () => identities,
    identitiesCreate: ({ name, email, pin }: Input<'identities.create'>) => {
      const made = person(writing(), name, email);
      if (identities.some((one) => one.email === email && one.retiredAt === null))
        refuse('exists', `${email} is an identity already.`, 'Use that one, or retire it.');
      identities.push({ ...made, createdAt: now });
      pins.set(made.id, pin);
      changed();
      return made;
    },
    identitiesChangePin: ({ id, pin, next }: Input<'identities.changePin'>) => {
      writing();
      if (pins.get(id) !== pin) refuse('wrong_passphrase', 'The PIN is wrong.', 'Try again.');
      pins.set(id, next);
      return {};
    },
    identitiesRetire: ({ id }: Input<'identities.retire'>) => {
      writing();
      who(id).retiredAt = now;
      changed();
      return {};
    },
    leaversCompare: ({ fileName, review: of }: Input<'leavers.compare'>): Output<'leavers.compare'> => {
      const leaver = (line: number, i: number, state: 'late' | 'present' | 'removed', daysLate: number) => {
        const { person: one, team, role } = holders(12)[i]!;
        const removedAt = state === 'present' ? null : now - 17 * DAY;
        return {
          ...{
            line,
            name: one.name,
            email: one.email,
            leftOn: dayText(now - (17 + daysLate) * DAY),
            person: one,
            state,
            daysLate,
          },
          memberships: [
            {
              team,
              role,
              removedAt,
              removedBy: removedAt === null ? null : 'Marta Quintela',
              daysLate,
              actedAt: state === 'removed' ? null : now - 18 * DAY,
            },
          ],
        };
      };
      const compared = {
        ...{ fileName: fileName ?? 'leavers.csv', sha256: hashOf('leavers'), at: now, zone },
        leavers: [leaver(2, 2, 'late', 19), leaver(3, 10, 'present', 41), leaver(4, 11, 'removed', 0)],
        unread: [{ line: 5, reason: '“soon” is not a date.' }],
      };
      if (of !== null) review(of).leavers.push(compared);
      changed();
      return compared;
    },
    leaversKept: ({ review: of }: Input<'leavers.kept'>) => review(of).leavers,
  };

  if (!first) {
    const campaign = (title: string, from: string, to: string, dueAt: number): Campaign => ({
      ...{
        title,
        kind: 'access',
        filter: { terms: [] },
        zone,
        period: { from, to },
        framework: 'soc2',
        plan: 'everything',
      },
      ...{ owner: 'Marta Quintela', dueAt },
    });
    const decided = (
      one: Kept,
      by: string,
      items: readonly number[],
      verdict: ItemDecision['verdict'],
      rationale = '',
    ) => decide(one, { by, chosen: { kind: 'items', items }, verdict, rationale, evidence: '', ticket: '' });
    const all = (count: number, except: readonly number[]) =>
      Array.from({ length: count }, (_, n) => n).filter((n) => !except.includes(n));

    const before = begin(
      campaign('Access review Q2 2026', '2026-04-01', '2026-06-30', now - 86 * DAY),
      'Marta Quintela',
      49,
      [],
      null,
    );
    Object.assign(before, { startedAt: now - 106 * DAY });
    decided(before, 'I-1', all(49, [3]), 'keep');
    decided(before, 'I-2', [3], 'keep');
    before.acknowledged = { by: 'Marta Quintela', at: now - 90 * DAY, reason: 'Known outage of Jetty' };
    for (const [role, { id, name, email, publicKey }] of [
      ['preparer', identities[0]!],
      ['reviewer', identities[1]!],
    ] as const)
      before.signatures.push({
        ...{ role, identity: id, name, email, publicKey },
        at: now - 88 * DAY,
        manifest: hashOf(before.id),
        signature: hashOf(name),
      });
    before.status = 'signed';

    const going = begin(
      campaign('Access review Q3 2026', '2026-07-01', '2026-09-30', now + 6 * DAY),
      'Marta Quintela',
      52,
      [],
      null,
    );
    Object.assign(going, { startedAt: now - 14 * DAY });
    decided(going, 'I-1', [0], 'revoke', 'Suspended, case C-031');
    decided(going, 'I-1', [1], 'exception', 'Owner granted to oneself');
    decided(going, 'I-1', [2], 'exception', 'Leaver removed 19 days late');
    decided(going, 'I-2', [3], 'keep');
    decided(going, 'I-1', [7, 11], 'change', 'To Viewer from 16 Oct');
    decided(going, 'I-1', [4, 5, 6, 9, 10, ...all(41, all(15, []))], 'keep');
    const [self, late] = exceptions;
    if (self) Object.assign(self, { control: 'CC6.3', owner: 'Marta Quintela', due: '2026-10-23', extent: 'isolated' });
    if (late) Object.assign(late, { control: 'CC6.2', owner: 'Lena Fischer', due: '2026-10-30', extent: 'systematic' });
    raise(going, 'Marta Quintela', [], null, {
      nature: 'No second factor on 3 accounts',
      control: 'CC6.1',
      owner: 'Priya Nair',
    });
  }
  for (const [name, method] of Object.entries(methods)) {
    page.logbook[name] = async (input: never): Promise<Result<unknown>> => {
      page.fake.calls.push({ name, input: structuredClone(input) });
      try {
        return { ok: true, value: structuredClone(await method(input)) };
      } catch (error) {
        return { ok: false, error: error as never };
      }
    };
  }
}
