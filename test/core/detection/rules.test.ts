import { describe, expect, it } from 'vitest';
import { detect } from '../../../src/main/core/detection/detect.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import type { Finding } from '../../../src/shared/finding.ts';
import { batchOf, newArchive } from '../../support/archive.ts';

const MINUTE = 60_000;
let serial = 0;

/** An entry `minutes` after Wednesday 14 October 2026, 10:00 UTC. */
function entry(
  minutes: number,
  action: string,
  who = 'ines',
  ip: string | null = '203.0.113.77',
  target: string | null = null,
) {
  const timestamp = new Date(Date.parse('2026-10-14T10:00:00Z') + minutes * MINUTE).toISOString();
  return {
    id: `log_${serial++}`,
    timestamp,
    action,
    actor: { id: who, name: who, email: `${who}@alfama.example` },
    target: target && { type: 'api_token', id: target, name: target },
    context: { ip_address: ip },
  };
}

const failures = (n: number, from: number, step: number, who?: string, ip?: string | null) =>
  Array.from({ length: n }, (_, i) => entry(from + i * step, 'user.login_failed', who, ip));

async function findingsOf(entries: readonly object[], zone = 'UTC'): Promise<readonly Finding[]> {
  const { writer } = await newArchive();
  unwrap(writer.ingest(batchOf(entries)));
  return unwrap(detect(writer, WHOLE_ARCHIVE, { zone })).findings;
}

describe('repeated failed sign-ins', () => {
  it('begin at six in ten minutes, wherever the ten minutes lie', async () => {
    expect(await findingsOf(failures(5, 0, 1))).toEqual([]);
    expect(await findingsOf(failures(6, 0, 2.1))).toEqual([]);
    for (const start of [0, 7, 58.5, 719]) {
      expect(await findingsOf(failures(6, start, 1.9))).toMatchObject([
        { rule: 'repeated-failed-logins', severity: 'medium' },
      ]);
    }
  });

  it('are one finding for one attack, and two after a quiet hour', async () => {
    const attack = failures(60, 0, 0.5);
    expect(await findingsOf(attack)).toMatchObject([{ severity: 'high', entryIds: attack.map((one) => one.id) }]);
    expect(await findingsOf([...failures(8, 0, 0.5), ...failures(8, 90, 0.5)])).toHaveLength(2);
  });

  it('count by address, so that a spray over many accounts is seen; by person where there is no address', async () => {
    const spray = Array.from({ length: 8 }, (_, i) => entry(i, 'auth.failed', `person${i}`));
    expect(await findingsOf(spray)).toMatchObject([{ severity: 'high', why: expect.stringContaining('8 accounts') }]);
    expect(await findingsOf(failures(7, 0, 1, 'ines', null))).toMatchObject([{ actor: 'ines', address: null }]);
  });
});

describe('a sign-in after failures', () => {
  it('needs five failures of that person from that address within the hour before', async () => {
    expect(await findingsOf([...failures(4, 0, 10), entry(50, 'user.login')])).toEqual([]);
    expect(await findingsOf([...failures(5, 0, 13), entry(70, 'user.login')])).toEqual([]);
    expect(await findingsOf([...failures(5, 0, 10), entry(50, 'user.login', 'ines', '198.51.100.1')])).toEqual([]);
    expect(await findingsOf([...failures(5, 0, 10), entry(50, 'user.login', 'rui')])).toEqual([]);
    expect(await findingsOf([...failures(5, 0, 10), entry(50, 'user.login')])).toMatchObject([
      { rule: 'failures-then-success', severity: 'high' },
    ]);
  });

  it('grows by what follows from there, is critical when that is sensitive, and swallows its own failures', async () => {
    const story = [
      ...failures(20, 0, 0.5),
      entry(11, 'user.login'),
      entry(14, 'security.api_token_created'),
      entry(15, 'tunnel.started'),
    ];
    const elsewhere = entry(16, 'tunnel.stopped', 'ines', '198.51.100.9');
    const findings = await findingsOf([...story, elsewhere]);
    expect(findings).toMatchObject([
      {
        severity: 'critical',
        entryIds: story.map((one) => one.id),
        why: expect.stringContaining('2 sensitive actions'),
      },
    ]);
  });
});

describe('a sign-in after failures, from where the person signs in every day', () => {
  it('is low, whatever follows', async () => {
    const home = [
      entry(-600, 'user.login'),
      ...failures(5, 0, 8),
      entry(41, 'user.login'),
      entry(44, 'tunnel.started'),
    ];
    expect(await findingsOf(home)).toMatchObject([
      { severity: 'low', why: expect.stringContaining('had signed in before') },
    ]);
  });
});

describe('a token created off hours', () => {
  const work = (n: number, who: string, hourShift: number) =>
    Array.from({ length: n }, (_, i) => entry(-1440 * (n - i) + hourShift * 60, 'tunnel.started', who));

  it('is judged by the office where there is no history, and says so', async () => {
    const [finding] = await findingsOf([entry(13 * 60, 'security.api_token_created', 'ines', null, 'ci')]);
    expect(finding).toMatchObject({
      rule: 'token-created-off-hours',
      why: expect.stringMatching(/“ci” Wed 14 Oct 2026, 23:00 \(UTC\).*only 0 earlier entries/),
    });
    expect(await findingsOf([entry(60, 'security.api_token_created')])).toEqual([]);
  });

  it('is judged by the person’s own hours where there is', async () => {
    const night = entry(13 * 60, 'security.api_token_created');
    expect(await findingsOf([...work(40, 'ines', 13), night])).toEqual([]);
    expect(await findingsOf([...work(40, 'ines', 0), night])).toMatchObject([
      { why: expect.stringContaining('of 40 earlier entries of this person none were') },
    ]);
  });

  it('reads office hours in the zone it is given', async () => {
    const evening = entry(10.5 * 60, 'security.api_token_created');
    expect(await findingsOf([evening], 'UTC')).toHaveLength(1);
    expect(await findingsOf([evening], 'America/Toronto')).toEqual([]);
  });
});
