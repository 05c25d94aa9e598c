import { parentPort, workerData } from 'node:worker_threads';
import { fail, type Result } from '../../shared/errors.ts';
import type { Cancel, OnProgress } from '../core/ports.ts';
import {
  FLAG,
  type FromThread,
  givenUpPlace,
  type Role,
  type ThreadSetup,
  type ThreadStart,
  type ToThread,
} from './messages.ts';

/** What a service is given besides its input. `cancel` is for work that runs in one go, `signal` for what waits. */
export type Job = { readonly signal: AbortSignal; readonly cancel: Cancel; readonly onProgress: OnProgress };

export type Service = (input: never, job: Job) => Result<unknown> | Promise<Result<unknown>>;

export type Opened = {
  readonly services: Readonly<Record<string, Service>>;
  /** Calls that are over in a moment: they are answered beside one that waits for the network. */
  readonly atOnce?: ReadonlySet<string>;
  close(): void;
};

type Open = (setup: ThreadSetup) => Result<Opened> | Promise<Result<Opened>>;

/** Loads what its role needs, opens what it is told to, and serves calls, one after the other, until it is closed. */
export async function serveThread(load: (role: Role) => Promise<Open>): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('This script runs as a worker thread.');
  const start = workerData as ThreadStart;
  const flag = new Int32Array(start.flag);
  const cancelOf = (id: number): Cancel => ({
    get aborted() {
      return Atomics.load(flag, 0) !== FLAG.goOn || Atomics.load(flag, givenUpPlace(id)) === id;
    },
  });
  const send = (message: FromThread): void => port.postMessage(message);
  const open = await load(start.role);
  let opened: Opened | null = null;

  let running = new AbortController();
  let queue: Promise<void> = Promise.resolve();
  const answer = async (
    { id, name, input }: Extract<ToThread, { kind: 'call' }>,
    { signal }: AbortController,
  ): Promise<void> => {
    // Whoever closes an archive waits for no question that has not begun.
    if (Atomics.load(flag, 0) === FLAG.close) return send({ kind: 'answer', id, result: CLOSED });
    const onProgress: OnProgress = (progress) => send({ kind: 'progress', id, progress });
    send({
      kind: 'answer',
      id,
      result: await run(opened?.services[name], input as never, { signal, cancel: cancelOf(id), onProgress }),
    });
  };
  const begin = async (setup: ThreadSetup): Promise<void> => {
    const result = await open(setup);
    if (result.ok) opened = result.value;
    send({ kind: 'ready', result: result.ok ? { ok: true, value: null } : result });
    if (!result.ok) port.close();
  };
  port.on('message', (message: ToThread) => {
    if (message.kind === 'cancel') running.abort();
    else if (message.kind === 'open') void begin(message);
    else if (message.kind === 'call' && opened?.atOnce?.has(message.name)) void answer(message, running);
    else if (message.kind === 'call') {
      queue = queue.then(() => {
        running = new AbortController();
        return answer(message, running);
      });
    } else {
      queue = queue.then(() => {
        try {
          opened?.close();
        } finally {
          port.close();
        }
      });
    }
  });
}

const CLOSED = fail('locked', 'The archive was closed before this was answered.', 'Open it again to go on.');

async function run(service: Service | undefined, input: never, job: Job): Promise<Result<unknown>> {
  if (!service) return fail('unexpected', 'The archive’s thread does not know this call.', 'Report this as a fault.');
  try {
    return await service(input, job);
  } catch (error) {
    // The text of an unforeseen error may hold anything; only its kind leaves the thread.
    const kind = error instanceof Error ? error.name : 'error';
    return fail(
      'unexpected',
      `The archive could not answer (${kind}).`,
      'Try again; if it happens again, report it as a fault.',
    );
  }
}
