import { describe, expect, test } from 'vitest';
import { parseEntry } from '../../../src/main/core/jetty/parse-entry.ts';
import { type Organisation, organisation } from '../../../src/main/core/simulator/organisation.ts';
import { USUAL_STORY_NAMES } from '../../../src/main/core/simulator/stories/catalogue.ts';
import { DAYS_LATE } from '../../../src/main/core/simulator/stories/late-leaver.ts';
import { describeAction, knownActions } from '../../../src/shared/action.ts';
import { type Item, NOW, SMALL } from './support.ts';

const decode = (raw: Uint8Array): Item => JSON.parse(Buffer.from(raw).toString()) as Item;
const itemsOf = (log: Organisation): Item[] => [...log.entries()].map((entry) => decode(entry.raw));
const bytesOf = (log: Organisation): string => [...log.entries()].map((entry) => Buffer.from(entry.raw)).join('\n');

describe('the size of a made-up organisation', () => {
  const sizes = [
    [0, 1],
    [0, 40],
    [1, 1],
    [7, 1],
    [10, 3],
    [100, 30],
    [999, 2],
    [2500, 30],
    [12_345, 365],
    [400, 1200],
  ] as const;
  test.each(sizes)('%i entries over %i days are exactly so many', (entries, days) => {
    for (const seed of [1, 2, 2 ** 40]) {
      const log = organisation({ entries, days, seed, now: NOW });
      const counts = Array.from({ length: days }, (_, day) => [log.countOfDay(day), log.entriesOfDay(day).length]);
      expect(counts.every(([promised, made]) => promised === made)).toBe(true);
      expect(counts.reduce((sum, [count]) => sum + count!, 0)).toBe(entries);
    }
  });

  test('a day that has only just begun takes its share, also when it is all there is', () => {
    for (const now of [Date.parse('2026-11-24T00:00:00Z'), Date.parse('2026-11-24T00:00:00.001Z')]) {
      const log = organisation({ entries: 50, days: 1, seed: 3, now });
      expect([...log.entries()].map((entry) => entry.ts <= now)).toEqual(Array(50).fill(true));
    }
  });

  test('weekends are thin', () => {
    const log = organisation({ ...SMALL, entries: 5000, days: 63 });
    const mean = (wanted: (weekday: number) => boolean) => {
      const days = Array.from({ length: log.days - 1 }, (_, day) => day).filter((day) =>
        wanted(new Date(log.startOf(day)).getUTCDay()),
      );
      return days.reduce((sum, day) => sum + log.countOfDay(day), 0) / days.length;
    };
    expect(mean((day) => day === 0 || day === 6)).toBeLessThan(mean((day) => day > 0 && day < 6) / 3);
  });
});

describe('determinism', () => {
  test('the same options give the same bytes; another seed gives others', () => {
    expect(bytesOf(organisation(SMALL))).toBe(bytesOf(organisation(SMALL)));
    expect(bytesOf(organisation(SMALL))).not.toBe(bytesOf(organisation({ ...SMALL, seed: 8 })));
  });

  test('a day is the same whatever was made before it', () => {
    const forwards = organisation(SMALL);
    const all = Array.from({ length: SMALL.days }, (_, day) => forwards.entriesOfDay(day).map((entry) => entry.id));
    const alone = organisation(SMALL);
    expect(alone.entriesOfDay(17).map((entry) => entry.id)).toEqual(all[17]);
    expect(alone.daysMade()).toBe(1);
  });

  test('forgotten days come back as they were', () => {
    const log = organisation({ ...SMALL, entries: 3000, days: 120 });
    const before = bytesOf(log);
    const once = log.daysMade();
    expect(bytesOf(log)).toBe(before);
    expect(log.daysMade()).toBeGreaterThan(once);
  });
});

describe('order and identity', () => {
  const log = organisation({ ...SMALL, entries: 20_000, days: 365 });
  const entries = [...log.entries()];

  test('ids are unique and look like the product’s', () => {
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(20_000);
    expect(entries.every((entry) => /^log_[0-9a-f]{12}$/.test(entry.id))).toBe(true);
  });

  test('entries are in order of instant, then id, each on its own day, none in the future', () => {
    for (const [i, entry] of entries.entries()) {
      const next = entries[i + 1];
      if (next && (entry.ts > next.ts || (entry.ts === next.ts && entry.id >= next.id))) throw new Error(entry.id);
    }
    for (let day = 0; day < log.days; day++)
      for (const entry of log.entriesOfDay(day)) if (log.dayOf(entry.ts) !== day) throw new Error(entry.id);
    expect(entries.at(-1)!.ts).toBeLessThanOrEqual(NOW);
  });

  test('what is said beside the bytes is what the bytes say', () => {
    for (const entry of entries) {
      const item = decode(entry.raw);
      const said = [item.id, Date.parse(item.timestamp), item.action, item.actor?.id ?? null];
      expect(said).toEqual([entry.id, entry.ts, entry.action, entry.actorId]);
    }
  });
});

