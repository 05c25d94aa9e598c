import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { unguessableIds } from '../../../src/main/core/bundle/guessing.ts';

const random = (n: number, length: number, of = 'hex' as const) =>
  Array.from({ length: n }, (_none, i) => createHash('sha256').update(`${i}`).digest(of).slice(0, length));

describe('whether an id keeps the rest of an entry from being tried out', () => {
  it('is so for ids given by chance, if they are long enough', () => {
    const ids = random(500, 12).map((one) => `log_${one}`);
    const judge = unguessableIds(ids);
    expect(ids.every(judge)).toBe(true);
    expect(unguessableIds(random(500, 11))('00000000abc')).toBe(false);
    expect(judge('log_1a2b')).toBe(false);
    const uuid = '3f2b8c1e-9d4a-4c7b-8e21-0a9b8c7d6e5f';
    expect(unguessableIds([uuid])(uuid)).toBe(true);
  });

  it('is not so for ids that are counted, made of the time, or only digits', () => {
    const counted = Array.from({ length: 500 }, (_none, i) => `log_${(0xa00000000000 + i * 3).toString(16)}`);
    expect(counted.some(unguessableIds(counted))).toBe(false);
    const ulids = random(500, 16).map((one, i) => `01J9Z3N8K${i.toString(36).padStart(1, '0')}${one}`.toUpperCase());
    expect(ulids.some(unguessableIds(ulids))).toBe(false);
    const digits = Array.from({ length: 500 }, (_none, i) => String(7_000_000_000_000_000 + i * 7919 * 7919));
    expect(digits.some(unguessableIds(digits))).toBe(false);
    expect(unguessableIds(['', ''])('')).toBe(false);
  });
});
