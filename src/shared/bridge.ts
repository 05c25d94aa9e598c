import type { EventName, EventPayload, Input, MethodName, Output } from './contract.ts';
import type { Result } from './errors.ts';

type Camel<S extends string> = S extends `${infer Head}.${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;

/** What the preload script puts on the page as `window.logbook`: one function a method of the contract, one an event. */
export type Bridge = {
  readonly [M in MethodName as Camel<M>]: (input: Input<M>) => Promise<Result<Output<M>>>;
} & {
  readonly [E in EventName as `on${Capitalize<Camel<E>>}`]: (
    listener: (payload: EventPayload<E>) => void,
  ) => () => void;
};

/** Channel a method or an event travels on. */
export function channelOf(name: MethodName | EventName): string {
  return `logbook:${name}`;
}

/** `archive.openDemo` → `archiveOpenDemo`. */
export function camel(name: string): string {
  return name.replace(/\.(\w)/g, (_all, letter: string) => letter.toUpperCase());
}
