import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWriter, unlockArchive } from '../../../src/main/core/archive/open.ts';
import { beginSuppression } from '../../../src/main/core/detection/triage/decide.ts';
import { startSimulator } from '../../../src/main/core/simulator/server.ts';
import { systemClock, systemRandom } from '../../../src/main/system-ports.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { type Document, logbook } from '../../support/terminal.ts';

const PASSPHRASE = 'correct horse battery staple';
const SYNCED = '2026-10-15T12:00:00Z';

/** When everything is asked and reported: Jetty has let go of days that were never fetched. */
export const NOW = '2026-11-29T12:00:00Z';

export type Run = (...args: string[]) => Promise<Document>;

/**
 * An archive with days of every state and findings of every kind: some from a file, some fetched, a decision, a
 * suppression and a case. Answers with what runs a command in it and reads its JSON.
 */
export async function reviewedArchive(home: string): Promise<Run> {
  const at = async (now: string, args: readonly string[], token = ''): Promise<Document> => {
    const common = ['--archive', 'org.logbook', '--json', '--now', now];
    const env = { LOGBOOK_PASSPHRASE: PASSPHRASE, JETTY_TOKEN: token };
    const { code, out, err } = await logbook(home, [...args, ...common], env);
    if (code !== 0) throw new Error(`logbook ${args.join(' ')}: ${err}`);
    return JSON.parse(out) as Document;
  };
  const run: Run = (...args) => at(NOW, args);
  const server = unwrap(
    await startSimulator({ port: 0, entries: 1_200, days: 60, seed: 7, now: Date.parse(SYNCED), retentionDays: 30 }),
  );
  await at(SYNCED, ['init']);
  writeFileSync(join(home, 'early.json'), JSON.stringify(Array.from({ length: 40 }, (_, i) => early(i))));
  await at(SYNCED, ['import', 'early.json']);
  await at(SYNCED, ['sync', '--url', server.url, '--plan', 'harbor'], server.token);
  await server.close();
  writeFileSync(join(home, 'late.json'), JSON.stringify([opened('late', '2026-11-20T03:00:00Z')]));
  await run('import', 'late.json');
  await decide(home, run);
  return run;
}

async function decide(home: string, run: Run): Promise<void> {
  const { findings } = await run('detect', '--tz', 'Asia/Kathmandu');
  const grave = findings.filter(({ severity }: { severity: string }) => severity !== 'low');
  const say = (n: number, as: string) =>
    run('triage', grave[n].id, '--as', as, '--reason', 'Looked at', '--by', 'Marta', '--tz', 'Asia/Kathmandu');
  await say(0, 'escalated');
  await say(2, 'benign');
  await say(2, 'noted');
  await run('case', 'open', 'What was escalated', '--finding', grave[0].id, '--by', 'Marta', '--tz', 'Asia/Kathmandu');
  writeFileSync(join(home, 'pin'), 'four words of wool\n');
  const marta = ['--name', 'Marta', '--email', 'marta@example.com', '--pin-file', 'pin'];
  await run('review', 'identity', '--create', ...marta);
  const dir = join(home, 'org.logbook');
  const key = unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE }));
  const writer = unwrap(openWriter(dir, key, { clock: systemClock, random: systemRandom }));
  const now = Date.parse(NOW);
  // A finding of several rules is not hidden by one of them.
  const single = findings.find(({ severity, signals }: Document) => severity === 'low' && signals.length === 1);
  const scope = { rule: single.rule, actor: null, address: null, target: null, until: now + 86_400_000 };
  unwrap(
    beginSuppression(writer, { ...scope, owner: 'Marta' } as never, { by: 'Marta', reason: 'A drill', at: now }, now),
  );
  writer.close();
}

const early = (i: number): object => ({
  id: `early_${String(i).padStart(4, '0')}`,
  timestamp: new Date(Date.parse('2026-09-09T06:00:00Z') + i * 3_600_000).toISOString(),
  action: i % 9 === 0 ? 'workspace.theme_changed' : 'tunnel.started',
  actor: { id: `e_${i % 3}`, name: `Early ${i % 3}`, email: `early${i % 3}@example.com` },
  target: { type: 'tunnel', id: `t_${i}`, name: `early-${i}` },
  context: { ip_address: `203.0.113.${i % 5}`, team_id: 't', team_name: 'Core' },
  metadata: {},
});

const opened = (id: string, timestamp: string): object => ({
  ...early(0),
  id,
  timestamp,
  action: 'tunnel.ip_allowlist_changed',
  metadata: { before: ['198.51.100.0/24'], after: ['0.0.0.0/0'] },
});
