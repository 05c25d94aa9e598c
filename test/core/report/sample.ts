import type { DayCoverage } from '../../../src/shared/coverage.ts';
import type { Finding, RuleInfo, Severity } from '../../../src/shared/finding.ts';
import { fakeReader, type Served } from './fake-reader.ts';

// A made-up quarter of a made-up organisation, with names in many scripts and a few hostile ones; the same every time.

const NAMES = [
  ['Marta Quintela', 'marta'],
  ['Tomás Rebelo', 'tomas'],
  ['Søren Ångström-Ðuro', 'soren'],
  ['Ελένη Παπαδοπούλου', 'eleni'],
  ['Наталия Вікторівна', 'natalia'],
  ['محمد علي حسن', 'mohammed'],
  ['שרה כהן (Ops)', 'sarah'],
  ['王小明', 'wang'],
  ['田中 さくら', 'tanaka'],
  ['김철수', 'kim'],
  ['अनिता शर्मा', 'anita'],
  ['Zoë 👩‍💻', 'zoe'],
  ['Jonas Weidner', 'jonas'],
  ['evil\u202Egpj.exe', 'evil'],
  ['ad\u200Dmin\u0000', 'admin2'],
  ['x'.repeat(300), 'long'],
] as const;

const USUAL = [
  ['user.login', 46],
  ['user.logout', 20],
  ['user.login_failed', 7],
  ['tunnel.started', 24],
  ['tunnel.stopped', 20],
  ['tunnel.created', 6],
  ['tunnel.deleted', 5],
  ['tunnel.settings_updated', 2],
  ['billing.invoice_generated', 0.4],
  ['billing.payment_succeeded', 0.4],
  ['security.api_token_created', 0.5],
  ['security.api_token_revoked', 0.35],
  ['team.member_added', 0.3],
  ['team.member_removed', 0.2],
  ['team.member_role_changed', 0.3],
  ['security.two_factor_enabled', 0.2],
  ['tunnel.ip_allowlist_changed', 0.15],
  ['user.password_changed', 0.8],
  ['user.updated', 1.2],
  ['security.webhook_secret_rotated', 0.05],
  ['workspace.theme_changed', 0.3],
] as const;

