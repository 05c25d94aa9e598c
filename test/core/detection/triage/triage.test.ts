import { describe, expect, it } from 'vitest';
import { openReader } from '../../../../src/main/core/archive/open.ts';
import type { ArchiveWriter } from '../../../../src/main/core/archive/writer.ts';
import { detect } from '../../../../src/main/core/detection/detect.ts';
import {
  beginSuppression,
  decisionLines,
  endSuppression,
  switchRule,
  undoLines,
} from '../../../../src/main/core/detection/triage/decide.ts';
import { readRegister } from '../../../../src/main/core/detection/triage/register.ts';
import { triage } from '../../../../src/main/core/detection/triage/triage.ts';
import { WHOLE_ARCHIVE } from '../../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../../src/shared/errors.ts';
import type { TriagedFinding } from '../../../../src/shared/triage.ts';
import { batchOf, newArchive } from '../../../support/archive.ts';

const START = Date.parse('2026-10-14T10:00:00Z');
const NOW = Date.parse('2026-10-15T12:00:00Z');
const DAY = 86_400_000;
const WORD = { by: 'Marta', reason: 'Announced test', at: NOW };

const failure = (n: number, minute: number, ip = '203.0.113.9', who = 'ines') => ({
  id: `f${n}`,
  timestamp: new Date(START + minute * 60_000).toISOString(),
  action: 'user.login_failed',
  actor: { id: who, name: who, email: `${who}@alfama.example` },
  context: { ip_address: ip },
});
const failures = (from: number, to: number, ip?: string, who?: string) =>
  Array.from({ length: to - from }, (_, i) => failure(from + i, from + i, ip, who));

function shown(writer: ArchiveWriter, now = NOW): readonly TriagedFinding[] {
  return triage(unwrap(detect(writer, WHOLE_ARCHIVE, { zone: 'UTC' })), readRegister(writer), now);
}

function only(writer: ArchiveWriter, now = NOW): TriagedFinding {
  const found = shown(writer, now);
  expect(found).toHaveLength(1);
  return found[0] as TriagedFinding;
}

function say(
  writer: ArchiveWriter,
  verdict: 'benign' | 'accepted' | 'postponed' | 'escalated' | 'filed' | 'noted',
  expires: number | null = null,
) {
  unwrap(writer.appendJournal(unwrap(decisionLines([only(writer)], verdict, expires, WORD, NOW))));
}

async function attacked() {
  const archive = await newArchive();
  unwrap(archive.writer.ingest(batchOf(failures(0, 10))));
  return archive;
}

describe('a decision', () => {
  it('holds while the finding stays as it was, and is open again when it grew', async () => {
    const { writer } = await attacked();
    expect(only(writer).state).toMatchObject({ status: 'open', again: null, decision: null, history: [] });
    say(writer, 'benign');
    expect(only(writer).state).toMatchObject({
      status: 'benign',
      again: null,
      decision: { by: 'Marta', reason: 'Announced test', entries: 10 },
    });
    unwrap(writer.ingest(batchOf(failures(10, 12))));
    expect(only(writer).state).toMatchObject({ status: 'open', again: 'grown', decision: { verdict: 'benign' } });
    say(writer, 'benign');
    expect(only(writer).state).toMatchObject({ status: 'benign', again: null });
    expect(only(writer).state.history).toHaveLength(2);
  });

  it('follows the finding when an entry that came late becomes its first', async () => {
    const { writer } = await attacked();
    const before = only(writer).id;
    say(writer, 'escalated');
    unwrap(writer.ingest(batchOf([failure(100, -1)])));
    const after = only(writer);
    expect(after.id).not.toBe(before);
    expect(after.state).toMatchObject({ status: 'escalated', again: 'grown', decision: { finding: before } });
  });

  it('to accept ends with its date', async () => {
    const { writer } = await attacked();
    expect(decisionLines([only(writer)], 'accepted', null, WORD, NOW)).toMatchObject({ ok: false });
    expect(decisionLines([only(writer)], 'accepted', NOW, WORD, NOW)).toMatchObject({ ok: false });
    expect(decisionLines([only(writer)], 'benign', NOW + DAY, WORD, NOW)).toMatchObject({ ok: false });
    say(writer, 'accepted', NOW + DAY);
    expect(only(writer).state.status).toBe('accepted');
    expect(only(writer, NOW + DAY).state).toMatchObject({ status: 'open', again: 'expired' });
  });

  it('to put off ends with its date, too', async () => {
    const { writer } = await attacked();
    expect(decisionLines([only(writer)], 'postponed', null, WORD, NOW)).toMatchObject({ ok: false });
    say(writer, 'postponed', NOW + DAY);
    expect(only(writer).state.status).toBe('postponed');
    expect(only(writer, NOW + DAY).state).toMatchObject({ status: 'open', again: 'expired' });
  });

  it('to put it into a case leaves it where it stands and can be taken back', async () => {
    const { writer } = await attacked();
    say(writer, 'filed');
    expect(only(writer).state).toMatchObject({ status: 'open', decision: null, caseName: 'Announced test' });
    say(writer, 'escalated');
    say(writer, 'filed');
    unwrap(writer.appendJournal(unwrap(undoLines([only(writer)], WORD))));
    expect(only(writer).state).toMatchObject({ status: 'escalated', caseName: 'Announced test' });
    unwrap(writer.appendJournal(unwrap(undoLines([only(writer)], WORD))));
    unwrap(writer.appendJournal(unwrap(undoLines([only(writer)], WORD))));
    expect(only(writer).state).toMatchObject({ status: 'open', caseName: null });
    expect(undoLines([only(writer)], WORD)).toMatchObject({ ok: false });
  });

  it('needs a name and a reason', async () => {
    const { writer } = await attacked();
    for (const word of [
      { ...WORD, by: ' ' },
      { ...WORD, reason: '' },
    ])
      expect(decisionLines([only(writer)], 'benign', null, word, NOW)).toMatchObject({
        ok: false,
        error: { code: 'bad_input' },
      });
  });

  it('is taken back by a further line, and the one before it holds again', async () => {
    const { writer, dir, key } = await attacked();
    expect(undoLines([only(writer)], WORD)).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    say(writer, 'escalated');
    say(writer, 'benign');
    say(writer, 'noted');
    unwrap(writer.appendJournal(unwrap(undoLines([only(writer)], WORD))));
    expect(only(writer).state.status).toBe('escalated');
    unwrap(writer.appendJournal(unwrap(undoLines([only(writer)], WORD))));
    const reader = unwrap(openReader(dir, key));
    const seen = triage(unwrap(detect(reader, WHOLE_ARCHIVE, { zone: 'UTC' })), readRegister(reader), NOW);
    reader.close();
    expect(seen[0]?.state).toMatchObject({ status: 'open', again: null, decision: null });
    expect(seen[0]?.state.history.map((line) => line.verdict)).toEqual([
      'escalated',
      'benign',
      'noted',
      'undone',
      'undone',
    ]);
  });
});

