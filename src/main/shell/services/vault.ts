import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Session } from './open-session.ts';

/** Holds the one open archive; everything that needs it asks here. */
export type Vault = {
  session(): Result<Session>;
  /** Closes what is open, then opens another. Changes come one after the other, in the order in which they were asked for. */
  replace(open: () => Promise<Result<Session>>): Promise<Result<Session>>;
  /** Closes what is open, and what is only being opened. Resolves when its threads are gone. */
  close(): Promise<void>;
  /** Closes, and opens nothing any more. */
  end(): Promise<void>;
  /** Tells of every archive that is opened, and with null of every one that is closed. */
  watch(listener: (session: Session | null) => void): void;
};

export function createVault(): Vault {
  let current: Session | null = null;
  let ended = false;
  let changes: Promise<unknown> = Promise.resolve();
  const listeners: ((session: Session | null) => void)[] = [];

  const show = (session: Session | null): void => {
    if (current === session) return;
    current = session;
    for (const listener of listeners) listener(session);
  };
  const shut = (): Promise<void> | undefined => {
    const before = current;
    show(null);
    return before?.close();
  };
  const change = <T>(work: () => Promise<T>): Promise<T> => {
    const done = changes.then(work, work);
    changes = done;
    return done;
  };

  const close = (): Promise<void> => {
    // At once: nobody may ask an archive that is to be locked. What is being opened at this moment is closed in its turn.
    const closed = shut();
    return change(async () => {
      await closed;
      await shut();
    });
  };
  return {
    session: () => (current ? ok(current) : fail('locked', 'No archive is open.', 'Unlock one first.')),
    replace: (open) =>
      change(async () => {
        await shut();
        if (ended) return fail('locked', 'Logbook is ending.', 'Start it again.');
        const session = await open();
        if (session.ok) show(session.value);
        return session;
      }),
    close,
    end() {
      ended = true;
      return close();
    },
    watch: (listener) => void listeners.push(listener),
  };
}
