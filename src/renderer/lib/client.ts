import { type Bridge, camel } from '../../shared/bridge.ts';
import type { EventName, EventPayload, Input, MethodName, Output } from '../../shared/contract.ts';
import { type Failure, FailureError, failure, type Result, unwrap } from '../../shared/errors.ts';

declare global {
  interface Window {
    readonly logbook: Bridge;
  }
}

type Call = (input: unknown) => Promise<Result<unknown>>;
type Subscribe = (listener: (payload: unknown) => void) => () => void;

/** Asks the main process. Throws a `FailureError`, never anything else. */
export async function call<M extends MethodName>(name: M, input: Input<M>): Promise<Output<M>> {
  const method = (window.logbook as unknown as Record<string, Call>)[camel(name)];
  let answer: Result<unknown>;
  try {
    if (!method) throw new Error('no such method');
    answer = await method(input);
  } catch {
    throw new FailureError(
      failure('unexpected', 'Logbook’s own background process did not answer.', 'Close the window and start it again.'),
    );
  }
  return unwrap(answer) as Output<M>;
}

/** Listens to an announcement of the main process; the returned function ends it. */
export function listen<E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void): () => void {
  const property = `on${camel(name).replace(/^./, (letter) => letter.toUpperCase())}`;
  const subscribe = (window.logbook as unknown as Record<string, Subscribe>)[property];
  return subscribe ? subscribe(listener as (payload: unknown) => void) : () => {};
}

/** What a caught error says to a reviewer. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  return failure('unexpected', 'Something failed that should not.', 'Try again; if it happens again, restart Logbook.');
}