describe('what the log holds', () => {
  const year = organisation({ ...SMALL, entries: 25_000, days: 365 });
  const items = itemsOf(year);
  const actions = new Set(items.map((item) => item.action));

  test('every entry can be read, and every action is a known one', () => {
    for (const entry of year.entries()) if (parseEntry(entry.raw).entry === null) throw new Error(entry.id);
    const known = new Set(knownActions());
    expect([...actions].filter((action) => !known.has(action))).toEqual([]);
  });

  test('everything the product says it logs occurs, in a year and in a month', () => {
    const spellingsUnused = [
      'user.failed_login',
      'security.login_failed',
      'user.locked',
      'security.password_changed',
      'security.password_reset',
      'security.session_revoked',
      'team.role_changed',
      'organization.member_role_changed',
    ];
    const expected = knownActions().filter((action) => !spellingsUnused.includes(action));
    expect(expected.filter((action) => !actions.has(action))).toEqual([]);
    const month = new Set(itemsOf(organisation({ ...SMALL, entries: 2500, days: 30 })).map((item) => item.action));
    expect(expected.filter((action) => !month.has(action))).toEqual([]);
  });

  test('it has the quirks of real logs', () => {
    expect(items.some((item) => item.actor === null)).toBe(true);
    expect(items.some((item) => item.target === null)).toBe(true);
    expect(items.some((item) => item.context === null)).toBe(true);
    expect(items.some((item) => item.context?.team_id === null)).toBe(true);
    expect(items.some((item) => Array.isArray(item.metadata))).toBe(true);
    expect(items.every((item) => Array.isArray(item.metadata) || Object.keys(item.metadata).length > 0)).toBe(true);
    expect(new Set(items.map((item) => item.timestamp.length))).toEqual(new Set([20, 24, 27]));
  });

  test('sixty people of many scripts and their service accounts act, from three offices and five teams', () => {
    const people = new Map(items.flatMap((item) => (item.actor ? [[item.actor.email, item.actor.name] as const] : [])));
    const staff = [...people].filter(([email]) => email.endsWith('@alder-quay.example'));
    expect(staff).toHaveLength(60);
    const names = staff.map(([, name]) => name).join(' ');
    for (const script of ['Greek', 'Cyrillic', 'Arabic', 'Han', 'Hiragana', 'Hangul'])
      expect(names).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
    expect(new Set(items.flatMap((item) => item.context?.team_name ?? [])).size).toBe(5);
    const addresses = new Set(items.map((item) => item.context?.ip_address));
    for (const office of ['213.22.41.18', '207.35.12.66', '203.126.14.130']) expect(addresses).toContain(office);
  });

  test('what is stopped was started', () => {
    const started = new Set(items.filter((i) => i.action === 'tunnel.started').map((i) => i.target?.id));
    const stopped = items.filter((item) => item.action === 'tunnel.stopped');
    expect(stopped.filter((item) => !started.has(item.target?.id))).toEqual([]);
  });

  test('changes of scopes and roles say from what to what', () => {
    for (const item of items.filter((entry) => entry.action === 'security.api_token_scopes_changed'))
      expect(item.metadata).toMatchObject({ from: expect.any(Array), to: expect.any(Array) });
    for (const item of items.filter((entry) => entry.action === 'team.member_role_changed'))
      expect(item.metadata).toMatchObject({ from: expect.any(String), to: expect.any(String) });
  });
});

