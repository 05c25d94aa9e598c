// Checks a decrypted evidence bundle of Logbook with Node (20 or later) alone; docs/integrity.md describes the format.
//
//   age -d -o bundle.tar.gz FILE.age
//   node verify-bundle.mjs bundle.tar.gz|FOLDER KEY-OR-HEAD…
//
// Each KEY-OR-HEAD is 64 hexadecimal characters that came to you on another way than the bundle: the archive's public key,
// its fingerprint, or a head (the hash of a seal). Prints what is wrong; exit 0: all as it was made, 1: not, 2: wrong usage.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const [place, ...given] = process.argv.slice(2);
if (!place || given.length === 0 || given.some((one) => !/^[0-9a-f]{64}$/i.test(one))) {
  process.stderr.write('Usage: node verify-bundle.mjs bundle.tar.gz|FOLDER KEY-OR-HEAD…\n');
  process.exit(2);
}

const problems = [];
const say = (problem) => problems.push(problem);
const sha256 = (...pieces) => pieces.reduce((hash, piece) => hash.update(piece), createHash('sha256')).digest();
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const bytes = (text) => (/^([0-9a-f]{2})*$/.test(text) ? Buffer.from(text, 'hex') : Buffer.alloc(0));
const node = (left, right) => sha256(Buffer.of(1), left, right);
const filled = (text) => text.split('\n').filter(Boolean);
const lines = (name) => filled(String(parts.get(name) ?? '')).map((line) => JSON.parse(line));