/** mulberry32: small, and the same everywhere. */
function dice(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type Sample = {
  readonly reader: ReturnType<typeof fakeReader>;
  readonly findings: readonly Finding[];
  readonly rules: readonly RuleInfo[];
  readonly entries: readonly Served[];
};

const FROM = Date.UTC(2026, 6, 1);
const DAYS = 92;

/** `size` entries from July to September 2026 in an archive whose ledger has gaps, and a finding for every 2,000. */
export function sampleQuarter(size: number, findingCount = 12): Sample {
  const random = dice(7);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const total = USUAL.reduce((sum, [, weight]) => sum + weight, 0);
  const action = (): string => {
    let at = random() * total;
    for (const [name, weight] of USUAL) {
      at -= weight;
      if (at <= 0) return name;
    }
    return 'user.login';
  };
  const entries: Served[] = [];
  while (entries.length < size) {
    const day = Math.floor(random() * DAYS);
    const weekend = [0, 6].includes(new Date(FROM + day * 86_400_000).getUTCDay());
    if (weekend && random() < 0.75) continue;
    const hour = Math.min(23, Math.max(0, 13 + (random() + random() + random() - 1.5) * 8));
    const ms = FROM + day * 86_400_000 + Math.floor(hour * 3_600_000);
    entries.push(entry(entries.length, ms, action(), pick(NAMES), random));
  }
  const sorted = [...entries].sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
  const reader = fakeReader({ entries, coverage: ledger(sorted), unreadable: 3, changedUpstream: 1 });
  return { reader, entries, rules: RULES, findings: findingsOf(sorted, findingCount, reader, random) };
}

function entry(
  n: number,
  ms: number,
  action: string,
  [name, mail]: readonly [string, string],
  random: () => number,
): Served {
  const id = `log_${(n * 2_654_435_761 + 12_345).toString(16).padStart(12, '0').slice(-12)}`;
  const metadata: Record<string, unknown> = {};
  if (action.includes('role')) Object.assign(metadata, { from: 'member', to: random() < 0.2 ? 'owner' : 'admin' });
  if (action.includes('token')) Object.assign(metadata, { name: 'deploy', scopes: ['tunnels:write', 'logs:read'] });
  if (action.includes('allowlist')) Object.assign(metadata, { added: ['0.0.0.0/0'], removed: ['10.0.0.0/8'] });
  return {
    id,
    timestamp: new Date(Math.floor(ms / 1000) * 1000).toISOString().replace('.000', ''),
    actor: random() < 0.01 ? null : { id: `user_${mail}`, name, email: `${mail}@alfama.example` },
    action,
    target: action.startsWith('tunnel')
      ? { type: 'tunnel', id: `tunnel_${n % 97}`, name: `api-staging-${n % 97}.tunnels.usejetty.online` }
      : action.startsWith('team')
        ? { type: 'user', id: 'user_jonas', name: 'Jonas Weidner' }
        : null,
    context: {
      ip_address: random() < 0.1 ? `2001:db8:85a3::8a2e:370:${(n % 9000) + 1000}` : `203.0.113.${n % 250}`,
      user_agent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Safari/605.1.15',
      team_id: 'team_1',
      team_name: random() < 0.5 ? 'Engineering' : 'Betrieb & Öffentlichkeit',
    },
    metadata: Object.keys(metadata).length > 0 ? metadata : [],
  };
}

function ledger(sorted: readonly Served[]): DayCoverage[] {
  const counts = new Map<string, number>();
  for (const { timestamp } of sorted) counts.set(timestamp.slice(0, 10), (counts.get(timestamp.slice(0, 10)) ?? 0) + 1);
  const days: DayCoverage[] = [];
  for (let i = -1; i < DAYS; i += 1) {
    const ms = FROM + i * 86_400_000;
    const day = new Date(ms).toISOString().slice(0, 10);
    const stored = counts.get(day) ?? 0;
    const usual = { day, stored, checkedAt: new Date(ms + 108_000_000).toISOString(), note: null };
    if (i < 3)
      days.push({ ...usual, state: 'imported', served: null, checkedAt: null, note: 'from backup-2026-07.ndjson' });
    else if (i === 20 || i === 21)
      days.push({ ...usual, state: 'lost', served: null, note: 'out of retention before it was fetched' });
    else if (i === 64)
      days.push({
        ...usual,
        state: 'partial',
        served: stored + 38,
        note: 'the server counted 38 entries more than it gave',
      });
    else if (i === 91) days.push({ ...usual, state: 'pending', served: null, checkedAt: null });
    else days.push({ ...usual, state: 'complete', served: stored });
  }
  return days;
}

const rule = (
  id: string,
  title: string,
  severity: Severity,
  controls: string[],
  technique: [string, string] | null,
  description: string,
): RuleInfo => ({
  id,
  title,
  description,
  severity,
  controls,
  technique: technique && { id: technique[0], name: technique[1], attackVersion: '17.1' },
  enabled: true,
  version: 3,
});

const RULES: readonly RuleInfo[] = [
  rule(
    'failed-logins',
    'Repeated failed sign-ins',
    'medium',
    ['SOC2 CC6.1', 'SOC2 CC6.6'],
    ['T1110.003', 'Password Spraying'],
    'Twenty or more failed sign-ins from one address within ten minutes.',
  ),
  rule(
    'failures-then-success',
    'Sign-in after many failures',
    'critical',
    ['CC6.1', 'CC7.2'],
    ['T1110', 'Brute Force'],
    'Ten or more failures on an account, then a success within one hour.',
  ),
  rule(
    'token-at-night',
    'Token created outside office hours',
    'high',
    ['soc2:CC6.3'],
    ['T1098.001', 'Additional Cloud Credentials'],
    'An API token created outside the office hours of the person’s own zone.',
  ),
  rule(
    'self-grant',
    'Role granted to oneself',
    'high',
    ['CC6.3'],
    null,
    'Somebody changes their own role to a higher one.',
  ),
  rule(
    'late-removal',
    'Leaver removed late',
    'low',
    ['CC6.2'],
    null,
    'A member removed more than one day after the leave date.',
  ),
  {
    ...rule('payment-change', 'Payment method changed', 'info', ['CC8.1'], null, 'Any change of the payment method.'),
    enabled: false,
  },
];

const WHYS = [
  '27 failed sign-ins over 14 accounts from 203.0.113.9 within 8 minutes; the median of the 30 days before is 1.',
  '12 failures on the account, then a success 4 minutes later from an address never seen before.',
  '03:12 in Lisbon; of 214 earlier sign-ins none between 22:00 and 07:00.',
  'Tomás Rebelo gave himself Owner; nobody else approved it within 24 hours.',
  'Removed 19 days after the leave date; the rule allows 1 day. 3 sign-ins in between.',
];

function findingsOf(
  sorted: readonly Served[],
  count: number,
  reader: ReturnType<typeof fakeReader>,
  random: () => number,
): Finding[] {
  const findings: Finding[] = [];
  const sizes = [27, 1, 4, 2, 187, 3, 1, 12, 5, 1, 2, 9];
  for (let i = 0; i < count && sorted.length > 0; i += 1) {
    const n = Math.min(sizes[i % sizes.length] ?? 1, sorted.length);
    const start = Math.floor(random() * (sorted.length - n));
    const entries = sorted.slice(start, start + n);
    const own = RULES[i % 5] as RuleInfo;
    findings.push({
      id: `finding-${i}`,
      rule: own.id,
      title: own.title,
      severity: own.severity,
      technique: own.technique,
      controls: own.controls,
      actor: null,
      address: null,
      entryIds: entries.map((e) => e.id),
      entryKeys: entries.map((e) => reader.keyOf(e.id)),
      first: Date.parse(entries[0]?.timestamp ?? ''),
      last: Date.parse(entries.at(-1)?.timestamp ?? ''),
      why: WHYS[i % WHYS.length] ?? '',
    });
  }
  if (count > 1) {
    const ms = Date.UTC(2026, 9, 14, 2, 12);
    findings.push({
      ...(findings[1] as Finding),
      id: 'finding-after',
      title: 'Sign-in after many failures',
      severity: 'critical',
      entryIds: ['log_after'],
      entryKeys: [1],
      first: ms,
      last: ms,
      why: 'After 187 failed sign-ins over 41 accounts one account was entered from an unfamiliar network.',
    });
  }
  return findings;
}
