import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Clock } from '../ports.ts';
import type { DayEntry } from './draft.ts';
import { ENVELOPES, type Envelope } from './envelope.ts';
import { makeFaults, type NamedFault } from './faults/catalogue.ts';
import { troubleMaker } from './faults/trouble-maker.ts';
import { bad, checkOrganisation, type OrganisationOptions, within } from './options.ts';
import { organisation } from './organisation.ts';
import { randomFor } from './random.ts';
import { rateLimit } from './rate-limit.ts';
import { servedAt } from './selection.ts';
import { createService, type RequestRecord } from './service.ts';
import { slowLink } from './slow-link.ts';
import { servedBetween, type Truth, truthOf } from './truth.ts';

export type SimulatorOptions = OrganisationOptions & {
  /** 0 takes any free port. */
  readonly port: number;
  /**
   * What the server takes for the present: entries later than it are not served yet, those older than the retention no
   * longer. Without a clock the present stands still at `now`.
   */
  readonly clock?: Clock;
  readonly faults?: readonly string[];
  readonly envelope?: Envelope;
  /** 365 unless said otherwise. */
  readonly retentionDays?: number;
  /** 100 unless said otherwise. */
  readonly perPageMax?: number;
  /** Needs a clock that moves. */
  readonly rateLimitPerMinute?: number;
};

/** A running local Jetty server. */
export type Simulator = {
  /** Base address, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** A token of an admin: may read the log. */
  readonly token: string;
  /** A token of an ordinary member: is refused with 403. */
  readonly memberToken: string;
  truth(): Truth;
  /** The entries that were served at some moment between two of the server's instants (ms UTC), as they were at first. */
  servedBetween(from: number, to: number): IterableIterator<DayEntry>;
  /** How many requests were made so far, refused and troubled ones included, those for the truth not. */
  requests(): number;
  /** The same one by one, in the order of their answers. */
  history(): readonly RequestRecord[];
  /** Resolves when the port is free again; connections that are open are broken. */
  close(): Promise<void>;
};

const HOST = '127.0.0.1';

/** Starts a local Jetty server on loopback. `bad_input` for options that cannot be, and for a port that is not to be had. */
export async function startSimulator(options: SimulatorOptions): Promise<Result<Simulator>> {
  const checked = check(options);
  if (!checked.ok) return checked;
  const { port, seed, now, envelope = 'length-aware', retentionDays = 365, perPageMax = 100 } = options;
  const faults = makeFaults(seed, options.faults ?? []);
  if (!faults.ok) return faults;

  const log = organisation(reachingAhead(options, faults.value));
  const clock = options.clock ?? standingClock(now);
  const perMinute = limitOf(options, faults.value);
  if (perMinute !== null && !options.clock) return bad('rateLimitPerMinute', 'given together with a clock');
  const troubles = troubleMaker(seed, faults.value);
  const requests: RequestRecord[] = [];
  const tokens = { admin: tokenOf(seed, 'admin'), member: tokenOf(seed, 'member') };
  const truth = () => {
    const view = { ...servedAt(troubles.present(clock.now()), retentionDays), ...troubles.view() };
    return truthOf(log, view, retentionDays);
  };
  const server = createService({
    log,
    clock,
    tokens,
    envelope,
    retentionDays,
    perPageMax,
    troubles,
    limit: perMinute === null ? null : rateLimit(perMinute),
    link: slowLink(clock, troubles.bytesPerSecond),
    truth,
    record: (request) => requests.push(request),
  });
  const listening = await listen(server, port);
  if (!listening.ok) return listening;
  return ok({
    url: `http://${HOST}:${listening.value}`,
    port: listening.value,
    token: tokens.admin,
    memberToken: tokens.member,
    truth,
    servedBetween: (from, to) => servedBetween(log, { ...troubles.view(), from, to }, retentionDays),
    requests: () => requests.length,
    history: () => requests,
    close: () => close(server),
  });
}

function check(options: SimulatorOptions): Result<void> {
  const { port, envelope, retentionDays = 365, perPageMax = 100, rateLimitPerMinute = 60 } = options;
  if (!within(port, 0, 65_535)) return bad('port', 'a whole number from 0 (any free port) to 65535');
  if (envelope !== undefined && !ENVELOPES.includes(envelope)) return bad('envelope', `one of ${ENVELOPES.join(', ')}`);
  if (!within(retentionDays, 1, 10_000)) return bad('retentionDays', 'a whole number from 1 to 10000');
  if (!within(perPageMax, 1, 10_000)) return bad('perPageMax', 'a whole number from 1 to 10000');
  if (!within(rateLimitPerMinute, 1, 1_000_000)) return bad('rateLimitPerMinute', 'a whole number from 1 to 1000000');
  return checkOrganisation(options);
}

function limitOf(options: SimulatorOptions, faults: readonly NamedFault[]): number | null {
  const limits = [options.rateLimitPerMinute, ...faults.map((fault) => fault.requestsPerMinute)];
  const said = limits.filter((limit) => limit !== undefined);
  return said.length === 0 ? null : Math.min(...said);
}

/** Where the present moves on, the log has to go on behind it. */
function reachingAhead(options: SimulatorOptions, faults: readonly NamedFault[]): OrganisationOptions {
  const ahead = faults.reduce((sum, fault) => sum + (fault.daysAhead ?? 0), 0);
  return { ...options, days: options.days + ahead, now: options.now + ahead * 86_400_000 };
}

function standingClock(now: number): Clock {
  return { now: () => now, sleep: (ms, signal) => pause(ms, undefined, { signal }).catch(() => undefined) };
}

const TOKEN_SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function tokenOf(seed: number, whose: string): string {
  const chance = randomFor(seed, 'token', whose);
  return `jetty_${Array.from({ length: 40 }, () => chance.pick([...TOKEN_SIGNS])).join('')}`;
}

function listen(server: Server, port: number): Promise<Result<number>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE' ? 'is already in use' : `cannot be opened (${error.code ?? 'unknown reason'})`;
      const hint = 'Choose another port, 0 for any free one, or end the program that uses it.';
      resolve(fail('bad_input', `Port ${port} on ${HOST} ${why}.`, hint));
    });
    server.listen(port, HOST, () => {
      server.removeAllListeners('error');
      resolve(ok((server.address() as AddressInfo).port));
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
