import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AsnConvert } from '@peculiar/asn1-schema';
import { PKIStatus, PKIStatusInfo, TimeStampResp, TimeStampToken } from '@peculiar/asn1-tsp';
import { describe, expect, it } from 'vitest';
import { trustedCertificates } from '../../../src/main/core/stamp/certificate.ts';
import { checkStamp, nonceOf, stampRequest } from '../../../src/main/core/stamp/stamp.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { type AuthorityFiles, hasOpenssl, makeAuthority, openssl, stampBy } from '../../support/time-authority.ts';

const head = createHash('sha256').update('the text of a seal').digest('hex');
const nonce = nonceOf(Buffer.from('ff02030405060708', 'hex'));
const trustedBy = ({ rootPem }: AuthorityFiles) => unwrap(trustedCertificates(rootPem));

/** A stamp that somebody signs by hand with one of an authority’s certificates: what `openssl ts` would refuse to do. */
function signedBy(files: AuthorityFiles, certificate: 'stamping' | 'other', ...flags: string[]): Buffer {
  const { dir } = files;
  writeFileSync(join(dir, 'answer.tsr'), stampBy(files, stampRequest(head, nonce)));
  openssl(dir, 'ts', '-reply', '-in', 'answer.tsr', '-token_out', '-out', 'token.der');
  openssl(dir, 'cms', '-verify', '-inform', 'DER', '-in', 'token.der', '-noverify', '-out', 'info.der');
  const by = ['-signer', `${certificate}.pem`, '-inkey', `${certificate}.key`];
  const type = ['-econtent_type', '1.2.840.113549.1.9.16.1.4', '-binary', '-nodetach', '-md', 'sha256'];
  openssl(dir, 'cms', '-sign', '-in', 'info.der', ...type, ...by, '-outform', 'DER', '-out', 'signed.der', ...flags);
  return granting(readFileSync(join(dir, 'signed.der')));
}

function granting(token: Uint8Array): Buffer {
  const status = new PKIStatusInfo({ status: PKIStatus.granted });
  return Buffer.from(
    AsnConvert.serialize(new TimeStampResp({ status, timeStampToken: AsnConvert.parse(token, TimeStampToken) })),
  );
}

/** The answer with a byte of `bytes` altered where they stand in it. */
function altered(response: Buffer, bytes: Buffer, at = 0): Buffer {
  const copy = Buffer.from(response);
  const place = copy.indexOf(bytes);
  expect(place).toBeGreaterThan(0);
  copy[place + at]! ^= 1;
  return copy;
}

