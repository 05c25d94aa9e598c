import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createArchive, openReader, openWriter } from '../../../../../src/main/core/archive/open.ts';
import type { ArchiveWriter, LedgerChange } from '../../../../../src/main/core/archive/writer.ts';
import { parseEntry } from '../../../../../src/main/core/jetty/parse-entry.ts';
import { planQuery, WHOLE_ARCHIVE } from '../../../../../src/main/core/search/plan.ts';
import type { Random } from '../../../../../src/main/core/simulator/random.ts';
import { nonceOf, stampRequest } from '../../../../../src/main/core/stamp/stamp.ts';
import { systemRandom } from '../../../../../src/main/system-ports.ts';
import { unwrap } from '../../../../../src/shared/errors.ts';
import { parseQuery } from '../../../../../src/shared/filter/parse.ts';
import { addDays } from '../../../../../src/shared/instant.ts';
import { CHEAP_KDF } from '../../../../support/ports.ts';
import { type AuthorityFiles, hasOpenssl, makeAuthority, stampBy } from '../../../../support/time-authority.ts';

// An archive with everything in it that seals speak of: days complete, partial and empty, versions, what nobody can read, a
// table, decisions, days amended by late entries and by a deletion with holds; and an earlier copy of it.

export type SealedArchive = {
  readonly dir: string;
  /** The same archive some days before. */
  readonly earlier: string;
  readonly key: Uint8Array;
  readonly entries: readonly { readonly key: number; readonly id: string; readonly day: string }[];
  readonly head: string;
};

export const FIRST = '2026-03-01';
const DAYS = 14;
/** After these days the newest seal is stamped, as it stands with machines that have openssl. */
const STAMPED = [3, 8, 13];
const at = (day: string, hour = 3): number => Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000;
const fixed = (ms: number) => ({ now: () => ms, sleep: async () => undefined });

export async function makeSealedArchive(folder: string, lot: Random): Promise<SealedArchive> {
  const dir = join(folder, 'sealed.logbook');
  const earlier = join(folder, 'earlier.logbook');
  const ports = { clock: fixed(at(FIRST)), random: systemRandom, kdfCost: CHEAP_KDF };
  mkdirSync(folder, { recursive: true });
  const made = unwrap(await createArchive(dir, { name: 'Sealed', passphrase: 'sealed', zone: 'UTC' }, ports));
  const { key } = made;
  const authority = hasOpenssl() ? makeAuthority('Test Authority', folderOf(join(folder, 'authority'))) : null;
  let writer = made.writer;
  for (let n = 0; n < DAYS; n++) {
    const day = addDays(FIRST, n);
    storeDay(writer, day, n, lot);
    if (n === 5) amend(writer, lot);
    if (n === 9) deleteSome(writer, day);
    unwrap(writer.seal(at(addDays(day, 1))));
    if (authority !== null && STAMPED.includes(n)) stamp(writer, authority);
    if (n === 10) {
      writer.close();
      cpSync(dir, earlier, { recursive: true });
      writer = unwrap(openWriter(dir, key, ports));
    }
  }
  const last = addDays(FIRST, DAYS);
  unwrap(writer.ingest({ items: wiresOf(last, DAYS, lot), source: API, receivedAt: at(last, 20) }));
  writer.close();
  const reader = unwrap(openReader(dir, key));
  const entries = [...reader.rows(WHOLE_ARCHIVE)]
    .map((row) => ({ key: row.key, id: row.id, day: new Date(row.ts).toISOString().slice(0, 10) }))
    .filter((entry) => entry.day < last);
  const head = reader.head()!.hash;
  reader.close();
  return { dir, earlier, key, entries, head };
}

const API = { kind: 'api', detail: 'jetty.example' } as const;

function stamp(writer: ArchiveWriter, authority: AuthorityFiles): void {
  const { sequence, hash } = writer.head()!;
  const request = stampRequest(hash, nonceOf(systemRandom.bytes(8)));
  unwrap(writer.keepStamp({ seal: sequence, response: stampBy(authority, request) }));
}

