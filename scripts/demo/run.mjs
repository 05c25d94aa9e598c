// The demo's steps, one after the other; each tells what it does, the last where everything is.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser, hasDisplay, root } from '../runtime.mjs';
import { logbookJson, startServer } from './command.mjs';
import { takeScreenshot } from './screenshot.mjs';
import { openWindow } from './window.mjs';

const { values: flags } = parseArgs({ options: { import: { type: 'string' }, open: { type: 'boolean' } } });
const ORGANISATION = { entries: 25_000, days: 120, seed: 7 };
const MS_PER_DAY = 86_400_000;

const file = flags.import === undefined ? null : resolve(process.env.INIT_CWD ?? process.cwd(), flags.import);
const name = file === null ? 'organisation' : basename(file).replace(/\W.*$/, '');
const folder = join(root, 'demo', ...(file === null ? [] : [name]));
const place = (...parts) => join(folder, ...parts);
const shown = (path) => relative(process.cwd(), path);
const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, '\u202f');

mkdirSync(folder, { recursive: true });
const archive = place(`${name}.logbook`);
const passphraseFile = place('passphrase.txt');
const state = keep('state.json', () => ({ now: new Date(Math.floor(Date.now() / 1000) * 1000).toISOString() }));
const common = ['--archive', archive, '--passphrase-file', passphraseFile, '--now', state.now];

if (!existsSync(archive)) {
  writeFileSync(passphraseFile, `${crypto.randomUUID()}\n`, { mode: 0o600 });
  const { recovery_code } = await logbookJson([
    'init',
    ...common,
    '--name',
    file === null ? 'Alder Quay · demo' : name,
  ]);
  writeFileSync(place('recovery-code.txt'), `${recovery_code}\n`, { mode: 0o600 });
  console.log(`Created an encrypted archive: ${shown(archive)}`);
} else {
  console.log(`Going on with the archive of an earlier run: ${shown(archive)}`);
}

const filled = file === null ? await syncFromServer() : await importFile();
const period = await periodOf();
const detected = await logbookJson(['detect', ...common]);
const report = await logbookJson([
  'report',
  ...common,
  '--template',
  'soc2',
  '--from',
  period.from,
  '--to',
  period.to,
  '--out',
  place('soc2-report.pdf'),
]);
const exported = await logbookJson(['export', ...common, '--format', 'csv', '--out', place('entries.csv')]);
const screenshot =
  findBrowser() === null ? null : await takeScreenshot({ archive, passphraseFile, out: place('window.png') });
tell();
if (flags.open) process.exitCode = openWindow({ archive, userData: place('window') });

async function syncFromServer() {
  const server = await startServer([
    ...Object.entries(ORGANISATION).flatMap(([flag, value]) => [`--${flag}`, String(value)]),
    ...['--port', '0', '--now', state.now],
  ]);
  try {
    writeFileSync(place('token.txt'), `${server.token}\n`, { mode: 0o600 });
    console.log(`Syncing from a local Jetty server at ${server.url}`);
    const synced = await logbookJson(['sync', ...common, '--url', server.url, '--token-file', place('token.txt')]);
    const truth = await (await fetch(`${server.url}/truth`)).json();
    const { total } = await logbookJson(['count', ...common]);
    if (total !== truth.served) throw new Error(`The archive holds ${total} entries, the server ${truth.served}.`);
    return {
      line: `${grouped(total)} entries in the archive, ${grouped(truth.served)} on the server: equal. ${grouped(synced.inserted)} were new, in ${grouped(synced.requests)} requests.`,
      stories: truth.stories,
    };
  } finally {
    await server.stop();
  }
}

async function importFile() {
  const imported = await logbookJson(['import', ...common, file]);
  const { total } = await logbookJson(['count', ...common]);
  const rejected =
    imported.rejected.length > 0
      ? `, ${grouped(imported.rejected.length)} rejected (${imported.rejected[0].reason})`
      : '';
  return {
    line: `${grouped(total)} entries in the archive. ${grouped(imported.read)} read: ${grouped(imported.inserted)} new, ${grouped(imported.duplicates)} known, ${grouped(imported.changed)} changed${rejected}.`,
    stories: [],
  };
}

// The last 90 days for the organisation, all there is for a file.
async function periodOf() {
  if (file === null) return { from: dayOf(Date.parse(state.now) - 89 * MS_PER_DAY), to: dayOf(Date.parse(state.now)) };
  const { buckets } = await logbookJson(['histogram', ...common, '--by', 'day']);
  if (buckets.length === 0)
    throw new Error('The file holds no entry that could be read: there is nothing to report on.');
  return { from: buckets[0].start.slice(0, 10), to: buckets.at(-1).start.slice(0, 10) };
}

function tell() {
  const found = new Set(detected.findings.flatMap((finding) => finding.entry_ids));
  const stories = filled.stories.map(
    (story) => `${story.name} ${story.entry_ids.some((id) => found.has(id)) ? '✓' : '– (not found)'}`,
  );
  const bySeverity = ['critical', 'high', 'medium', 'low']
    .map((severity) => [severity, detected.findings.filter((f) => f.severity === severity).length])
    .filter(([, n]) => n > 0);
  const gravest = detected.findings[0];
  console.log(
    [
      '',
      filled.line,
      `${detected.findings.length} findings from ${detected.rules_run} rules${bySeverity.length > 0 ? `: ${bySeverity.map(([severity, n]) => `${n} ${severity}`).join(', ')}` : ''}.`,
      ...(gravest ? [`Gravest: ${gravest.why}`] : []),
      ...(stories.length > 0 ? [`Planted in the organisation: ${stories.join(', ')}.`] : []),
      `Report      ${shown(report.out)} (${report.pages} pages, ${report.exceptions} exceptions, ${grouped(report.population)} entries in the period)`,
      `Entries     ${shown(exported.out)} (${grouped(exported.entries)} rows)`,
      screenshot === null ? 'Screenshot  none: no browser is installed' : `Screenshot  ${shown(screenshot)}`,
      `Archive     ${shown(archive)} (passphrase in ${shown(passphraseFile)}, recovery code in ${shown(place('recovery-code.txt'))})`,
      `Ask it      npx logbook search --archive ${shown(archive)} --passphrase-file ${shown(passphraseFile)} 'action:*login_failed last:30d'`,
      `Open it     npm run demo -- ${file === null ? '' : `--import ${shown(file)} `}--open${hasDisplay() ? '' : '   (needs a display)'}`,
    ].join('\n'),
  );
}

function dayOf(ms) {
  return new Date(ms).toISOString().slice(0, 10);
}

// A small file that is made once and read ever after.
function keep(fileName, make) {
  if (!existsSync(place(fileName))) writeFileSync(place(fileName), JSON.stringify(make()));
  return JSON.parse(readFileSync(place(fileName), 'utf8'));
}