describe('stories', () => {
  const options = { ...SMALL, entries: 25_000, days: 365 };

  test.each([30, 90, 365])('all are planted in %i days, in the later part, and their entries exist', (days) => {
    const log = organisation({ ...options, entries: 3000, days });
    const ids = new Map([...log.entries()].map((entry) => [entry.id, entry.ts]));
    expect(log.leftOut()).toEqual([]);
    expect(log.stories().map((story) => story.name)).toEqual(USUAL_STORY_NAMES);
    for (const story of log.stories()) {
      const instants = story.entryIds.map((id) => ids.get(id)!);
      expect(instants).toEqual(instants.toSorted((a, b) => a - b));
      expect([instants[0], instants.at(-1)]).toEqual([story.first, story.last]);
      expect(story.first).toBeGreaterThanOrEqual(log.startOf(Math.ceil(days * 0.2)));
      for (const id of story.aftermathIds) expect(ids.has(id)).toBe(true);
    }
    const claimed = log.stories().flatMap((story) => [...story.entryIds, ...story.aftermathIds]);
    expect(new Set(claimed).size).toBe(claimed.length);
  });

  const log = organisation(options);
  const byId = new Map(itemsOf(log).map((item) => [item.id, item]));
  const tale = (name: string) =>
    log
      .stories()
      .find((story) => story.name === name)!
      .entryIds.map((id) => byId.get(id)!);

  test('the spray tries many accounts once each from one network, and gets in nowhere', () => {
    const entries = tale('password-spray');
    expect(new Set(entries.map((item) => item.action))).toEqual(new Set(['user.login_failed']));
    expect(new Set(entries.map((item) => item.actor?.id ?? item.target?.name)).size).toBe(entries.length);
    expect(new Set(entries.map((item) => item.context?.ip_address?.replace(/\d+$/, ''))).size).toBe(1);
    expect(entries.length).toBeGreaterThan(40);
  });

  test('the brute force succeeds and the intruder digs in', () => {
    const entries = tale('brute-force-takeover');
    const meanings = entries.map((item) => describeAction(item.action).meaning);
    const success = meanings.indexOf('login_succeeded');
    expect(meanings.slice(0, success)).toEqual(Array(success).fill('login_failed'));
    expect(success).toBeGreaterThan(30);
    expect(meanings.slice(success)).toEqual(
      expect.arrayContaining(['token_created', 'allowlist_changed', 'tunnel_started', 'sessions_revoked']),
    );
    const opened = entries.find((item) => item.action === 'tunnel.ip_allowlist_changed')!;
    expect(opened.metadata).toMatchObject({ after: ['0.0.0.0/0'] });
    const [victim] = entries;
    const revoked = entries.filter((item) => item.action === 'security.sessions_revoked');
    expect(revoked.every((item) => item.target?.id !== victim!.actor?.id)).toBe(true);
  });

  test('the leaver signs in after leaving, and is removed 19 days later', () => {
    const entries = tale('late-leaver');
    const removal = entries.at(-1)!;
    expect(removal.action).toBe('team.member_removed');
    const { leave_date } = removal.metadata as { leave_date: string };
    expect((Date.parse(removal.timestamp.slice(0, 10)) - Date.parse(leave_date)) / 86_400_000).toBe(DAYS_LATE);
    const leaver = removal.target!.id;
    const own = [...byId.values()].filter(
      (item) => item.actor?.id === leaver && item.timestamp.slice(0, 10) > leave_date,
    );
    expect(own.map((item) => item.id)).toEqual(entries.filter((item) => item.actor?.id === leaver).map((i) => i.id));
    expect(own.length).toBeGreaterThan(4);
  });

  test('the admin grants himself a role', () => {
    const [grant] = tale('self-grant');
    expect(grant!.target?.id).toBe(grant!.actor?.id);
    expect(grant!.metadata).toMatchObject({ from: 'admin', to: 'owner' });
  });

  test('the card is changed by somebody who never touches billing otherwise', () => {
    const entries = tale('card-change');
    const person = entries[0]!.actor!.id;
    const billing = [...byId.values()].filter((i) => i.actor?.id === person && i.action.startsWith('billing.'));
    expect(billing.map((item) => item.id).every((id) => entries.some((item) => item.id === id))).toBe(true);
    expect(billing).toHaveLength(3);
  });

  test('only those asked for are planted', () => {
    const one = organisation({ ...options, incidents: ['self-grant'] });
    expect(one.stories().map((story) => story.name)).toEqual(['self-grant']);
    expect(() => organisation({ ...options, incidents: ['alien-landing'] })).toThrow(/alien-landing/);
  });

  test('what does not fit is left out, and said', () => {
    const short = organisation({ ...options, entries: 2000, days: 10 });
    expect(short.leftOut()).toEqual([{ name: 'late-leaver', reason: expect.stringContaining('days') }]);
    const few = organisation({ ...options, entries: 60 });
    expect(few.leftOut().map((story) => story.name)).toContain('password-spray');
    expect(few.leftOut()[0]!.reason).toMatch(/entries/);
  });

  test('a quiet organisation has no attack: few failures in a row, no open list, nobody promotes himself', () => {
    const quiet = itemsOf(organisation({ ...options, incidents: [] }));
    const rows = new Map<string, number>();
    let longRows = 0;
    for (const item of quiet) {
      const who = item.actor?.id ?? '';
      const failed = item.action === 'user.login_failed' && who !== '';
      if (!failed && item.action !== 'user.login') continue;
      rows.set(who, failed ? (rows.get(who) ?? 0) + 1 : 0);
      if (rows.get(who) === 4) longRows++;
    }
    expect(longRows).toBeLessThanOrEqual(4);
    expect(quiet.filter((item) => JSON.stringify(item.metadata).includes('0.0.0.0/0'))).toEqual([]);
    const own = quiet.filter((i) => i.action === 'team.member_role_changed' && i.target?.id === i.actor?.id);
    expect(own).toEqual([]);
  });
});
