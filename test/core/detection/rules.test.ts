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

async function findingsOf(entries: readonly object[], only: string, zone = 'UTC'): Promise<readonly Finding[]> {
  const { writer } = await newArchive();
  unwrap(writer.ingest(batchOf(entries)));
  return unwrap(detect(writer, WHOLE_ARCHIVE, { zone, only: [only] })).findings;
}

const GUESSING = 'repeated-failed-logins';
const BREACH = 'failures-then-success';
const TOKEN = 'token-created-off-hours';

describe('repeated failed sign-ins', () => {
  it('begin at five in fifteen minutes from a strange address, wherever the fifteen minutes lie', async () => {
    expect(await findingsOf(failures(4, 0, 1), GUESSING)).toEqual([]);
    expect(await findingsOf(failures(5, 0, 3.8), GUESSING)).toEqual([]);
    for (const start of [0, 7, 58.5, 719]) {
      expect(await findingsOf(failures(5, start, 3.7), GUESSING)).toMatchObject([
        { rule: GUESSING, severity: 'medium' },
      ]);
    }
  });

  it('need ten from where somebody has signed in', async () => {
    const home = entry(-60, 'user.login');
    expect(await findingsOf([home, ...failures(9, 0, 1)], GUESSING)).toEqual([]);
    expect(await findingsOf([home, ...failures(10, 0, 1)], GUESSING)).toHaveLength(1);
  });

  it('are seen when they are slow', async () => {
    expect(await findingsOf(failures(12, 0, 110), GUESSING)).toHaveLength(1);
    expect(await findingsOf(failures(12, 0, 150), GUESSING)).toEqual([]);
  });

  it('are one finding for one attack, whatever address it comes from, and two after a quiet day', async () => {
    const attack = failures(60, 0, 0.5);
    expect(await findingsOf(attack, GUESSING)).toMatchObject([
      { severity: 'high', entryIds: attack.map((one) => one.id) },
    ]);
    const elsewhere = [
      ...failures(8, 0, 0.5),
      ...failures(8, 90, 0.5, 'ines', '198.51.100.7'),
      ...failures(1, 600, 1, 'ines', '192.0.2.1'),
    ];
    expect(await findingsOf(elsewhere, GUESSING)).toMatchObject([{ why: expect.stringContaining('3 addresses') }]);
    expect(await findingsOf([...failures(8, 0, 0.5), ...failures(8, 1500, 0.5)], GUESSING)).toHaveLength(2);
  });

  it('leave out the owner who mistypes at home meanwhile', async () => {
    const home = entry(-60, 'user.login', 'ines', '198.51.100.1');
    const slip = entry(3, 'user.login_failed', 'ines', '198.51.100.1');
    const [finding] = await findingsOf([home, ...failures(20, 0, 0.5), slip], GUESSING);
    expect(finding?.entryIds).toHaveLength(20);
  });

  it('count by address, so that a spray over many accounts is seen; by person where there is no address', async () => {
    const spray = Array.from({ length: 8 }, (_, i) => entry(i, 'auth.failed', `person${i}`));
    expect(await findingsOf(spray, GUESSING)).toMatchObject([
      { severity: 'high', why: expect.stringContaining('8 accounts') },
    ]);
    expect(await findingsOf(failures(7, 0, 1, 'ines', null), GUESSING)).toMatchObject([
      { actor: 'ines', address: null },
    ]);
  });
});

describe('a sign-in after failures', () => {
  it('needs five failures of that person from that address within the hour before', async () => {
    expect(await findingsOf([...failures(4, 0, 10), entry(50, 'user.login')], BREACH)).toEqual([]);
    expect(await findingsOf([...failures(5, 0, 13), entry(70, 'user.login')], BREACH)).toEqual([]);
    expect(await findingsOf([...failures(5, 0, 10), entry(50, 'user.login', 'ines', '198.51.100.1')], BREACH)).toEqual(
      [],
    );
    expect(await findingsOf([...failures(5, 0, 10), entry(50, 'user.login', 'rui')], BREACH)).toEqual([]);
    expect(await findingsOf([...failures(5, 0, 10), entry(50, 'user.login')], BREACH)).toMatchObject([
      { rule: BREACH, severity: 'high' },
    ]);
  });

  it('or three over days from an address nobody has signed in from, with what follows under any name', async () => {
    const slow = [...failures(3, 0, 1440), entry(4000, 'user.login'), entry(4010, 'user.created', 'ines2')];
    expect(await findingsOf(slow, BREACH)).toMatchObject([
      { severity: 'critical', entryIds: slow.map((one) => one.id) },
    ]);
    expect(await findingsOf([entry(-60, 'user.login', 'rui'), ...slow], BREACH)).toEqual([]);
  });

  it('grows by what follows from there, is critical when that is sensitive, and swallows its own failures', async () => {
    const story = [
      ...failures(20, 0, 0.5),
      entry(11, 'user.login'),
      entry(14, 'security.api_token_created'),
      entry(15, 'tunnel.started'),
    ];
    const elsewhere = entry(16, 'tunnel.stopped', 'ines', '198.51.100.9');
    const findings = await findingsOf([...story, elsewhere], BREACH);
    expect(findings).toMatchObject([
      {
        severity: 'critical',
        entryIds: story.map((one) => one.id),
        why: expect.stringContaining('2 sensitive actions'),
      },
    ]);
  });

  it('from where the person signs in every day is low, whatever follows', async () => {
    const home = [
      entry(-600, 'user.login'),
      ...failures(5, 0, 8),
      entry(41, 'user.login'),
      entry(44, 'tunnel.started'),
    ];
    expect(await findingsOf(home, BREACH)).toMatchObject([
      { severity: 'low', why: expect.stringContaining('had signed in before') },
    ]);
  });
});

describe('a token created off hours', () => {
  const work = (n: number, who: string, hourShift: number) =>
    Array.from({ length: n }, (_, i) => entry(-1440 * (n - i) + hourShift * 60, 'tunnel.started', who));

  it('is judged by the office where there is no history, and says so', async () => {
    const [finding] = await findingsOf([entry(13 * 60, 'security.api_token_created', 'ines', null, 'ci')], TOKEN);
    expect(finding).toMatchObject({
      rule: TOKEN,
      why: expect.stringMatching(/“ci” Wed 14 Oct 2026, 23:00 \(UTC\).*only 0 earlier entries/),
    });
    expect(await findingsOf([entry(60, 'security.api_token_created')], TOKEN)).toEqual([]);
  });

  it('is judged by the person’s own hours where there is', async () => {
    const night = entry(13 * 60, 'security.api_token_created');
    expect(await findingsOf([...work(40, 'ines', 13), night], TOKEN)).toEqual([]);
    expect(await findingsOf([...work(40, 'ines', 0), night], TOKEN)).toMatchObject([
      { why: expect.stringContaining('of 40 earlier entries of this person none were') },
    ]);
  });

  it('reads office hours in the zone it is given', async () => {
    const evening = entry(10.5 * 60, 'security.api_token_created');
    expect(await findingsOf([evening], TOKEN, 'UTC')).toHaveLength(1);
    expect(await findingsOf([evening], TOKEN, 'America/Toronto')).toEqual([]);
  });
});
