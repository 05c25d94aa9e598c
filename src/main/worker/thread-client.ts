import { Worker } from 'node:worker_threads';
import { type Failure, fail, type Result } from '../../shared/errors.ts';
import type { OnProgress } from '../core/ports.ts';
import {
  FLAG,
  type FromThread,
  GIVEN_UP,
  givenUpPlace,
  type Role,
  type ThreadSetup,
  type ThreadStart,
  type ToThread,
} from './messages.ts';

type CallTable = { readonly [name: string]: { readonly input: unknown; readonly output: unknown } };

/** A thread as its caller sees it: a typed call per service, in order; `cancel` stops what runs, a call's own `signal` that call. */
export type Thread<C extends CallTable> = {
  call<N extends keyof C & string>(
    name: N,
    input: C[N]['input'],
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Result<C[N]['output']>>;
  cancel(): void;
  /**
   * Breaks off the running call, answers `locked` to those behind it, closes the archive and ends the thread. Resolves when
   * the thread is gone, however often it is called.
   */
  close(): Promise<void>;
};

type Waiting = { readonly resolve: (result: Result<unknown>) => void; readonly onProgress: OnProgress | undefined };

const GONE = fail(
  'unexpected',
  'The archive’s thread ended unexpectedly.',
  'Open the archive again; what was stored is safe.',
);
const CLOSED = fail('locked', 'The archive was closed.', 'Open it again to go on.');

// A thread is never terminated from outside: it would be torn down wherever it is, inside SQLite too. It is asked to close its
// archive, and ends by itself when nothing is left to do.

// Collected early, what pages are made of does not pile up.
const YOUNG_MIB = 12;

/** A thread that loads its code and waits for what it is to open. */
export type Launched = {
  readonly worker: Worker;
  readonly flag: Int32Array;
  /** Resolves when it is gone, whyever. */
  readonly gone: Promise<void>;
};

/** Starts a thread for a role; `memoryMiB` limits its heap. */
export function launchThread(script: string, role: Role, memoryMiB?: number): Launched {
  const shared = new SharedArrayBuffer(4 * (1 + GIVEN_UP));
  const worker = new Worker(script, {
    workerData: { role, flag: shared } satisfies ThreadStart,
    env: {},
    argv: [],
    ...(memoryMiB === undefined
      ? {}
      : { resourceLimits: { maxOldGenerationSizeMb: memoryMiB, maxYoungGenerationSizeMb: YOUNG_MIB } }),
  });
  // Whoever uses it hears of its end; a fault that came before is one of them.
  worker.on('error', () => {});
  return {
    worker,
    flag: new Int32Array(shared),
    gone: new Promise((resolve) => worker.once('exit', () => resolve())),
  };
}

/**
 * Starts a thread over an unlocked archive, or goes on with one that was launched for it. Resolves once the archive is open in
 * it, or with why it could not be; then the thread is gone. `memoryMiB` limits the thread's heap.
 */
export async function startThread<C extends CallTable>(
  script: string,
  { role, dir, key }: ThreadSetup & { readonly role: Role },
  memoryMiB?: number,
  launched: Launched | null = null,
): Promise<Result<Thread<C>>> {
  const { worker, flag, gone } = launched ?? launchThread(script, role, memoryMiB);
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let over: { readonly ok: false; readonly error: Failure } | null = null;
  const send = (message: ToThread): void => worker.postMessage(message);

  const ready = await new Promise<Result<null>>((resolve) => {
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'ready') resolve(message.result);
      else if (message.kind === 'progress') waiting.get(message.id)?.onProgress?.(message.progress);
      else if (message.kind === 'answer') {
        waiting.get(message.id)?.resolve(message.result);
        waiting.delete(message.id);
      }
    });
    const lost = (): void => {
      over ??= GONE;
      resolve(over);
      for (const call of waiting.values()) call.resolve(over);
      waiting.clear();
    };
    worker.once('error', lost);
    void gone.then(lost);
    send({ kind: 'open', dir, key });
  });
  if (!ready.ok) {
    await gone;
    return ready;
  }
  return {
    ok: true,
    value: {
      call: (name, input, onProgress, signal) => {
        if (over) return Promise.resolve(over);
        const id = ++lastId;
        if (waiting.size === 0) Atomics.store(flag, 0, FLAG.goOn);
        const giveUp = (): void => void Atomics.store(flag, givenUpPlace(id), id);
        if (signal?.aborted) giveUp();
        else signal?.addEventListener('abort', giveUp, { once: true });
        return new Promise((resolve) => {
          waiting.set(id, { resolve: resolve as Waiting['resolve'], onProgress });
          send({ kind: 'call', id, name, input });
        });
      },
      cancel() {
        if (over) return;
        Atomics.store(flag, 0, FLAG.cancel);
        send({ kind: 'cancel' });
      },
      async close() {
        if (!over) {
          over = CLOSED;
          Atomics.store(flag, 0, FLAG.close);
          send({ kind: 'cancel' });
          send({ kind: 'close' });
        }
        await gone;
      },
    },
  };
}
