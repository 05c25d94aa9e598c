import { expect, it } from 'vitest';
import { organisation } from '../../src/main/core/simulator/organisation.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { rank, SEVERITIES } from '../../src/shared/finding.ts';
import { isOpen } from '../../src/shared/triage.ts';
import { logbook } from '../support/terminal.ts';
import { archiveUnder } from './support/archive-under.ts';
import { PASSPHRASE, setUpServices } from './support/services.ts';

const NOW = Date.parse('2026-10-15T12:00:00Z');
const word = { by: 'Marta', reason: 'A drill' };

it('what is counted and named of findings is what the list holds and `logbook detect` prints, whatever was decided', async () => {
  const { call, withEntries, home, reports } = setUpServices();
  const log = organisation({ entries: 6_000, days: 60, seed: 11, now: NOW });
  await withEntries([...log.entries()].map((entry) => JSON.parse(Buffer.from(entry.raw).toString())));
  const listed = async () => unwrap(await call('findings.list', {})).findings;

  const before = await listed();
  const last = before.at(-1);
  expect(new Set(before.map(({ severity }) => severity)).size).toBeGreaterThan(2);
  const ids = before.filter((_, i) => i % 3 === 0).map(({ id }) => id);
  unwrap(await call('findings.decide', { ids, verdict: 'benign', expires: null, ...word }));
  unwrap(await call('findings.undo', { ids: ids.slice(0, 2), ...word }));
  const scope = { rule: last?.rule ?? '', actor: null, address: null, target: null };
  const until = Date.now() + 86_400_000;
  unwrap(await call('suppressions.add', { ...scope, owner: 'Marta', reason: 'A drill', until }));

  const list = await listed();
  const { severities } = unwrap(await call('findings.open', {}));
  const open = list.filter(isOpen);
  const countsOf = (those: readonly { readonly severity: string }[]) =>
    SEVERITIES.map((severity) => those.filter((one) => one.severity === severity).length);
  expect(severities.map(({ count }) => count)).toEqual(countsOf(open));
  expect(list.filter(({ state }) => state.suppression !== null).length).toBeGreaterThan(0);
  expect(open.length).toBeLessThan(before.length - 2);

  const archive = archiveUnder(home);
  const detected = await logbook(home, ['detect', '--archive', archive, '--json'], { LOGBOOK_PASSPHRASE: PASSPHRASE });
  const printed = detected.json().findings as { severity: string; status: string; suppression: string | null }[];
  const waiting = printed.filter(({ status, suppression }) => status === 'open' && suppression === null);
  expect(countsOf(waiting)).toEqual(countsOf(open));

  const keys = list.flatMap(({ entryKeys }) => entryKeys.slice(0, 3)).slice(0, 900);
  const told = unwrap(await call('findings.ofEntries', { keys: [...keys, 1] }));
  expect(told.map(({ key, findings }) => [key, findings.map(({ id }) => id)])).toEqual(
    keys.map((key) => [key, list.filter(({ entryKeys }) => entryKeys.includes(key)).map(({ id }) => id)]),
  );
  const grave = list.filter(({ severity }) => rank(severity) <= rank('high'));
  expect(unwrap(await call('findings.moments', {})).moments).toEqual([...new Set(grave.map(({ first }) => first))]);
  expect(reports).toEqual([]);
});
