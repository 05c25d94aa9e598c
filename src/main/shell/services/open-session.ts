import { join } from 'node:path';
import type { ArchiveState } from '../../../shared/contract.ts';
import { type JettyPlan, PLANS } from '../../../shared/coverage.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { bundleOf } from '../../core/bundle/carried-bundle.ts';
import type { ReaderCalls, WriterCalls } from '../../worker/calls.ts';
import { startThread, type Thread } from '../../worker/thread-client.ts';
import type { WarmThreads } from '../../worker/warm-threads.ts';

/** An unlocked archive: a thread that answers the window, one that writes, and more for long work as needed. */
export type Session = {
  readonly id: string;
  readonly demo: boolean;
  readonly reader: Thread<ReaderCalls>;
  /** A second reading thread, for the rules: a list never waits until they have run. Started when first asked for. */
  analyst(): Promise<Result<Thread<ReaderCalls>>>;
  /** The writing thread; `read_only` where the archive was opened so. */
  writer(): Result<Thread<WriterCalls>>;
  /** A reading thread of its own for one long task, closed after it. `memoryMiB` bounds its heap. */
  withTaskThread<T>(memoryMiB: number, task: (thread: Thread<ReaderCalls>) => Promise<Result<T>>): Promise<Result<T>>;
  /** A reading thread of its own for work that nobody waits for: it keeps no other from beginning. */
  aside<T>(memoryMiB: number, work: (thread: Thread<ReaderCalls>) => Promise<Result<T>>): Promise<Result<T>>;
  cancelTask(): void;
  state(): Promise<Result<ArchiveState>>;
  /** Ends every thread of it; resolves when they are gone. */
  close(): Promise<void>;
};

const CLOSED = fail('locked', 'The archive was closed.', 'Open it again to go on.');

/** Starts the threads of an archive whose key is known. `in_use` where another program writes it. */
export async function openSession(options: {
  readonly dir: string;
  readonly key: Uint8Array;
  readonly demo: boolean;
  readonly readOnly: boolean;
  readonly mainDir: string;
  /** Threads that stand ready, where there are any. */
  readonly warm?: WarmThreads;
}): Promise<Result<Session>> {
  const { dir, key, demo, readOnly, warm } = options;
  const script = join(options.mainDir, 'archive-worker.js');
  // The writer first: it may have to bring the file to the newest format before anybody reads it.
  const writer = readOnly
    ? null
    : await startThread<WriterCalls>(script, { role: 'writer', dir, key }, undefined, warm?.take('writer'));
  if (writer && !writer.ok) return writer;
  const reader = await startThread<ReaderCalls>(script, { role: 'reader', dir, key }, undefined, warm?.take('reader'));
  if (!reader.ok) {
    await writer?.value.close();
    return reader;
  }
  const info = await reader.value.call('info', {});
  if (!info.ok) {
    await Promise.all([reader.value.close(), writer?.value.close()]);
    return info;
  }
  const startReader = (role: 'reader' | 'task', memoryMiB?: number) =>
    startThread<ReaderCalls>(script, { role, dir, key }, memoryMiB);
  let task: Promise<Result<Thread<ReaderCalls>>> | null = null;
  let analyst: Promise<Result<Thread<ReaderCalls>>> | null = null;
  const besides = new Set<Promise<Result<Thread<ReaderCalls>>>>();
  let closing: Promise<void> | null = null;

  // Also what is only starting is closed: no thread over an archive outlives its session.
  const closeAll = async (): Promise<void> => {
    const started = await Promise.all([task, analyst, ...besides]);
    const threads = [...started, reader, writer].map((thread) => (thread?.ok ? thread.value.close() : undefined));
    await Promise.all(threads);
    key.fill(0);
  };

  return ok({
    id: info.value.archiveId,
    demo,
    reader: reader.value,
    async analyst() {
      if (closing) return CLOSED;
      analyst ??= startReader('reader');
      return analyst;
    },
    writer: () =>
      writer ?? fail('read_only', 'This archive is open for reading only.', 'Lock it and open it for writing.'),
    async withTaskThread(memoryMiB, work) {
      if (closing) return CLOSED;
      if (task) return fail('in_use', 'Another export or report is being written.', 'Wait for it, or cancel it.');
      task = startReader('task', memoryMiB);
      const started = await task;
      try {
        return started.ok ? await work(started.value) : started;
      } finally {
        if (started.ok) await started.value.close();
        task = null;
      }
    },
    async aside(memoryMiB, work) {
      if (closing) return CLOSED;
      const starting = startReader('task', memoryMiB);
      besides.add(starting);
      const started = await starting;
      try {
        return started.ok ? await work(started.value) : started;
      } finally {
        if (started.ok) await started.value.close();
        besides.delete(starting);
      }
    },
    cancelTask: () => void task?.then((started) => started.ok && started.value.cancel()),
    async state() {
      const now = await reader.value.call('info', {});
      if (!now.ok) return now;
      const setting = async (name: string): Promise<string | null> => {
        const found = await reader.value.call('setting', { name });
        return found.ok ? found.value : null;
      };
      const [host, plan, lastSync, bundle] = await Promise.all(
        ['source_host', 'plan', 'last_sync', 'bundle'].map(setting),
      );
      const { archiveId: id, createdAt: _createdAt, ...rest } = now.value;
      return ok({
        ...rest,
        id,
        readOnly,
        demo,
        source:
          host == null ? null : { host, plan: plan != null && Object.hasOwn(PLANS, plan) ? (plan as JettyPlan) : null },
        lastSync: lastSync == null ? null : Number(lastSync),
        bundle: bundleOf(bundle ?? null),
      });
    },
    close() {
      closing ??= closeAll();
      return closing;
    },
  });
}
