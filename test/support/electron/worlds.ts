import { createCodec } from './codec.ts';

// These functions run inside the page: their source is sent there, so each uses nothing but its parameters and the DOM.
// The preload script runs in a JavaScript world of its own (as an extension's content script does): it shares the
// document with the page, and no object. What contextBridge exposes crosses as text in events whose names are secret.

/** Name of the binding to the main process; only the preload's world has it. */
export const BINDING = '__standInToMain';
/** Called by the main process; only in the preload's world. */
export const RECEIVER = '__standInFromMain';
export const PRELOAD_WORLD = 'stand-in preload';

type Peer = { expose(key: string, api: unknown): void };
type Fn = (...args: unknown[]) => unknown;

type Message =
  | { readonly kind: 'expose'; readonly key: string; readonly value: string }
  | { readonly kind: 'call'; readonly call: number; readonly id: number; readonly args: string }
  | { readonly kind: 'result'; readonly call: number; readonly ok: boolean; readonly value: string }
  | { readonly kind: 'later'; readonly call: number };

/** One of the two ends between the worlds: exposes values, calls functions of the other side, copies what crosses. */
export function createPeer(makeCodec: typeof createCodec, send: string, receive: string): Peer {
  const kept = new Map<number, Fn>();
  const settled = new Map<number, { readonly ok: boolean; readonly value: unknown } | 'later'>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let counter = 0;
  const post = (message: Message) => window.dispatchEvent(new CustomEvent(send, { detail: JSON.stringify(message) }));

  const codec = makeCodec({
    keep: (fn) => {
      counter += 1;
      kept.set(counter, fn as Fn);
      return counter;
    },
    revive:
      (id) =>
      (...args: unknown[]) => {
        counter += 1;
        const call = counter;
        post({ kind: 'call', call, id, args: codec.encode(args) });
        // Events are delivered before dispatchEvent returns, so the answer, or the promise of one, is here already.
        const outcome = settled.get(call);
        settled.delete(call);
        if (outcome === 'later') return new Promise((resolve, reject) => waiting.set(call, { resolve, reject }));
        if (outcome?.ok === false) throw outcome.value;
        return outcome?.value;
      },
  });

  const answer = (call: number, ok: boolean, value: unknown) => {
    try {
      post({ kind: 'result', call, ok, value: codec.encode(value) });
    } catch (error) {
      post({ kind: 'result', call, ok: false, value: codec.encode(error) });
    }
  };

  const run = (call: number, id: number, args: string) => {
    try {
      const value = kept.get(id)?.(...(codec.decode(args) as unknown[]));
      if (!(value instanceof Promise)) return answer(call, true, value);
      post({ kind: 'later', call });
      value.then(
        (result) => answer(call, true, result),
        (error: unknown) => answer(call, false, error),
      );
    } catch (error) {
      answer(call, false, error);
    }
  };

  const freeze = (value: unknown): unknown => {
    if (value !== null && (typeof value === 'object' || typeof value === 'function')) {
      for (const item of Object.values(value)) freeze(item);
      Object.freeze(value);
    }
    return value;
  };

  window.addEventListener(receive, (event) => {
    const message = JSON.parse((event as CustomEvent<string>).detail) as Message;
    if (message.kind === 'call') return run(message.call, message.id, message.args);
    if (message.kind === 'later') return void settled.set(message.call, 'later');
    if (message.kind === 'expose') {
      Object.defineProperty(window, message.key, { value: freeze(codec.decode(message.value)), enumerable: true });
      return;
    }
    const result = { ok: message.ok, value: codec.decode(message.value) };
    const promised = waiting.get(message.call);
    if (!promised) return void settled.set(message.call, result);
    waiting.delete(message.call);
    if (result.ok) promised.resolve(result.value);
    else promised.reject(result.value);
  });

  return { expose: (key, api) => post({ kind: 'expose', key, value: codec.encode(api) }) };
}

/** Runs the preload script with the `electron` module of a sandboxed renderer: contextBridge and ipcRenderer only. */
export function runPreload(
  makeCodec: typeof createCodec,
  peer: Peer,
  names: { readonly binding: string; readonly receiver: string },
  preload: (require: (name: string) => unknown, module: { exports: object }, exports: object) => void,
): void {
  const world = globalThis as unknown as Record<string, (text: string) => void>;
  const toMain = world[names.binding] as (text: string) => void;
  const codec = makeCodec(null);
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  const listeners = new Map<string, Set<Fn>>();
  let counter = 0;

  world[names.receiver] = (text) => {
    const message = codec.decode(text) as {
      call?: number;
      ok: boolean;
      value: unknown;
      channel: string;
      args: unknown[];
    };
    if (message.call === undefined) {
      for (const listener of listeners.get(message.channel) ?? []) listener({ sender: null }, ...message.args);
      return;
    }
    const promised = waiting.get(message.call);
    waiting.delete(message.call);
    if (message.ok) promised?.resolve(message.value);
    else promised?.reject(message.value);
  };

  const loud = (name: string, members: object) =>
    new Proxy(members, {
      get(target, key) {
        if (typeof key === 'symbol' || key in target || key === 'then') return Reflect.get(target, key);
        throw new Error(`The stand-in for Electron has no ${name}.${key} for a preload script.`);
      },
    });
  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        counter += 1;
        waiting.set(counter, { resolve, reject });
        toMain(codec.encode({ call: counter, channel, args }));
      }),
    on(channel: string, listener: Fn) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
    },
    off(channel: string, listener: Fn) {
      listeners.get(channel)?.delete(listener);
    },
  };
  const contextBridge = { exposeInMainWorld: peer.expose };
  const electron = loud('electron', {
    ipcRenderer: loud('ipcRenderer', ipcRenderer),
    contextBridge: loud('contextBridge', contextBridge),
  });
  const require = (name: string) => {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const module = { exports: {} };
  preload(require, module, module.exports);
}

/** The two scripts of a new document, the page's own world first: it must be listening when the preload exposes. */
export function documentScripts(secret: string, preload: string): { readonly page: string; readonly preload: string } {
  const [down, up] = [JSON.stringify(`${secret}-down`), JSON.stringify(`${secret}-up`)];
  const names = JSON.stringify({ binding: BINDING, receiver: RECEIVER });
  // Preload scripts run in the main frame only.
  const begin = `(() => { if (window !== window.top) return; const createCodec = ${createCodec}; const createPeer = ${createPeer};`;
  return {
    page: `${begin} createPeer(createCodec, ${up}, ${down}); })()`,
    preload: `${begin} (${runPreload})(createCodec, createPeer(createCodec, ${down}, ${up}), ${names},
      function (require, module, exports) { ${preload}\n }); })()`,
  };
}
