import type { Seed } from '../../../../shared/case-schema.ts';
import type { Finding } from '../../../../shared/finding.ts';
import type { Places } from '../../geo/places.ts';
import { type GroundReader, groundOf } from './ground.ts';
import { REMEDIAL } from './known.ts';
import { CROWD, censusOf, emptyMasks, type Sight, sightsOf } from './sight.ts';

/** People of a finding; where more acted it is a sweep, and the address tells more than they do. */
const MOST_PEOPLE = 2;
/** A network that somebody used so long before is a place of theirs, whatever the finding says of it. */
const AT_HOME_MS = 60 * 86_400_000;

/**
 * What a case starts from that is opened from a finding: who acted in it and from where, in its own span of time. Addresses
 * of many people, and places where the person had long been at work, are left out: they would tie in everybody.
 */
export function seedsOf(reader: GroundReader, places: Places, finding: Finding): readonly Seed[] {
  const ground = groundOf(reader, places);
  const rows = sightsOf(ground, emptyMasks(ground, new Set(finding.entryKeys)));
  const span = { from: finding.first, to: finding.last };
  const failed = (one: Sight): boolean => ground.meanings[one.action] === 'login_failed';
  const doing = rows.filter((one) => one.account !== 0 && !failed(one));
  const own = doing.filter((one) => !REMEDIAL.has(ground.meanings[one.action] ?? null));
  const inside = new Set((own.length > 0 ? own : doing).map((one) => one.account));
  const tried = new Set(rows.flatMap((one) => (one.account !== 0 && failed(one) ? [one.account] : [])));
  const people = inside.size > 0 ? inside : tried.size <= MOST_PEOPLE ? tried : new Set<number>();
  const seeds: Seed[] = [];
  if (people.size <= MOST_PEOPLE)
    for (const account of people) {
      const value = nameOf(ground, account);
      if (value !== null) seeds.push({ kind: isToken(ground, account) ? 'token' : 'person', value, ...span });
    }
  const addresses = new Set(rows.flatMap((one) => (one.address === 0 ? [] : [one.address])));
  const census = censusOf(ground, addresses, []);
  const masks = emptyMasks(ground, new Set());
  for (const account of inside) for (const actor of ground.actorsOf[account] ?? []) masks.actor[actor] = 1;
  const before = sightsOf(ground, masks).filter(
    (one) => one.ts < finding.first && inside.has(one.account) && !failed(one),
  );
  const networks = new Set(before.map((one) => ground.networkOf[one.address]!));
  const longAgo = new Set(
    before.filter((one) => one.ts < finding.first - AT_HOME_MS).map((one) => ground.networkOf[one.address]!),
  );
  const devices = new Set(before.map((one) => `${ground.deviceOf[one.agent]} ${ground.networkOf[one.address]}`));
  for (const address of addresses) {
    const others = census.peopleAt(address).filter((one) => !inside.has(one));
    const here = rows.filter((one) => one.address === address);
    const network = ground.networkOf[address]!;
    if (others.length >= CROWD - 1 || longAgo.has(network)) continue;
    // A device that was used elsewhere before came along: the place is one of theirs, if they were there before.
    const brought = here.some((one) =>
      [...networks].some((other) => other !== network && devices.has(`${ground.deviceOf[one.agent]} ${other}`)),
    );
    if (networks.has(network) && brought) continue;
    if (ground.addresses[address] === finding.address || here.every(failed))
      seeds.push({ kind: 'address', value: ground.addresses[address]!, ...span });
  }
  return seeds.length > 0 ? seeds : [{ kind: 'span', value: '', ...span }];
}

/** The value an account is known by: an id, else an e-mail address, else a name. */
export function nameOf(ground: ReturnType<typeof groundOf>, account: number): string | null {
  const one = ground.actors[ground.actorsOf[account]?.[0] ?? 0];
  return one?.id ?? one?.email ?? one?.name ?? null;
}

/** Whether an account is a token that acts under its own id or name. */
export function isToken(ground: ReturnType<typeof groundOf>, account: number): boolean {
  return ground.tokens.has(account);
}
