import type { Input, Output } from '../../src/shared/contract.ts';
import type { EntryRow } from '../../src/shared/entry.ts';
import type { Result } from '../../src/shared/errors.ts';
import type { LifeEvent, ProfileItem, ProfileSide, SliceName } from '../../src/shared/profile-contract.ts';
import type { FakeOptions } from './fake-bridge.ts';

/**
 * What the main process answers about people, addresses, tunnels, teams and tokens, worked out from the entries of the
 * fake bridge. Put into a page as text, so it reaches for nothing outside itself.
 */
export function installFakeProfiles(options: FakeOptions): void {
  type Bridge = Record<string, (input: unknown) => Promise<Result<unknown>>>;
  const page = window as unknown as { logbook: Bridge; fake: { calls: { name: string; input: unknown }[] } };
  const ask = async <T>(name: string, input: unknown): Promise<T> => {
    const answer = await page.logbook[name]?.(input);
    return (answer as { value: T }).value;
  };
  type Terms = ProfileSide['terms'];
  const SIDES = {
    person: [
      ['by', 'actor'],
      ['to', 'target'],
    ],
    address: [['from', 'ip']],
    tunnel: [['to', 'target']],
    team: [
      ['in', 'team'],
      ['to', 'target'],
    ],
    token: [
      ['to', 'target'],
      ['by', 'actor'],
    ],
  } as const;
  const SLICES: readonly (readonly [
    by: SliceName,
    field: 'category' | 'action' | 'actor' | 'target' | 'team' | 'ip',
  ])[] = [
    ['category', 'category'],
    ['action', 'action'],
    ['person', 'actor'],
    ['target', 'target'],
    ['team', 'team'],
    ['address', 'ip'],
  ];

  async function rowsOf(terms: Terms): Promise<readonly EntryRow[]> {
    const { rows } = await ask<{ rows: readonly EntryRow[] }>('entriesRows', {
      filter: { terms },
      zone: options.zone,
      offset: 0,
      limit: 500,
    });
    return rows;
  }

  function itemOf(
    by: SliceName,
    field: Terms[number]['field'],
    one: Output<'entries.facets'>[0]['values'][0],
  ): ProfileItem {
    const entity =
      one.value === null
        ? null
        : by === 'person' || by === 'address' || by === 'team'
          ? { kind: by, value: one.value }
          : by === 'target'
            ? { kind: 'tunnel' as const, value: one.value }
            : null;
    return {
      value: one.value,
      label: one.label,
      detail: by === 'target' ? 'tunnel' : null,
      place: by === 'address' && one.value !== null ? { country: 'NL', network: 'Quaymark' } : null,
      entity,
      terms: [{ field, value: one.value ?? '', negated: false }],
      count: one.count,
      first: options.now - 90 * 86_400_000,
      last: options.now - 3_600_000,
    };
  }

  async function sideOf(side: ProfileSide['side'], terms: Terms): Promise<ProfileSide> {
    const rows = await rowsOf(terms);
    const { total } = await ask<{ total: number }>('entriesCount', { filter: { terms }, zone: options.zone });
    const own = new Set(terms.map((term) => term.field));
    const slices = SLICES.filter(([, field]) => !own.has(field));
    const facets = await ask<Output<'entries.facets'>>('entriesFacets', {
      filter: { terms },
      zone: options.zone,
      fields: slices.map(([, field]) => field),
      limit: 40,
    });
    return {
      side,
      terms,
      total,
      first: rows.at(-1)?.ts ?? null,
      last: rows[0]?.ts ?? null,
      hours: Array.from({ length: 168 }, (_, slot) => (slot < 120 && slot % 24 > 7 && slot % 24 < 19 ? slot % 5 : 0)),
      slices: slices.map(([by, field], i) => ({
        by,
        items: (facets[i]?.values ?? []).filter(({ count }) => count > 0).map((one) => itemOf(by, field, one)),
        rest: { values: 0, count: 0, terms: [] },
      })),
    };
  }

  function eventOf(row: EntryRow, side: ProfileSide['side'], edge: LifeEvent['edge']): LifeEvent {
    const { key, ts, actor, action, target } = row;
    return {
      key,
      ts,
      side,
      actor,
      action,
      target,
      from: null,
      to: null,
      role: null,
      reason: edge ? null : 'Rotation',
      edge,
    };
  }

  async function profile({ kind, value }: Input<'profile.get'>): Promise<Output<'profile.get'>> {
    const sides = await Promise.all(
      SIDES[kind].map(([side, field]) => sideOf(side, [{ field, value, negated: false }])),
    );
    const main = sides.find(({ total }) => total > 0);
    const rows = main ? [...(await rowsOf(main.terms))].reverse() : [];
    const names = main?.side === 'by' ? rows.flatMap(({ actor }) => (actor ? [actor] : [])) : [];
    const [first, last] = [rows[0], rows.at(-1)];
    const known = (as: 'name' | 'email' | 'id', text: string | null | undefined) =>
      text == null || !first || !last ? [] : [{ as, value: text, first: first.ts, last: last.ts }];
    const told = rows.filter(({ action }) => /created|allowlist|deleted/.test(action)).slice(0, 20);
    return {
      kind,
      value,
      knownAs: [...known('name', names[0]?.name), ...known('email', names[0]?.email), ...known('id', names[0]?.id)],
      place: kind === 'address' ? { country: 'NL', network: 'Quaymark' } : null,
      places: { date: '2026-06-01', credit: 'IP Geolocation by DB-IP' },
      sides,
      lifeline: {
        events:
          main && first && last && kind !== 'address'
            ? [
                eventOf(first, main.side, 'first'),
                ...told.slice(1).map((row) => eventOf(row, main.side, null)),
                eventOf(last, main.side, 'last'),
              ]
            : [],
        sources: main ? [{ terms: main.terms, total: told.length, shown: told.length }] : [],
        gaps: main ? [{ from: '2026-10-12', to: '2026-10-13', days: 2, state: 'lost' }] : [],
      },
      standing: {
        begun: null,
        ended: main && last && kind === 'token' ? eventOf(last, main.side, null) : null,
        after: null,
        teams: kind === 'person' && main ? [{ id: 'team_1', name: 'Platform', removed: null }] : [],
      },
    };
  }

  const methods: Record<string, (input: never) => unknown> = {
    profileGet: profile,
    profileFindings: async ({ kind, value, limit }: Input<'profile.findings'>): Promise<Output<'profile.findings'>> => {
      const { findings } = await ask<Output<'findings.named'>>('findingsNamed', { text: '', limit: 100 });
      const those = kind === 'person' && value !== 'nobody' ? findings : [];
      return { total: those.length, open: those.filter((one) => one.open).length, findings: those.slice(0, limit) };
    },
  };
  for (const [name, method] of Object.entries(methods)) {
    page.logbook[name] = async (input: unknown): Promise<Result<unknown>> => {
      page.fake.calls.push({ name, input: structuredClone(input) });
      return { ok: true, value: structuredClone(await method(input as never)) };
    };
  }
}