/** Parts by name, in their order. */
function readParts() {
  const found = new Map();
  if (statSync(place).isDirectory()) {
    for (const name of readdirSync(place, { recursive: true }).sort())
      if (statSync(join(place, name)).isFile()) found.set(name.replaceAll('\\', '/'), readFileSync(join(place, name)));
    return found;
  }
  const tar = gunzipSync(readFileSync(place));
  const text = (at, length) => tar.toString('utf8', at, at + length).split('\0')[0];
  let at = 0;
  while (at + 512 <= tar.length && tar[at] !== 0) {
    const size = Number.parseInt(text(at + 124, 12), 8);
    if (found.has(text(at, 100))) say(`There are two parts called ${text(at, 100)}.`);
    if (at + 512 + size > tar.length) say('The bundle is cut off.');
    found.set(text(at, 100), tar.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return found;
}

/** Whether a text was signed with an Ed25519 key of 32 bytes. */
function signed(text, signature, key) {
  try {
    const der = Buffer.concat([bytes('302a300506032b6570032100'), key]);
    return verify(null, text, createPublicKey({ key: der, format: 'der', type: 'spki' }), bytes(signature));
  } catch {
    return false;
  }
}

/** The root over leaf hashes (RFC 6962 §2.1). */
function root(leaves) {
  if (leaves.length < 2) return leaves[0] ?? sha256('');
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return node(root(leaves.slice(0, half)), root(leaves.slice(half)));
}

/** The root that a leaf leads to by its inclusion proof (RFC 6962 §2.1.1); an empty text where the proof is none. */
function rootByProof(leaf, index, size, proof) {
  const climb = (hash, at, count, path) => {
    if (count === 1) return path.length === 0 ? hash : null;
    if (path.length === 0) return null;
    let half = 1;
    while (half * 2 < count) half *= 2;
    const beside = bytes(path.at(-1));
    const below = path.slice(0, -1);
    const inner = at < half ? climb(hash, at, half, below) : climb(hash, at - half, count - half, below);
    if (inner === null) return null;
    return at < half ? node(inner, beside) : node(beside, inner);
  };
  const isPlace = Number.isInteger(index) && index >= 0 && index < size;
  const found = isPlace ? climb(leaf, index, size, proof.match(/.{64}/g) ?? []) : null;
  return found === null ? '' : hex(found);
}

/** Manifest and signature; every part there, in its order, as it was made. */
function checkManifest() {
  const manifestText = parts.get('manifest.json') ?? Buffer.from('{}');
  const manifest = JSON.parse(String(manifestText));
  const key = bytes(String(manifest.key));
  if (manifest.format !== 'logbook-bundle/1') say('This is no bundle of the format logbook-bundle/1.');
  if (hex(sha256(key)) !== manifest.fingerprint) say('The fingerprint is not that of the key.');
  if (!signed(manifestText, String(parts.get('manifest.sig') ?? '').trim(), key))
    say('The manifest is not signed with its key.');
  const listed = manifest.parts ?? [];
  for (const { name, size, sha256: hash } of listed) {
    const part = parts.get(name);
    if (part === undefined) say(`The part ${name} is missing.`);
    else if (part.length !== size || hex(sha256(part)) !== hash) say(`The part ${name} is not as it was made.`);
  }
  const expected = [...listed.map((part) => part.name), 'manifest.json', 'manifest.sig'];
  const there = [...parts.keys()];
  for (const name of there) if (!expected.includes(name)) say(`The part ${name} is not in the manifest.`);
  if (!statSync(place).isDirectory() && there.join() !== expected.join()) say('The parts are not in their order.');
  return { manifest, key };
}

/** The seals by number, where they are one chain, signed, up to the head. */
function checkSeals(manifest, key) {
  const seals = new Map();
  const newest = new Map();
  let before = null;
  for (const { sequence, text, signature } of lines('seals.ndjson')) {
    const seal = { ...JSON.parse(text), hash: hex(sha256(text)) };
    if (!signed(Buffer.from(text), signature, key)) say(`Seal ${sequence} is not signed with the key.`);
    if (seal.format !== 'logbook-seal/1' || seal.sequence !== sequence) say(`Seal ${sequence} is none.`);
    if (seal.key !== manifest.fingerprint || seal.archive !== manifest.archive.id)
      say(`Seal ${sequence} is of another archive.`);
    if (before !== null && (sequence !== before.sequence + 1 || seal.previous !== before.hash))
      say(`Seal ${sequence} does not follow.`);
    before = seal;
    seals.set(sequence, seal);
    if (seal.day !== null) newest.set(seal.day, sequence);
  }
  if ((before?.hash ?? null) !== (manifest.head?.hash ?? null))
    say('The chain does not end with the head of the manifest.');
  return { seals, newest };
}

/** Every entry: its place, its fields where it is pseudonymised, and its proof. */
function checkEntries(manifest, { seals, newest }) {
  const count = { lines: 0, versions: 0, proven: 0 };
  let last = { key: -1, n: -1 };
  for (const name of parts.keys()) {
    if (!name.startsWith('entries/')) continue;
    for (const line of lines(name)) {
      const { key, n, seal, index, size, proof } = line;
      const where = `The entry of key ${key}${n > 0 ? `, version ${n}` : ''} in ${name}`;
      if (key < last.key || (key === last.key && n <= last.n)) say(`${where} is not in its place.`);
      last = { key, n };
      count.lines++;
      if (n > 0) count.versions++;
      if (line.fields !== undefined) {
        const commit = ([path, value, salt, hidden]) =>
          salt === null ? bytes(hidden) : sha256(Buffer.of(0), bytes(salt), JSON.stringify([path, value]));
        if (hex(root(line.fields.map(commit))) !== line.root) say(`${where} has a field that was not committed to.`);
        if (!manifest.pseudonymised) say(`${where} is pseudonymised, and the bundle says it is not.`);
      }
      const raw = line.raw64 === undefined ? Buffer.from(line.raw ?? '') : Buffer.from(line.raw64, 'base64');
      const leaf = line.fields === undefined ? sha256(Buffer.of(0), raw) : line.leaf === null ? null : bytes(line.leaf);
      if (leaf === null || proof === undefined) continue;
      count.proven++;
      const sealed = seals.get(seal);
      const day = new Date(Math.floor(key / 2048)).toISOString().slice(0, 10);
      if (sealed === undefined || sealed.day !== day || newest.get(day) !== seal)
        say(`${where} names a seal that is not the newest of ${day}.`);
      else if (rootByProof(leaf, index, size, proof) !== sealed.tree.root || size !== sealed.tree.count)
        say(`${where} is not among what seal ${seal} of ${day} proves.`);
    }
  }
  for (const what of ['lines', 'versions', 'proven'])
    if (count[what] !== manifest.entries?.[what]) say('The manifest counts other entries.');
  return count;
}

/** What is told beside entries: the days' coverage and the reviewers' log, against the seals. */
function checkBeside({ seals, newest }) {
  for (const { day, state, served, seal } of lines('coverage.ndjson')) {
    const sealed = newest.get(day) === seal ? seals.get(seal)?.coverage : null;
    if (seal !== null && (sealed?.state !== state || sealed?.served !== served))
      say(`The coverage of ${day} is not the one that was sealed.`);
  }
  const hashes = ['0'.repeat(64)];
  for (const { seq, kind, subject, at, by, body } of lines('journal.ndjson')) {
    if (seq !== hashes.length) say(`The reviewers' log does not go on with line ${seq}.`);
    hashes.push(hex(sha256(bytes(hashes.at(-1)), JSON.stringify([seq, kind, subject, at, by, body]))));
  }
  for (const { sequence, journal } of parts.has('journal.ndjson') ? seals.values() : [])
    if (hashes[journal.line] !== journal.hash) say(`The reviewers' log is not the one that seal ${sequence} knows.`);
}

const parts = readParts();
let count = null;
try {
  const { manifest, key } = checkManifest();
  const chain = checkSeals(manifest, key);
  count = checkEntries(manifest, chain);
  checkBeside(chain);
  const known = new Set([manifest.key, manifest.fingerprint, ...[...chain.seals.values()].map((seal) => seal.hash)]);
  for (const one of given)
    if (!known.has(one.toLowerCase())) say(`${one} is neither the key of this bundle nor one of its seals.`);
} catch (error) {
  say(`The bundle cannot be read: ${error.message}`);
}
const print = (text) => process.stdout.write(`${text}\n`);
problems.forEach(print);
if (problems.length === 0)
  print(`All as it was made: ${count.lines} contents of entries, ${count.proven} of them proven by seals.`);
process.exitCode = problems.length === 0 ? 0 : 1;
