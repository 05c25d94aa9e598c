import { Worker } from 'node:worker_threads';
import { type Failure, fail, type Result } from '../../shared/errors.ts';
import type { OnProgress } from '../core/ports.ts';
import type { FromThread, ThreadSetup, ToThread } from './messages.ts';

type CallTable = { readonly [name: string]: { readonly input: unknown; readonly output: unknown } };

/** A thread as its caller sees it: a typed call per service, in order; `cancel` stops what runs. */
export type Thread<C extends CallTable> = {
  call<N extends keyof C & string>(
    name: N,
    input: C[N]['input'],
    onProgress?: OnProgress,
  ): Promise<Result<C[N]['output']>>;
  cancel(): void;
  /** Lets the running call end, closes the archive and ends the thread. */
  close(): Promise<void>;
};

type Waiting = { readonly resolve: (result: Result<unknown>) => void; readonly onProgress: OnProgress | undefined };

const GONE = fail(
  'unexpected',
  'The archive’s thread ended unexpectedly.',
  'Open the archive again; what was stored is safe.',
);

/**
 * Starts a thread over an unlocked archive. Resolves once the archive is open in it, or with why it could not be.
 * `memoryMiB` limits the thread's heap.
 */
export async function startThread<C extends CallTable>(
  script: string,
  setup: Omit<ThreadSetup, 'cancel'>,
  memoryMiB?: number,
): Promise<Result<Thread<C>>> {
  const cancelFlag = new SharedArrayBuffer(4);
  const flag = new Int32Array(cancelFlag);
  const worker = new Worker(script, {
    workerData: { ...setup, cancel: cancelFlag } satisfies ThreadSetup,
    env: {},
    argv: [],
    ...(memoryMiB === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: memoryMiB } }),
  });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let ended = false;
  const send = (message: ToThread): void => worker.postMessage(message);
  const endAll = (failure: { ok: false; error: Failure }): void => {
    ended = true;
    for (const { resolve } of waiting.values()) resolve(failure);
    waiting.clear();
  };
  const closed = new Promise<void>((resolve) => worker.once('exit', () => resolve()));

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
      resolve(GONE);
      endAll(GONE);
    };
    worker.once('error', lost);
    worker.once('exit', lost);
  });
  if (!ready.ok) {
    await worker.terminate();
    return ready;
  }
  return {
    ok: true,
    value: {
      call: (name, input, onProgress) => {
        if (ended) return Promise.resolve(GONE);
        const id = ++lastId;
        if (waiting.size === 0) Atomics.store(flag, 0, 0);
        return new Promise((resolve) => {
          waiting.set(id, { resolve: resolve as Waiting['resolve'], onProgress });
          send({ kind: 'call', id, name, input });
        });
      },
      cancel() {
        Atomics.store(flag, 0, 1);
        send({ kind: 'cancel' });
      },
      async close() {
        if (ended) return;
        Atomics.store(flag, 0, 1);
        send({ kind: 'cancel' });
        send({ kind: 'close' });
        await closed;
      },
    },
  };
}
