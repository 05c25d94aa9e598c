import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './ports.ts';

// A time-stamp authority as openssl makes one: a root, a certificate that may sign stamps, and one that may not.

export type AuthorityFiles = { readonly dir: string; readonly root: string; readonly rootPem: string };

export type TimeAuthority = AuthorityFiles & {
  readonly url: string;
  /** How often it was asked. */
  asked(): number;
  /** Answers from now on otherwise; null is as it should. */
  answer(how: ((request: Buffer, reply: (request: Buffer) => Buffer) => Answer) | null): void;
};

export type Answer =
  | Buffer
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Buffer;
      readonly never?: true;
    };

const CONFIG = `
[req]
distinguished_name = dn
[dn]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[stamping]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[other]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping, emailProtection
[tsa]
default_tsa = tsa1
[tsa1]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
ess_cert_id_chain = no
tsa_name = no
`;

/** Where it is not there and cannot be had (scripts/setup.mjs), the tests that need it are skipped. */
export function hasOpenssl(): boolean {
  return spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0;
}

/** Runs openssl in a folder of an authority. */
export function openssl(dir: string, ...args: string[]): string {
  return execFileSync('openssl', args, { cwd: dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Makes a root and what it issues, in a folder of its own unless one is given. */
export function makeAuthority(name = 'Test Authority', dir = temporaryFolder()): AuthorityFiles {
  writeFileSync(join(dir, 'openssl.cnf'), CONFIG);
  writeFileSync(join(dir, 'serial'), '01\n');
  const key = (file: string) =>
    openssl(dir, 'genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${file}.key`);
  const config = ['-config', 'openssl.cnf'];
  key('root');
  openssl(
    dir,
    'req',
    '-x509',
    '-new',
    '-key',
    'root.key',
    '-subj',
    `/O=${name}/CN=${name} Root`,
    '-days',
    '3650',
    ...config,
    '-extensions',
    'root',
    '-out',
    'root.pem',
  );
  for (const [i, section] of ['stamping', 'other'].entries()) {
    key(section);
    openssl(
      dir,
      'req',
      '-new',
      '-key',
      `${section}.key`,
      '-subj',
      `/O=${name}/CN=${name}`,
      ...config,
      '-out',
      `${section}.csr`,
    );
    openssl(
      dir,
      'x509',
      '-req',
      '-in',
      `${section}.csr`,
      '-CA',
      'root.pem',
      '-CAkey',
      'root.key',
      '-set_serial',
      String(i + 2),
      '-days',
      '3000',
      '-extfile',
      'openssl.cnf',
      '-extensions',
      section,
      '-out',
      `${section}.pem`,
    );
  }
  const root = join(dir, 'root.pem');
  return { dir, root, rootPem: readFileSync(root, 'utf8') };
}

/** The answer of an authority to a request (DER), by `openssl ts`. */
export function stampBy({ dir }: AuthorityFiles, request: Uint8Array): Buffer {
  writeFileSync(join(dir, 'request.tsq'), request);
  openssl(
    dir,
    'ts',
    '-reply',
    '-config',
    'openssl.cnf',
    '-queryfile',
    'request.tsq',
    '-signer',
    'stamping.pem',
    '-inkey',
    'stamping.key',
    '-out',
    'answer.tsr',
  );
  return readFileSync(join(dir, 'answer.tsr'));
}

/** An authority that answers on this machine until the test has ended. */
export async function startTimeAuthority(files: AuthorityFiles = makeAuthority()): Promise<TimeAuthority> {
  let how: Parameters<TimeAuthority['answer']>[0] = null;
  let asked = 0;
  const answerTo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    asked++;
    const body = Buffer.concat(pieces);
    const given = how === null ? stampBy(files, body) : how(body, (one) => stampBy(files, one));
    const answer = Buffer.isBuffer(given) ? { body: given } : given;
    if (answer.never) return;
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/timestamp-reply', ...answer.headers });
    response.end(answer.body ?? '');
  };
  const server = createServer((request, response) => void answerTo(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    ...files,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsr`,
    asked: () => asked,
    answer(next) {
      how = next;
    },
  };
}