describe('a suppression', () => {
  const SCOPE = { rule: 'repeated-failed-logins', actor: null, address: null, target: null, until: NOW + DAY };

  it('hides what it covers wholly and keeps it counted', async () => {
    const { writer } = await attacked();
    unwrap(writer.ingest(batchOf(failures(0, 10, '198.51.100.7', 'rui').map((one) => ({ ...one, id: `r${one.id}` })))));
    const found = shown(writer).filter((one) => one.rule === SCOPE.rule);
    expect(found).toHaveLength(2);
    const id = unwrap(beginSuppression(writer, { ...SCOPE, address: '203.0.113.0/24' }, WORD, NOW));
    const hidden = shown(writer).filter((one) => one.state.suppression === id);
    expect(hidden).toMatchObject([{ address: '203.0.113.9', severity: 'medium' }]);
    expect(shown(writer)).toHaveLength(found.length);
  });

  it.each([
    [{ actor: 'ines@alfama.example' }, true],
    [{ actor: 'INES' }, true],
    [{ actor: 'rui' }, false],
    [{ address: '203.0.113.9' }, true],
    [{ address: '203.0.114.0/24' }, false],
    [{ target: 'somewhere' }, false],
    [{ rule: 'failures-then-success' }, false],
  ])('of %o covers: %s', async (part, covered) => {
    const { writer } = await attacked();
    unwrap(beginSuppression(writer, { ...SCOPE, ...part }, WORD, NOW));
    expect(only(writer).state.suppression !== null).toBe(covered);
  });

  it('covers nothing of what happens after its end, early or not', async () => {
    const { writer } = await attacked();
    const id = unwrap(beginSuppression(writer, SCOPE, { ...WORD, at: START }, START));
    expect(only(writer).state.suppression).toBe(id);
    unwrap(endSuppression(writer, id, false, { ...WORD, at: START + 5 * 60_000 }));
    expect(only(writer).state.suppression).toBeNull();
    expect(endSuppression(writer, id, false, WORD)).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    expect(endSuppression(writer, 'S-99', false, WORD)).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('that was a mistake covers nothing any more', async () => {
    const { writer } = await attacked();
    const id = unwrap(beginSuppression(writer, SCOPE, WORD, NOW));
    unwrap(endSuppression(writer, id, true, WORD));
    expect(only(writer).state.suppression).toBeNull();
  });

  it('of one sign leaves the others standing, as grave as they are by themselves', async () => {
    const { writer } = await attacked();
    unwrap(writer.ingest(batchOf([{ ...failure(50, 12), action: 'user.login' }])));
    expect(only(writer)).toMatchObject({
      rule: 'failures-then-success',
      severity: 'high',
      state: { suppression: null },
    });
    const breach = { ...SCOPE, rule: 'failures-then-success' };
    unwrap(beginSuppression(writer, breach, WORD, NOW));
    expect(only(writer)).toMatchObject({ rule: 'repeated-failed-logins', state: { suppression: null } });
  });

  it('needs an address that is one, and an end that is to come', async () => {
    const { writer } = await attacked();
    for (const part of [{ address: '203.0.113' }, { address: '10.0.0.0/33' }, { until: NOW }])
      expect(beginSuppression(writer, { ...SCOPE, ...part }, WORD, NOW)).toMatchObject({
        ok: false,
        error: { code: 'bad_input' },
      });
    expect(readRegister(writer).suppressions).toEqual([]);
  });
});

describe('a rule', () => {
  it('that was turned off finds nothing until it is turned on again', async () => {
    const { writer } = await attacked();
    const { rule } = only(writer);
    unwrap(switchRule(writer, rule, false, WORD));
    expect(shown(writer).filter((one) => one.rule === rule)).toEqual([]);
    unwrap(switchRule(writer, rule, true, WORD));
    expect(only(writer).rule).toBe(rule);
  });
});
