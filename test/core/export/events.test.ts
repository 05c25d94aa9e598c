import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { cefEvent, loadCefMapping } from '../../../src/main/core/export/cef.ts';
import { loadOcsfMapping, ocsfEvent } from '../../../src/main/core/export/ocsf.ts';
import { parseEntry } from '../../../src/main/core/jetty/parse-entry.ts';
import { knownActions } from '../../../src/shared/action.ts';
import type { EntryRow } from '../../../src/shared/entry.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { temporaryFolder } from '../../support/ports.ts';
import { archiveOf, exported, hostileWires, RESOURCES } from './support/archive-of.ts';
import { complaints } from './support/schema-check.ts';

const mapping = unwrap(loadOcsfMapping(RESOURCES));
const cefMapping = unwrap(loadCefMapping(RESOURCES));

function read(wire: object): { row: EntryRow; raw: Uint8Array } {
  const raw = Buffer.from(JSON.stringify({ id: 'log_1', timestamp: '2026-03-28T10:00:00Z', ...wire }));
  const { entry } = parseEntry(raw);
  if (!entry) throw new Error('The test’s entry cannot be read.');
  return { row: { ...entry, key: 0 }, raw };
}
// biome-ignore lint/suspicious/noExplicitAny: the tests are what checks the shape
const ocsf = (wire: object): any => {
  const { row, raw } = read(wire);
  return ocsfEvent(mapping, row, raw);
};
const cef = (wire: object): string => {
  const { row, raw } = read(wire);
  return cefEvent(cefMapping, row, raw);
};

const alice = { id: 'user_1', name: 'Alice Chen', email: 'alice@example.com' };
const bob = { type: 'user', id: 'user_2', name: 'Bob' };
const context = { ip_address: '203.0.113.42', user_agent: 'Mozilla/5.0', team_id: 'team_1', team_name: 'Ops' };

describe('ocsf', () => {
  it.each([
    ['user.login', null, {}, 300201, 'Success'],
    ['user.login_failed', null, {}, 300201, 'Failure'],
    ['user.logout', null, {}, 300202, 'Success'],
    ['security.sessions_revoked', bob, {}, 300202, 'Success'],
    ['security.two_factor_disabled', null, {}, 300111, 'Success'],
    ['security.password_changed', null, {}, 300103, 'Success'],
    ['user.password_reset', null, {}, 300104, 'Success'],
    ['user.locked', bob, {}, 300109, 'Success'],
    ['team.member_added', bob, {}, 300603, 'Success'],
    ['team.member_removed', bob, {}, 300604, 'Success'],
    ['team.created', { type: 'team', id: 'team_9', name: 'New' }, {}, 300606, 'Success'],
    ['team.member_role_changed', bob, { from: 'member', to: 'admin' }, 300501, 'Success'],
    ['team.member_role_changed', bob, {}, 300199, 'Success'],
    ['tunnel.created', { type: 'tunnel', id: 't', name: 'api' }, {}, 300401, 'Success'],
    ['tunnel.started', { type: 'tunnel', id: 't', name: 'api' }, {}, 300410, 'Success'],
    ['tunnel.custom_domain_removed', { type: 'domain', id: 'd', name: 'x.example' }, {}, 300404, 'Success'],
    ['billing.payment_failed', { type: 'invoice', id: 'i', name: null }, {}, 300499, 'Failure'],
    ['security.api_token_created', { type: 'api_token', id: 'k', name: 'ci' }, {}, 300401, 'Success'],
    ['something.never_heard_of', bob, {}, 99, 'Unknown'],
    ['tunnel.created', null, {}, 99, 'Success'],
  ])('maps %s', (action, target, metadata, typeUid, status) => {
    const event = ocsf({ actor: alice, action, target, context, metadata });
    expect(complaints(event)).toEqual([]);
    expect([event.type_uid, event.status]).toEqual([typeUid, status]);
  });

  it('says who, from where, on whom, and keeps the rest under unmapped', () => {
    const event = ocsf({
      actor: alice,
      action: 'team.member_role_changed',
      target: bob,
      context,
      metadata: { to: 'admin', n: 1 },
    });
    expect(event).toMatchObject({
      time: Date.parse('2026-03-28T10:00:00Z'),
      class_name: 'User Access Management',
      category_name: 'Identity & Access Management',
      activity_name: 'Assign Privileges',
      severity_id: 3,
      actor: { user: { uid: 'user_1', name: 'Alice Chen', email_addr: 'alice@example.com' } },
      user: { uid: 'user_2', name: 'Bob' },
      privileges: ['admin'],
      src_endpoint: { ip: '203.0.113.42' },
      http_request: { user_agent: 'Mozilla/5.0' },
      metadata: {
        version: '1.8.0',
        product: { name: 'Jetty', vendor_name: 'Jetty' },
        uid: 'log_1',
        event_code: 'team.member_role_changed',
        original_time: '2026-03-28T10:00:00Z',
      },
      unmapped: { team: { id: 'team_1', name: 'Ops' }, metadata: { to: 'admin', n: 1 } },
    });
  });

  it('is valid for every action there is, with and without actor, target and address', () => {
    for (const action of [...knownActions(), 'x.failed', 'constructor', '']) {
      for (const actor of [alice, null, { id: 7 }, { email: 'not an address' }])
        for (const target of [null, bob, { type: 'team', name: 'Ops' }, { type: '__proto__', id: 'x' }])
          for (const where of [
            null,
            context,
            { ip_address: 'unknown' },
            { ip_address: '2001:db8::1', team_name: 'T' },
          ]) {
            const event = ocsf({ actor, action, target, context: where, metadata: { to: ['a', 1], role: 'x' } });
            expect(complaints(event), JSON.stringify(event)).toEqual([]);
            expect(event.type_uid).toBe(event.class_uid * 100 + event.activity_id);
          }
    }
  });

  it('is valid, a line each, over a hostile archive, and loses nothing', async () => {
    const wires = hostileWires(500, 11);
    const lines = (await exported(await archiveOf(wires), 'ocsf')).toString('utf8').split('\n').slice(0, -1);
    expect(lines).toHaveLength(wires.length);
    const byId = new Map(wires.map((wire) => [String(wire.id), wire]));
    for (const line of lines) {
      const event = JSON.parse(line);
      expect(complaints(event), line).toEqual([]);
      const wire = byId.get(event.metadata.uid);
      expect(JSON.stringify(event.unmapped.metadata)).toBe(JSON.stringify(wire?.metadata ?? null));
    }
  });

  it('says what is wrong with a mapping that is damaged or missing', () => {
    expect(loadOcsfMapping(temporaryFolder())).toMatchObject({ error: { code: 'not_found' } });
    expect(loadCefMapping(temporaryFolder())).toMatchObject({ error: { code: 'not_found' } });
  });

  it('names only classes and activities that its map has', () => {
    for (const rule of mapping.rules) {
      const kind = mapping.classes[rule.class];
      expect(kind, rule.class).toBeDefined();
      expect(Object.keys(kind?.activities ?? {}), rule.class).toContain(String(rule.activity));
    }
    expect(mapping.rules.at(-1)).toMatchObject({ when: {}, class: 'base_event' });
  });
});

