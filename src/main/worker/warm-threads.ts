import type { Role } from './messages.ts';
import { type Launched, launchThread } from './thread-client.ts';

const FOR_AN_ARCHIVE: readonly Role[] = ['writer', 'reader'];

/**
 * Threads that have loaded their code and wait for an archive: loading takes longer than opening, and there is time for it while
 * somebody types a passphrase. They hold no key, and what is not used keeps no process alive.
 */
export type WarmThreads = {
  /** Starts those that are not there; those for an archive, or others. */
  warm(roles?: readonly Role[]): void;
  /** Gives one away, for good; null where none is there. */
  take(role: Role): Launched | null;
  /** Ends those that nobody took, and starts none any more. */
  end(): Promise<void>;
};

export function createWarmThreads(script: string): WarmThreads {
  const waiting = new Map<Role, Launched>();
  let ended = false;
  return {
    warm(roles = FOR_AN_ARCHIVE) {
      if (ended) return;
      for (const role of roles) {
        if (waiting.has(role)) continue;
        const launched = launchThread(script, role);
        launched.worker.unref();
        waiting.set(role, launched);
        void launched.gone.then(() => {
          if (waiting.get(role) === launched) waiting.delete(role);
        });
      }
    },
    take(role) {
      const launched = waiting.get(role) ?? null;
      waiting.delete(role);
      launched?.worker.ref();
      return launched;
    },
    async end() {
      ended = true;
      const left = [...waiting.values()];
      waiting.clear();
      for (const { worker } of left) worker.postMessage({ kind: 'close' });
      await Promise.all(left.map(({ gone }) => gone));
    },
  };
}
