/** What copies itself. */
export type Forkable = { fork(copy: Copy): unknown };
export type Copy = <T>(value: T) => T;

/**
 * A copy of a rule's state that goes its own way: maps, sets, arrays and plain objects are copied, and what is shared
 * within stays shared within. Rows, hits and other things that nobody changes once they are made are not copied.
 */
export function forked<T>(state: T): T {
  const done = new Map<object, unknown>();
  const copy = <V>(value: V): V => {
    if (typeof value !== 'object' || value === null || isMadeOnce(value)) return value;
    const known = done.get(value);
    if (known !== undefined) return known as V;
    const made = shallow(value, copy, (empty) => done.set(value, empty));
    done.set(value, made);
    return made as V;
  };
  return copy(state);
}

function shallow(value: object, copy: Copy, begin: (empty: object) => void): object {
  if (value instanceof Map) {
    const map = new Map<unknown, unknown>();
    begin(map);
    for (const [key, one] of value) map.set(key, copy(one));
    return map;
  }
  if (value instanceof Set) {
    const set = new Set<unknown>();
    begin(set);
    for (const one of value) set.add(copy(one));
    return set;
  }
  if (Array.isArray(value)) {
    const list: unknown[] = new Array(value.length);
    begin(list);
    for (let i = 0; i < value.length; i++) list[i] = copy(value[i]);
    return list;
  }
  if (ArrayBuffer.isView(value)) return (value as unknown as Uint32Array).slice();
  if ('fork' in value) return (value as Forkable).fork(copy) as object;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const plain: Record<string, unknown> = {};
  begin(plain);
  for (const [name, one] of Object.entries(value)) plain[name] = copy(one);
  return plain;
}

// Rows have a key and an action, hits a sentence.
function isMadeOnce(value: object): boolean {
  return ('action' in value && 'key' in value) || 'why' in value;
}
