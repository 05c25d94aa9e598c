import type { Input, Output } from '../../src/shared/contract.ts';
import type { FindingBrief, RuleHealth, SuppressionRow } from '../../src/shared/detection-contract.ts';
import type { Result } from '../../src/shared/errors.ts';
import type { Finding } from '../../src/shared/finding.ts';
import type { Decision, FindingState, TriagedFinding } from '../../src/shared/triage.ts';
import type { FakeOptions } from './fake-bridge.ts';

/**
 * What the main process answers about findings, decisions and rules, in memory, on top of the fake bridge. Put into a
 * page as text, so it reaches for nothing outside itself.
 */
export function installFakeFindings(options: FakeOptions): void {
  const { now } = options;
  const DAY = 86_400_000;
  type Bridge = Record<string, (input: never) => Promise<Result<unknown>>>;
  const page = window as unknown as {
    logbook: Bridge;
    fake: {
      state: { hold: boolean };
      calls: { name: string; input: unknown }[];
      emit: (event: string, payload: unknown) => void;
    };
  };
  const found = page.logbook.findingsFound as unknown as (input: unknown) => Promise<{ value: Finding[] }>;
  delete page.logbook.findingsFound;

  const histories = new Map<string, Decision[]>();
  const suppressions: SuppressionRow[] = [];
  const texts = new Map<string, string>();
  const off = new Map<string, NonNullable<RuleHealth['switched']>>();
  let seq = 0;

  function stateOf(finding: Finding): FindingState {
    const history = histories.get(finding.id) ?? [];
    const standing: Decision[] = [];
    for (const line of history) {
      if (line.verdict === 'undone') standing.pop();
      else if (line.verdict !== 'noted') standing.push(line);
    }
    const decision = standing.filter((line) => line.verdict !== 'filed').at(-1) ?? null;
    const hidden = suppressions.find((one) => one.active && one.rule === finding.rule);
    const status = decision === null || decision.verdict === 'reopened' ? 'open' : decision.verdict;
    return {
      status: status as FindingState['status'],
      again: null,
      decision,
      caseName: standing.filter((line) => line.verdict === 'filed').at(-1)?.reason ?? null,
      suppression: hidden?.id ?? null,
      history: [...history],
    };
  }

  async function all(): Promise<TriagedFinding[]> {
    const findings = (await found({})).value;
    return findings.map((finding) => ({ ...finding, state: stateOf(finding) }));
  }

  const GRAVEST_FIRST = ['critical', 'high', 'medium', 'low', 'info'] as const;
  const isOpen = ({ state }: TriagedFinding): boolean => state.status === 'open' && state.suppression === null;
  function briefOf(finding: TriagedFinding): FindingBrief {
    const { id, title, severity, actor, why, first, last } = finding;
    return { id, title, severity, actor, why, first, last, open: isOpen(finding) };
  }

  const reviewer = (): string | null => [...histories.values()].flat().sort((a, b) => b.seq - a.seq)[0]?.by ?? null;

  function refuse(message: string, hint: string): never {
    throw { code: options.readOnly ? 'read_only' : 'bad_input', message, hint, retryable: false };
  }
  function writing(): void {
    if (options.readOnly) refuse('This archive is open for reading only.', 'Lock it and open it for writing.');
  }

  async function add(ids: readonly string[], line: Omit<Decision, 'seq' | 'finding' | 'at' | 'entries' | 'last'>) {
    writing();
    const findings = (await found({})).value.filter((one) => ids.includes(one.id));
    for (const finding of findings) {
      seq++;
      const { id, entryIds, last } = finding;
      const lines = histories.get(id) ?? [];
      histories.set(id, [...lines, { ...line, seq, finding: id, at: now, entries: entryIds.length, last }]);
    }
    page.fake.emit('FindingsChanged', {});
    return { states: findings.map((one) => ({ id: one.id, state: stateOf(one) })) };
  }

  function problemsOf(text: string): Output<'rules.validate'>['problems'] {
    const lines = text.split('\n');
    const line = lines.findIndex((one) => one.includes('actor.nam:'));
    if (line < 0) return [];
    return [{ rule: null, line: line + 1, reason: 'there is no field “actor.nam”; did you mean actor.name?' }];
  }
  const nameIn = (text: string): string => /^name:\s*(\S+)/m.exec(text)?.[1] ?? 'nameless';
  const titleIn = (text: string): string => /^title:\s*(.+)$/m.exec(text)?.[1] ?? 'Nameless';

  async function rules(): Promise<RuleHealth[]> {
    const findings = await all();
    const base = (id: string, title: string, severity: RuleHealth['severity']): RuleHealth => {
      const mine = findings.filter((one) => one.rule === id);
      const judged = mine.filter((one) => one.state.decision !== null);
      return {
        id,
        title,
        description: 'What the rule looks for.',
        severity,
        technique: { id: 'T1110', name: 'Brute force', attackVersion: '17.1' },
        controls: ['SOC 2 CC6.1'],
        enabled: off.get(id)?.enabled ?? true,
        version: 2,
        falsePositives: ['A new laptop'],
        runbook: 'Ask the person.',
        kind: 'sigma',
        own: texts.has(id),
        text: texts.get(id) ?? `title: ${title}\nname: ${id}\n`,
        problem: null,
        findings: mine.length,
        leading: mine.length,
        decided: judged.length,
        benign: judged.filter((one) => one.state.status === 'benign').length,
        suppressed: mine.filter((one) => one.state.suppression !== null).length,
        last: mine[0]?.last ?? null,
        ms: 3.2,
        switched: off.get(id) ?? null,
      };
    };
    return [
      ...[...texts].map(([id, text]) => base(id, titleIn(text), 'low')),
      base('login_after_failures', 'Sign-in after many failures', 'critical'),
      base('repeated_failed_logins', 'Repeated failed sign-ins against one account', 'high'),
      base('token_outside_office_hours', 'API token created outside office hours', 'medium'),
      base('token_unused', 'Token unused for 120 days', 'low'),
      { ...base('dormant-account-active', 'Dormant account active', 'medium'), kind: 'code', text: null },
    ];
  }

  const methods: Record<string, (input: never) => unknown> = {
    findingsList: async () => {
      while (page.fake.state.hold) await new Promise((resolve) => setTimeout(resolve, 25));
      return {
        findings: await all(),
        rulesRun: 3,
        ms: 12,
        now,
        problems: [],
      };
    },
    findingsOpen: async (): Promise<Output<'findings.open'>> => {
      const findings = (await all()).filter(isOpen);
      return {
        severities: GRAVEST_FIRST.map((severity) => {
          const those = findings.filter((one) => one.severity === severity);
          return { severity, count: those.length, titles: [...new Set(those.map((one) => one.title))].slice(0, 3) };
        }),
        reviewer: reviewer(),
      };
    },
    findingsOfEntries: async ({ keys }: Input<'findings.ofEntries'>): Promise<Output<'findings.ofEntries'>> => {
      const findings = await all();
      return keys
        .map((key) => ({ key, findings: findings.filter((one) => one.entryKeys.includes(key)).map(briefOf) }))
        .filter((one) => one.findings.length > 0);
    },
    findingsMoments: async (): Promise<Output<'findings.moments'>> => {
      const grave = (await all()).filter((one) => GRAVEST_FIRST.indexOf(one.severity) < 2);
      return { moments: [...new Set(grave.map((one) => one.first))] };
    },
    findingsNamed: async ({ text, limit }: Input<'findings.named'>): Promise<Output<'findings.named'>> => {
      const words = text.toLowerCase().split(/\s+/u);
      const named = (await all()).filter((one) =>
        words.every((word) => `${one.title} ${one.actor} ${one.severity}`.toLowerCase().includes(word)),
      );
      return { findings: named.slice(0, limit).map(briefOf) };
    },
    findingsDecide: ({ ids, verdict, reason, by, expires }: Input<'findings.decide'>) =>
      add(ids, { verdict, reason, by, expires }),
    findingsUndo: ({ ids, reason, by }: Input<'findings.undo'>) =>
      add(ids, { verdict: 'undone', reason, by, expires: null }),
    findingsBaseline: async ({ id }: Input<'findings.baseline'>): Promise<Output<'findings.baseline'>> => {
      const finding = (await found({})).value.find((one) => one.id === id);
      if (!finding || finding.actor === null) return null;
      const entries = Array.from({ length: 168 }, (_, slot) => {
        const hour = slot % 24;
        return slot < 120 && hour >= 8 && hour < 18 ? 1 + ((slot * 7) % 9) : 0;
      });
      return {
        zone: options.zone,
        actor: finding.actor,
        from: finding.first - 300 * DAY,
        to: finding.first - DAY,
        entries,
        signIns: entries.map((n) => Math.floor(n / 3)),
        events: finding.entryKeys.slice(0, 2).map((key, i) => ({ key, ts: finding.first + i * 60_000, slot: 51 + i })),
      };
    },
    suppressionsList: async () => {
      const findings = await all();
      return suppressions.map((one) => ({
        ...one,
        findings: one.active ? findings.filter((f) => f.state.suppression === one.id).length : 0,
      }));
    },
    suppressionsAdd: ({ owner, reason, until, ...scope }: Input<'suppressions.add'>) => {
      writing();
      seq++;
      const id = `S-${seq}`;
      suppressions.push({
        id,
        rule: scope.rule,
        actor: scope.actor ?? null,
        address: scope.address ?? null,
        target: scope.target ?? null,
        owner,
        reason,
        at: now,
        until,
        ended: null,
        active: true,
        findings: 0,
      });
      page.fake.emit('FindingsChanged', {});
      return { id };
    },
    suppressionsEnd: ({ id, reason, by, showAgain }: Input<'suppressions.end'>) => {
      writing();
      const at = suppressions.findIndex((one) => one.id === id);
      const before = suppressions[at];
      if (before) suppressions[at] = { ...before, active: false, ended: { at: now, by, reason, void: showAgain } };
      page.fake.emit('FindingsChanged', {});
      return {};
    },
    rulesList: rules,
    rulesSetEnabled: ({ rule, enabled, reason, by }: Input<'rules.setEnabled'>) => {
      writing();
      off.set(rule, { enabled, reason, by, at: now });
      page.fake.emit('FindingsChanged', {});
      return {};
    },
    rulesValidate: ({ text }: Input<'rules.validate'>) => {
      const problems = problemsOf(text);
      return {
        problems,
        rules: problems.length > 0 ? [] : [{ id: nameIn(text), title: titleIn(text), severity: 'low' }],
      };
    },
    rulesBackTest: async ({ text, from }: Input<'rules.backTest'>): Promise<Output<'rules.backTest'>> => {
      const problems = problemsOf(text);
      const findings = problems.length > 0 ? [] : (await found({})).value.slice(0, 2);
      return {
        problems,
        entries: 4000,
        total: findings.length === 0 ? 0 : from === null ? 23 : 14,
        findings,
        months: findings.length === 0 ? [] : [{ month: '2026-10', count: 14 }],
        ms: 41,
      };
    },
    rulesSave: ({ text }: Input<'rules.save'>) => {
      writing();
      texts.set(nameIn(text), text);
      page.fake.emit('FindingsChanged', {});
      return { ids: [nameIn(text)] };
    },
    rulesRemove: ({ rule }: Input<'rules.remove'>) => {
      writing();
      texts.delete(rule);
      page.fake.emit('FindingsChanged', {});
      return {};
    },
    geoPlaces: ({ addresses }: Input<'geo.places'>) => ({
      places: addresses.map((address) => ({
        address,
        country: 'NL',
        network: { number: 64_500, name: 'Quaymark' },
      })),
      date: '2026-06-01',
      credit: 'DB-IP',
    }),
  };
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
