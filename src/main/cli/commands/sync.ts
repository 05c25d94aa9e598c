import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { type JettyPlan, PLANS } from '../../../shared/coverage.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { lookForWatched } from '../../core/investigation/watch.ts';
import { createClient, type JettyClient } from '../../core/jetty/client.ts';
import { discoverSettings } from '../../core/jetty/config.ts';
import type { Clock } from '../../core/ports.ts';
import { beginRun } from '../../core/sync/run-history.ts';
import { rememberSync } from '../../core/sync/source.ts';
import { runSync } from '../../core/sync/sync.ts';
import type { SyncResult } from '../../core/sync/tally.ts';
import { systemFetch } from '../../system-fetch.ts';
import { systemRandom } from '../../system-ports.ts';
import { type Answer, grouped, type Outcome, outcome } from '../answer.ts';
import { type CommonOptions, clockOf } from '../common-options.ts';
import { openForWriting } from '../open-archive.ts';
import { progressBar } from '../progress.ts';
import { readFirstLine } from '../secrets.ts';
import { seenWords } from '../seen-words.ts';
import { stampAfter } from '../stamp-after.ts';
import type { Terminal } from '../terminal.ts';

export type SyncOptions = CommonOptions & {
  readonly url: string;
  readonly tokenFile?: string;
  readonly from?: string;
  readonly to?: string;
  readonly plan?: string;
  readonly full?: boolean;
  readonly reconcile?: boolean;
};

/** `logbook sync`: fetches everything new. What arrived before a failure is stored, and told. */
export async function sync(options: SyncOptions, terminal: Terminal): Promise<Outcome> {
  const clock = clockOf(options, 'moving');
  if (!clock.ok) return outcome(clock);
  if (options.plan !== undefined && !Object.hasOwn(PLANS, options.plan)) {
    return outcome(
      fail('bad_input', `--plan “${options.plan}” is not a plan.`, `Plans: ${Object.keys(PLANS).join(', ')}.`),
    );
  }
  const client = connect(options, terminal, clock.value);
  if (!client.ok) return outcome(client);
  const opened = await openForWriting(options, terminal, clock.value);
  if (!opened.ok) return outcome(opened);
  const progress = progressBar(terminal);
  const run = beginRun(opened.value, clock.value, { kind: 'sync', source: client.value.host });
  try {
    const done = await runSync({
      writer: opened.value,
      client: client.value,
      clock: clock.value,
      ...(options.from === undefined ? {} : { from: options.from }),
      ...(options.to === undefined ? {} : { to: options.to }),
      ...(options.plan === undefined ? {} : { plan: options.plan as JettyPlan }),
      full: options.full ?? false,
      reconcile: options.reconcile ?? false,
      onProgress: progress.onProgress,
      signal: terminal.signal,
    });
    progress.stop();
    run.synced(done.achieved, done.ok ? null : done.error);
    const achieved = answerOf(done.achieved);
    if (!done.ok) return { result: done, achieved };
    await stampAfter(opened.value, clock.value, terminal);
    const plan = (options.plan as JettyPlan | undefined) ?? null;
    const remembered = rememberSync(opened.value, { host: client.value.host, plan, at: clock.value.now() });
    const seen = remembered.ok ? lookForWatched(opened.value, clock.value.now()) : remembered;
    if (seen.ok) terminal.err(seenWords(seen.value));
    return { result: seen.ok ? ok(achieved) : seen, achieved };
  } finally {
    progress.stop();
    opened.value.close();
  }
}

function connect(options: SyncOptions, terminal: Terminal, clock: Clock): Result<JettyClient> {
  const token = findToken(options, terminal);
  if (!token.ok) return token;
  return createClient({
    address: options.url,
    token: token.value,
    fetch: systemFetch({ env: terminal.env }),
    clock,
    random: systemRandom,
  });
}

function findToken(options: SyncOptions, terminal: Terminal): Result<string> {
  if (options.tokenFile !== undefined) return readFirstLine(options.tokenFile, terminal, 'token');
  const settings = discoverSettings({ env: terminal.env, home: terminal.env.HOME ?? homedir(), readFile });
  if (!settings.ok) return settings;
  return settings.value.token === null
    ? fail(
        'bad_input',
        'No API token was found.',
        'Use --token-file FILE, set JETTY_TOKEN, or sign in with the jetty command.',
      )
    : ok(settings.value.token);
}

function readFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function answerOf(r: SyncResult): Answer {
  const counts = [
    `${grouped(r.inserted)} new entries in ${grouped(r.requests)} requests`,
    `${grouped(r.duplicates)} known`,
    ...(r.changed > 0 ? [`${grouped(r.changed)} changed upstream`] : []),
    ...(r.vanished > 0 ? [`${grouped(r.vanished)} vanished upstream`] : []),
    ...(r.rejected > 0 ? [`${grouped(r.rejected)} unreadable, kept raw`] : []),
    ...(r.retries > 0 ? [`${grouped(r.retries)} retries`] : []),
  ].join(', ');
  const days = `${r.days.complete} days complete, ${r.days.partial} partial, ${r.days.lost} lost`;
  return { json: r, text: `${counts}\n${days}${r.complete ? '' : '\nNot complete yet: run it again to go on.'}` };
}