function folderOf(path: string): string {
  mkdirSync(path, { recursive: true });
  return path;
}

function storeDay(writer: ArchiveWriter, day: string, n: number, lot: Random): void {
  // One day in which nothing happened, and one that was never whole.
  const items = n === 7 ? [] : wiresOf(day, n, lot);
  const receivedAt = at(addDays(day, 1), 2);
  const state = n === 8 ? 'partial' : 'complete';
  const ledger: LedgerChange[] = [
    { kind: 'day', day, state, served: state === 'partial' ? null : items.length, checkedAt: receivedAt, note: null },
  ];
  unwrap(writer.ingest({ items, source: API, receivedAt, ledger }));
  unwrap(
    writer.appendJournal([
      {
        kind: 'finding.decision',
        subject: `F-${n}`,
        at: receivedAt,
        by: 'Marta',
        body: JSON.stringify({ verdict: 'benign', n }),
      },
      {
        kind: 'finding.decision',
        subject: `G-${n}`,
        at: receivedAt,
        by: 'Ana',
        body: JSON.stringify({ verdict: 'accepted', n }),
      },
    ]),
  );
}

// Late entries and other versions for days that are sealed, and something nobody can read.
function amend(writer: ArchiveWriter, lot: Random): void {
  const receivedAt = at(addDays(FIRST, 6), 2);
  const late = wiresOf(addDays(FIRST, 2), 102, lot).slice(0, 5);
  const known = [
    ...writer.rawRows({ ...WHOLE_ARCHIVE, fromMs: at(addDays(FIRST, 3), 0), toMs: at(addDays(FIRST, 4), 0) - 1 }),
  ];
  const others = known.slice(0, 4).map(({ raw }) => {
    const wire = JSON.parse(Buffer.from(raw).toString()) as Record<string, unknown>;
    return parseEntry(Buffer.from(JSON.stringify({ ...wire, metadata: { changed: 'upstream' } })));
  });
  const junk = ['{"junk":1}', '{"junk":2}', 'no JSON'].map((text) => parseEntry(Buffer.from(text)));
  unwrap(writer.ingest({ items: [...late, ...others, ...junk], source: API, receivedAt }));
}

// The first days go, what a hold covers excepted; and a key that became free is given again.
function deleteSome(writer: ArchiveWriter, day: string): void {
  const plan = planOf('actor:user_1', at(day));
  unwrap(writer.placeHold({ reason: 'case', plan, at: at(day) }));
  unwrap(writer.deleteBefore({ before: addDays(FIRST, 2), reason: 'policy', at: at(day) }));
}

function planOf(query: string, now: number) {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return unwrap(planQuery(parsed.value, 'UTC', now));
}

function wiresOf(day: string, n: number, lot: Random) {
  return Array.from({ length: lot.int(12, 30) }, (_none, i) => ({
    id: `log_${n}_${i}`,
    timestamp: new Date(at(day, 0) + lot.int(0, 86_399) * 1_000).toISOString(),
    actor: lot.chance(0.1)
      ? null
      : { id: `user_${lot.int(0, 4)}`, name: `Person ${lot.int(0, 4)}`, email: 'p@example.com' },
    action: lot.pick(['user.login', 'user.login_failed', 'tunnel.created', 'tunnel.deleted', 'team.member_added']),
    target: { type: 'tunnel', id: `tunnel_${lot.int(0, 20)}`, name: `staging-${lot.int(0, 20)}` },
    context: {
      ip_address: `203.0.113.${lot.int(0, 255)}`,
      user_agent: `agent/${lot.int(0, 3)}`,
      team_id: 'team_1',
      team_name: 'Ops',
    },
    metadata: { reason: lot.pick(['rotation', 'review', 'überfällig']), request: lot.hex(12) },
  })).map((wire) => parseEntry(Buffer.from(JSON.stringify(wire))));
}
