/** Copies values through text, as Electron's structured cloning does for what IPC carries. */
export type Codec = { encode(value: unknown): string; decode(text: string): unknown };

/** How functions cross, where they may: kept on one side under a number, called by that number from the other. */
export type FunctionTable = { keep(fn: (...args: unknown[]) => unknown): number; revive(id: number): unknown };

/**
 * Makes a codec. Self-contained on purpose: its source is also run inside the page. Throws what structured cloning
 * throws (symbols; functions, unless a table is given) and on cycles, which the contract does not have.
 */
export function createCodec(functions: FunctionTable | null): Codec {
  const refuse = (value: unknown): never => {
    throw new TypeError(`An object could not be cloned: ${typeof value}`);
  };
  const bytesToText = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const textToBytes = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  // Everything JSON lacks becomes an object whose only key is `$`: [kind, content].
  const pack = (value: unknown, inside: readonly unknown[]): unknown => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (value === undefined) return { $: ['undefined'] };
    if (typeof value === 'number') {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $: ['number', Object.is(value, -0) ? '-0' : String(value)] };
    }
    if (typeof value === 'bigint') return { $: ['bigint', String(value)] };
    if (typeof value === 'function' && functions) return { $: ['function', functions.keep(value as never)] };
    if (typeof value !== 'object' || value instanceof Promise || inside.includes(value)) return refuse(value);
    const within = [...inside, value];
    if (Array.isArray(value)) return value.map((item) => pack(item, within));
    if (value instanceof Date) return { $: ['date', pack(value.getTime(), within)] };
    if (value instanceof Error) return { $: ['error', value.message] };
    if (value instanceof Uint8Array) return { $: ['bytes', bytesToText(value)] };
    if (value instanceof Map) return { $: ['map', pack([...value], within)] };
    if (value instanceof Set) return { $: ['set', pack([...value], within)] };
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return refuse(value);
    const entries = Object.entries(value).map(([key, item]) => [key, pack(item, within)] as const);
    return entries.some(([key]) => key === '$') ? { $: ['object', entries] } : Object.fromEntries(entries);
  };

  const unpack = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(unpack);
    const special = (value as { $?: [string, never] }).$;
    if (!special) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpack(item)]));
    const [kind, content] = special;
    switch (kind) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(content);
      case 'bigint':
        return BigInt(content);
      case 'date':
        return new Date(unpack(content) as number);
      case 'error':
        return new Error(content);
      case 'bytes':
        return textToBytes(content);
      case 'map':
        return new Map(unpack(content) as [unknown, unknown][]);
      case 'set':
        return new Set(unpack(content) as unknown[]);
      case 'object':
        return Object.fromEntries((content as [string, unknown][]).map(([key, item]) => [key, unpack(item)]));
      case 'function':
        return functions?.revive(content);
      default:
        throw new TypeError(`Unknown kind of value: ${kind}`);
    }
  };

  return { encode: (value) => JSON.stringify(pack(value, [])), decode: (text) => unpack(JSON.parse(text)) };
}
