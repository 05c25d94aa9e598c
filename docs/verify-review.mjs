// Checks a review that Logbook exported: node verify-review.mjs FOLDER. Needs Node 20 or later and nothing of Logbook's.
// docs/reviews.md says what each file holds. Compare the printed keys with those you know the signers by.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? '.';
const bytes = (name) => readFileSync(join(folder, name));
const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const lines = (name) => bytes(name).toString().split('\n').slice(0, -1);
const check = (holds, what) => {
  if (holds) return console.log(`ok      ${what}`);
  console.error(`WRONG   ${what}`);
  process.exitCode = 1;
};

const manifest = JSON.parse(bytes('manifest.json'));
const hash = sha256(bytes('manifest.json'));
check(manifest.format === 'logbook-review/1', `manifest ${hash}`);

const { population, sample, decisions, exceptions } = manifest;
const ids = lines('population.ids');
check(ids.length === population.count, `population of ${population.count}`);
check(sha256(bytes('population.ids')) === population.sha256, `population hash ${population.sha256}`);

const scope = new Set(ids.keys());
if (sample !== null) {
  const ranked = ids.map((line, n) => ({ n, rank: sha256(`${sample.seed}\n${population.sha256}\n${line}`) }));
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const drawn = ranked.slice(0, sample.size).sort((a, b) => a.n - b.n);
  for (const { n } of ranked.slice(sample.size)) scope.delete(n);
  const text = drawn.map(({ n }) => `${ids[n]}\n`).join('');
  check(sha256(text) === sample.sha256, `sample of ${sample.size}, drawn again by the seed “${sample.seed}”`);
  check(bytes('sample.ids').toString() === text, 'sample.ids');
}

const decided = lines('decisions.ndjson').map((line) => JSON.parse(line));
check(sha256(bytes('decisions.ndjson')) === decisions.sha256, `${decisions.count} decisions`);
check(
  decided.every(({ n, id }) => JSON.stringify(id) === ids[n]),
  'each decision is of an item of the population',
);
for (const { n } of decided) scope.delete(n);
check(scope.size === 0, 'every item that was to be decided is decided');
check(sha256(bytes('exceptions.ndjson')) === exceptions.sha256, `${exceptions.count} exceptions`);

const signatures = existsSync(join(folder, 'signatures.json')) ? JSON.parse(bytes('signatures.json')) : [];
const signers = signatures.map(({ statement, publicKey, signature }) => {
  const der = Buffer.from(`302a300506032b6570032100${publicKey}`, 'hex');
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  const said = JSON.parse(statement);
  const holds = verify(null, Buffer.from(statement), key, Buffer.from(signature, 'hex'));
  const same = said.manifest === hash && said.review === manifest.review && said.archive === manifest.archive;
  check(holds && same, `${said.role} ${said.name} <${said.email}>, key ${sha256(Buffer.from(publicKey, 'hex'))}`);
  return { ...said, publicKey };
});
check(signers.map(({ role }) => role).join() === 'preparer,reviewer', 'signed by a preparer, then by a reviewer');
check(new Set(signers.map(({ publicKey }) => publicKey)).size === 2, 'by two keys');
check(new Set(signers.map(({ email }) => email)).size === 2, 'by two people');
console.log(process.exitCode ? 'NOT as it was signed.' : 'All as it was signed.');