describe.runIf(hasOpenssl())('a time stamp of a head', () => {
  it('is asked for and checked; it is trusted only where its certificate leads to one that is', () => {
    const authority = makeAuthority();
    const response = stampBy(authority, stampRequest(head, nonce));
    const sound = { at: expect.any(Number), authority: 'Test Authority' };
    expect(checkStamp(response, { head, nonce, trusted: [] })).toEqual({ ...sound, trusted: false });
    expect(checkStamp(response, { head, nonce, trusted: trustedBy(authority) })).toEqual({ ...sound, trusted: true });
    const stranger = trustedBy(makeAuthority('Test Authority'));
    expect(checkStamp(response, { head, nonce, trusted: stranger })).toEqual({ ...sound, trusted: false });
  });

  it('is what openssl ts makes of the request, and accepts', () => {
    const authority = makeAuthority();
    const request = stampRequest(head, nonce);
    writeFileSync(join(authority.dir, 'answer.tsr'), stampBy(authority, request));
    const said = openssl(authority.dir, 'ts', '-verify', '-digest', head, '-in', 'answer.tsr', '-CAfile', 'root.pem');
    expect(said).toContain('Verification: OK');
    expect(openssl(authority.dir, 'ts', '-query', '-in', 'request.tsq', '-text')).toMatch(
      /Hash Algorithm: sha256[\s\S]*Certificate required: yes/,
    );
  });

  it('is refused where it is of another head, or the answer to another question', () => {
    const response = stampBy(makeAuthority(), stampRequest(head, nonce));
    const other = createHash('sha256').update('another seal').digest('hex');
    expect(checkStamp(response, { head: other, trusted: [] })).toBe('it is of something else than this head');
    const replayed = { head, nonce: nonceOf(Buffer.from('0102030405060708', 'hex')), trusted: [] };
    expect(checkStamp(response, replayed)).toBe('it is not the answer to what was asked just now');
  });

  it('is refused where anything that is signed was altered, or the signature', () => {
    const authority = makeAuthority();
    const response = stampBy(authority, stampRequest(head, nonce));
    const year = /\d{14}Z/.exec(response.toString('latin1'))![0];
    const check = (bytes: Buffer) => checkStamp(bytes, { head, trusted: trustedBy(authority) });
    expect(check(altered(response, Buffer.from(year)))).toBe('what it says is not what was signed');
    const attribute = (last: string) => Buffer.from(`06092a864886f70d0109${last}`, 'hex');
    expect(check(altered(response, attribute('04'), 17))).toBe('what it says is not what was signed');
    expect(check(altered(response, attribute('05'), 17))).toBe('its signature does not fit');
    const signature = Buffer.from(response);
    signature[signature.length - 3]! ^= 1;
    expect(check(signature)).toBe('its signature does not fit');
    expect(check(altered(response, Buffer.from('Test Authority Root'), 3))).toEqual(expect.any(String));
    for (let cut = 0; cut < response.length; cut += 37)
      expect([cut, typeof check(response.subarray(0, cut))]).toEqual([cut, 'string']);
  });

  it('is refused where it was signed with a certificate that is not for time stamps alone', () => {
    const authority = makeAuthority();
    const check = (response: Buffer) => checkStamp(response, { head, nonce, trusted: trustedBy(authority) });
    expect(check(signedBy(authority, 'stamping', '-cades'))).toMatchObject({ trusted: true });
    expect(check(signedBy(authority, 'other', '-cades'))).toBe(
      'it was signed with a certificate that is not one for time stamps',
    );
    // Without the attribute that names the certificate another one could be put in its place.
    expect(check(signedBy(authority, 'stamping'))).toBe('it does not name the certificate that signed it');
    expect(check(signedBy(authority, 'stamping', '-cades', '-nocerts'))).toBe(
      'the certificate that signed it is not in it',
    );
    expect(check(signedBy(authority, 'stamping', '-noattr'))).toBe('it does not say what was signed');
  });

  it('is refused where the authority did not grant it, with its words', () => {
    const { dir } = makeAuthority();
    // SHA-1 is not among what this authority stamps.
    openssl(dir, 'ts', '-query', '-digest', '00'.repeat(20), '-sha1', '-out', 'request.tsq');
    const by = ['-signer', 'stamping.pem', '-inkey', 'stamping.key'];
    openssl(dir, 'ts', '-reply', '-config', 'openssl.cnf', '-queryfile', 'request.tsq', ...by, '-out', 'answer.tsr');
    const said = checkStamp(readFileSync(join(dir, 'answer.tsr')), { head, trusted: [] });
    expect(said).toMatch(/^the authority did not grant it: “.*not supported/);
  });

  it('is refused where it is something else altogether', () => {
    for (const text of ['', '<!doctype html><title>Sign in</title>', '\u0030\u0003\u0002\u0001\u0000'])
      expect(checkStamp(Buffer.from(text), { head, trusted: [] })).toEqual(expect.any(String));
  });

  it('leads to a root over an issuer between them, unless that one may not issue', () => {
    for (const [constraints, trusted] of [
      ['critical, CA:TRUE, pathlen:0', true],
      ['critical, CA:FALSE', false],
    ] as const) {
      const authority = makeAuthority();
      const { dir } = authority;
      writeFileSync(join(dir, 'between.cnf'), `basicConstraints = ${constraints}\nsubjectKeyIdentifier = hash\n`);
      openssl(dir, 'genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'between.key');
      openssl(
        dir,
        'req',
        '-new',
        '-key',
        'between.key',
        '-subj',
        '/CN=Between',
        '-config',
        'openssl.cnf',
        '-out',
        'between.csr',
      );
      const signed = ['-days', '100', '-CA', 'root.pem', '-CAkey', 'root.key', '-set_serial', '77'];
      openssl(dir, 'x509', '-req', '-in', 'between.csr', ...signed, '-extfile', 'between.cnf', '-out', 'between.pem');
      const issued = ['-days', '50', '-CA', 'between.pem', '-CAkey', 'between.key', '-set_serial', '78'];
      const usage = ['-extfile', 'openssl.cnf', '-extensions', 'stamping'];
      openssl(dir, 'x509', '-req', '-in', 'stamping.csr', ...issued, ...usage, '-out', 'stamping.pem');
      const request = stampRequest(head, nonce);
      writeFileSync(join(dir, 'request.tsq'), request);
      const by = ['-signer', 'stamping.pem', '-inkey', 'stamping.key', '-chain', 'between.pem'];
      openssl(dir, 'ts', '-reply', '-config', 'openssl.cnf', '-queryfile', 'request.tsq', ...by, '-out', 'answer.tsr');
      const response = readFileSync(join(dir, 'answer.tsr'));
      expect(checkStamp(response, { head, nonce, trusted: trustedBy(authority) })).toMatchObject({ trusted });
      const by_openssl = spawnSync(
        'openssl',
        ['ts', '-verify', '-digest', head, '-in', 'answer.tsr', '-CAfile', 'root.pem'],
        { cwd: dir },
      );
      expect(by_openssl.status === 0).toBe(trusted);
    }
  });
});
