import { describe, expect, it } from 'vitest';
import { detect } from '../../../src/main/core/detection/detect.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { batchOf, newArchive } from '../../support/archive.ts';

const START = Date.parse('2026-10-14T10:00:00Z');
let serial = 0;
type Part = readonly [id: string, type?: string];
const at = (hours: number, action: string, who: string, address: string, target: Part | null = null) => ({
  id: `log_${serial++}`,
  timestamp: new Date(START + hours * 3_600_000).toISOString(),
  action,
  actor: { id: who, name: who },
  target: target && { type: target[1] ?? 'user', id: target[0], name: target[0] },
  context: { ip_address: address },
});

async function found(entries: readonly object[], rule: string) {
  const { writer } = await newArchive();
  unwrap(writer.ingest(batchOf(entries)));
  return unwrap(detect(writer, WHOLE_ARCHIVE, { zone: 'UTC', only: [rule] })).findings;
}

const HOME = '203.0.113.7';
const AWAY = '198.51.100.9';

describe('two-factor off', () => {
  const RULE = 'sign-in-without-two-factor';
  const home = at(-5, 'user.login', 'ines', HOME);

  it('tells the sign-ins until it is on again, graver from elsewhere', async () => {
    const off = at(0, 'security.two_factor_disabled', 'rui', HOME, ['ines']);
    const on = at(5, 'security.two_factor_enabled', 'ines', HOME);
    const late = at(6, 'user.login', 'ines', AWAY);
    const quiet = await found([home, off, at(1, 'user.login', 'ines', HOME), on, late], RULE);
    expect(quiet).toMatchObject([{ severity: 'low', entryIds: { length: 2 } }]);
    const [strange] = await found([home, off, at(1, 'user.login', 'ines', AWAY), on, late], RULE);
    expect(strange).toMatchObject({ severity: 'medium', actor: 'ines', address: AWAY });
    expect(strange?.why).toContain('1 from a network they had not used before');
  });

  it('is nothing where nobody came, or another did', async () => {
    const off = at(0, 'security.two_factor_disabled', 'ines', HOME);
    expect(await found([home, off, at(1, 'user.login', 'rui', AWAY)], RULE)).toEqual([]);
  });
});

describe('a token', () => {
  const RULE = 'token-used-elsewhere';
  const made = at(0, 'security.api_token_created', 'ines', HOME, ['ci-deploy', 'api_token']);
  const use = (hours: number, address: string) => at(hours, 'tunnel.started', 'ci-deploy', address, ['t', 'tunnel']);

  it('that was used in one network and acts from a strange one is told, once a network', async () => {
    const runner = '192.0.2.5';
    expect(await found([made, use(1, runner), use(2, runner)], RULE)).toEqual([]);
    const findings = await found([made, use(1, runner), use(2, AWAY), use(3, AWAY)], RULE);
    expect(findings).toMatchObject([
      { severity: 'medium', actor: 'ci-deploy', address: AWAY, entryIds: { length: 1 } },
    ]);
  });

  it('may act from where people work', async () => {
    expect(await found([at(-9, 'user.login', 'rui', AWAY), made, use(1, HOME), use(2, AWAY)], RULE)).toEqual([]);
  });
});
