import { EventEmitter } from 'node:events';

// Asked for by the language or by Node themselves, on any object.
const ALWAYS = new Set<PropertyKey>(['then', 'toJSON', 'constructor', 'prototype', 'length', 'name']);

function lacking(what: string): Error {
  return new Error(`The stand-in for Electron has no ${what}. Add it under test/support/electron, as Electron has it.`);
}

/** The same object, except that asking it for a member it lacks throws, by name, instead of answering undefined. */
export function loud<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key) {
      if (typeof key === 'symbol' || key in object || ALWAYS.has(key)) return Reflect.get(object, key, object);
      throw lacking(`${name}.${key}`);
    },
  });
}

/** An emitter that refuses listeners for events it does not know. */
export class LoudEmitter extends EventEmitter {
  constructor(name: string, events: readonly string[]) {
    super();
    const known = new Set<string | symbol>([...events, 'newListener', 'removeListener']);
    this.on('newListener', (event: string | symbol) => {
      if (!known.has(event)) throw lacking(`event '${String(event)}' of ${name}`);
    });
  }

  /** Emits an event whose default a listener can prevent; answers whether one did. */
  emitPreventable(event: string, details: object = {}, ...args: unknown[]): boolean {
    let prevented = false;
    const preventDefault = () => {
      prevented = true;
    };
    this.emit(event, { ...details, preventDefault }, ...args);
    return prevented;
  }
}
