import type { IncidentModel } from '../../../src/main/core/report/incident/incident-model.ts';
import { periodOf } from '../../../src/main/core/report/period.ts';
import type { CaseDetail, CaseEvent, RemedyCheck, ScopeThing } from '../../../src/shared/case-schema.ts';

const START = Date.parse('2026-10-14T01:31:04Z');
const PHASES = ['reconnaissance', 'initial_access', 'persistence', 'impact', 'containment'] as const;
export const LONG = `Nādiya ${'very long name '.repeat(19)}عبد الله`;

/** A case with so many events; some notes are taller than a page, some names longer than a line. */
export function incidentModel(events: number): IncidentModel {
  const timeline = Array.from({ length: events }, (_, i) => event(i));
  const last = timeline.at(-1)?.ts ?? START;
  return {
    organisation: 'Alfama Systems',
    archive: { id: '3f0c9f54-5a55-4c5e-9d3c-6b1f1f8a0001', version: events },
    head: 'c4'.repeat(32),
    generatedAt: Date.parse('2026-10-15T08:45:00Z'),
    period: periodOf({ fromDay: '2026-10-14', toDay: '2026-10-15', zone: 'Europe/Lisbon' }),
    detail: detail(events, last),
    events: timeline,
    scope: {
      seeds: [],
      things: [
        thing('person', 'ines.duarte@alfama.example', 'Ines Duarte', 'seed'),
        thing('address', '203.0.113.77', '203.0.113.77', 'accepted'),
        thing('token', 'tok_9', LONG, 'suggested'),
        thing('device', 'curl/8.5', 'curl/8.5', 'rejected'),
      ],
      total: 204,
      first: START,
      last,
      steps: 3,
      more: false,
    },
    remedies: [
      remedy('Revoke ci-deploy-2', 'done'),
      remedy('Require a second factor of Ines Duarte', 'missing'),
      remedy(`Suspend ${LONG}`, 'undone'),
      remedy('Ask for the database log', 'by_hand'),
    ],
  };
}

function event(i: number): CaseEvent {
  const ts = START + i * 97_000;
  const notes = i % 5 === 1 ? [note(i), ...(i % 35 === 1 ? [{ ...note(i), text: tall(i) }] : [])] : [];
  const placed = { id: `E-${i + 3}`, ts, phase: PHASES[Math.min(4, Math.floor(i / 9))] ?? null, technique: null };
  const all = { ...placed, notes, by: 'Marta Quintela', at: ts + 9e6 };
  if (i % 11 === 7) return { ...all, kind: 'manual', title: `Call ${i} with Ines: not her`, source: 'Phone, SEC-482' };
  if (i % 13 === 9)
    return {
      ...all,
      kind: 'foreign',
      title: `firewall line ${i}`,
      file: 'firewall.csv',
      sha256: 'ab'.repeat(32),
      fileLine: i,
      fields: { verdict: 'allow' },
    };
  return {
    ...all,
    technique: 'T1078',
    kind: 'entry',
    leaf: (i % 251).toString(16).padStart(2, '0').repeat(32),
    state: 'holds',
    country: 'NL',
    row: {
      key: i,
      id: `log_${String(i).padStart(12, '0')}`,
      ts,
      actor: { id: 'usr_1', name: 'Ines Duarte', email: 'ines.duarte@alfama.example' },
      action: i % 3 === 0 ? 'user.login' : 'api_token.created',
      target: i % 17 === 0 ? { id: 't', name: `${LONG} ${i}`, type: 'api_token' } : null,
      address: '203.0.113.77',
      agent: null,
      team: null,
    },
  };
}

const note = (i: number) => ({
  line: i + 1,
  text: `Note ${i}: six addresses, 30 s apart.`,
  by: 'Marta Quintela',
  at: START,
});
const tall = (i: number) => Array.from({ length: 90 }, (_, n) => `Line ${n} of the long note ${i}.`).join('\n');

function detail(events: number, last: number): CaseDetail {
  return {
    id: 'C-31',
    title: 'Night sign-in, token and open allow-list',
    severity: 'critical',
    lead: 'Marta Quintela',
    status: 'contained',
    openedAt: START + 6 * 3_600_000,
    openedBy: 'Marta Quintela',
    aware: START + 6 * 3_600_000,
    contained: START + 7 * 3_600_000,
    closed: null,
    clocks: [
      {
        id: 'gdpr-33',
        name: 'GDPR notice to the authority (Art. 33)',
        hours: 72,
        dueAt: START + 78 * 3_600_000,
        met: null,
      },
    ],
    events,
    first: events === 0 ? null : START,
    last: events === 0 ? null : last,
    findings: ['F-1'],
    seenAgain: 0,
    held: true,
    summary: 'Somebody signed in at night with a password used elsewhere, made a token and opened the allow-list.',
    gaps: [{ from: '2026-10-15', to: '2026-10-15', days: 1, state: 'partial' }],
    story: {
      text: 'It began with guesses [E-3].\n\nThen a token was made [E-5], and the list was opened.',
      by: 'Marta Quintela',
      at: START + 8 * 3_600_000,
      citations: [],
    },
    breach: { facts: 'A password was known.', effects: 'One replica was reachable.', action: 'Token revoked.' },
    watched: [],
    notes: [],
    history: [
      { line: 3, at: START, by: 'Marta Quintela', words: 'Opened the case' },
      { line: 9, at: START + 1000, by: LONG, words: 'Pinned 12 entries' },
    ],
    missing: [],
  };
}

function thing(kind: ScopeThing['kind'], value: string, label: string, state: ScopeThing['state']): ScopeThing {
  const reasons = ['Signed in from an address nobody had used before.', 'Acted 12 s after the failed sign-ins.'];
  const said = { score: 0.9, reasons, step: 1, entries: 12, ordinary: 3, first: START, last: START + 9_000_000 };
  return { kind, value, label, state, ...said, standing: { words: 'revoked 14 Oct 2026', stands: false } };
}

function remedy(words: string, state: RemedyCheck['state']): RemedyCheck {
  const seen = { key: 1, at: START + 9_000_000, by: 'Pedro Nunes' };
  return {
    remedy: 'revoke_token',
    thing: { kind: 'token', value: 'tok_9', label: 'ci-deploy-2' },
    words,
    state,
    since: START,
    done: state === 'done' || state === 'undone' ? seen : null,
    undone: state === 'undone' ? { ...seen, at: seen.at + 60_000 } : null,
    note: state === 'by_hand' ? 'SEC-482' : null,
  };
}