/** Reads a CEF line as its specification says. */
function parseCef(line: string): { header: string[]; extension: Record<string, string> } {
  const parts = line.split(/(?<!\\)(?:\\\\)*\|/).length;
  expect(parts).toBeGreaterThanOrEqual(8);
  const header: string[] = [];
  let at = 0;
  for (let n = 0; n < 7; n++) {
    let field = '';
    for (; line[at] !== '|'; at++) field += line[at] === '\\' ? line[++at] : line[at];
    header.push(field);
    at++;
  }
  const extension: Record<string, string> = {};
  const text = line.slice(at);
  const keys = [...text.matchAll(/(?:^| )([A-Za-z0-9]+)=/g)];
  keys.forEach((match, i) => {
    const from = match.index + match[0].length;
    const value = text.slice(from, keys[i + 1]?.index);
    extension[match[1] ?? ''] = value.replace(/\\(.)/g, (_, char) => ({ n: '\n', r: '\r' })[char as string] ?? char);
  });
  return { header, extension };
}

describe('cef', () => {
  it('writes header and extension as the specification says', () => {
    expect(
      cef({ actor: alice, action: 'team.member_removed', target: bob, context, metadata: { reason: 'left' } }),
    ).toBe(
      'CEF:0|Jetty|Audit log|1|team.member_removed|Removed a member|5|rt=1774692000000 externalId=log_1 act=team.member_removed cat=team outcome=success suid=user_1 suser=alice@example.com duid=user_2 duser=Bob src=203.0.113.42 requestClientApplication=Mozilla/5.0 cs1Label=Team id cs1=team_1 cs2Label=Team cs2=Ops cs3Label=Target type cs3=user cs4Label=Target id cs4=user_2 cs5Label=Target cs5=Bob cs6Label=Metadata cs6={"reason":"left"}',
    );
  });

  it('escapes what would end a field, a pair or the line', () => {
    const action = 'a|b\\c=d\ne';
    const line = cef({ action, actor: { name: 'x=y\\z|w\r\nsuser=root' }, context: { ip_address: '2001:db8::1' } });
    expect(line).not.toMatch(/[\r\n]/);
    const { header, extension } = parseCef(line);
    expect(header.slice(0, 5)).toEqual(['CEF:0', 'Jetty', 'Audit log', '1', 'a|b\\c=d e']);
    expect(extension).toMatchObject({ act: action, suser: 'x=y\\z|w\r\nsuser=root', c6a2: '2001:db8::1' });
  });

  it('is one readable line an entry over a hostile archive', async () => {
    const wires = hostileWires(500, 12);
    const lines = (await exported(await archiveOf(wires), 'cef')).toString('utf8').split('\n').slice(0, -1);
    expect(lines).toHaveLength(wires.length);
    for (const line of lines) {
      expect(line).not.toMatch(/[\r\n\u0085\u2028\u2029]/);
      const { header, extension } = parseCef(line);
      expect(Number(header[6])).toBeGreaterThanOrEqual(0);
      expect(extension.externalId).toMatch(/^log_\d+$/);
      if (extension.src !== undefined) expect(ipaddr.IPv4.isValid(extension.src)).toBe(true);
    }
    expect(new Set(lines.map((line) => parseCef(line).extension.externalId)).size).toBe(wires.length);
  });
});
