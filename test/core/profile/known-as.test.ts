import { describe, expect, test } from 'vitest';
import { emailsOf, idOf, personKnownAs, thingKnownAs } from '../../../src/main/core/profile/known-as.ts';

const actor = (id: string | null, name: string | null, email: string | null) => ({ id, name, email });

describe('a person', () => {
  const renamed = [
    actor('u1', 'Ines Duarte', 'ines@a.example'),
    actor('u1', 'Ines Moreira', 'ines.moreira@a.example'),
    actor('u2', 'Ines Duarte', 'other@a.example'),
  ];

  test.each([
    ['by id', 'u1', ['u1']],
    ['by an address of long ago, in whatever case', 'INES@a.example', ['u1']],
    ['by a name that only one has', 'ines moreira', ['u1']],
    ['by a name of two: both, and nobody in particular', 'Ines Duarte', ['Ines Duarte']],
    ['by a value that nobody has', 'u9', ['u9']],
  ])('is found %s', (_how, value, known) => {
    expect(personKnownAs(value, renamed)).toEqual(known);
  });

  test('is the same where an entry holds the address alone, and under a second id', () => {
    const actors = [...renamed, actor(null, null, 'Ines@a.example'), actor('u7', null, 'ines.moreira@a.example')];
    expect(personKnownAs('u1', actors)).toEqual(['u1', 'u7', 'Ines@a.example']);
    expect(personKnownAs('u7', actors)).toEqual(['u7', 'u1', 'Ines@a.example']);
  });

  test('is not whoever shares a mailbox or a placeholder with them', () => {
    const shared = ['a', 'b', 'c', 'd', 'e'].map((id) => actor(id, null, 'team@a.example'));
    expect(personKnownAs('a', shared)).toEqual(['a']);
    expect(personKnownAs('team@a.example', shared)).toEqual(['team@a.example']);
    const nobody = ['v', 'w', 'x', 'y', 'z'].map((name) => actor('0', null, `${name}@a.example`));
    expect(personKnownAs('0', nobody)).toEqual(['0']);
    expect(personKnownAs('v@a.example', nobody)).toEqual(['v@a.example']);
  });

  test('has every address it ever had', () => {
    expect(emailsOf(['u1'], renamed)).toEqual(['ines@a.example', 'ines.moreira@a.example']);
  });
});

describe('a thing', () => {
  const tunnels = [
    { id: 't1', name: 'api' },
    { id: 't1', name: 'api-old' },
    { id: null, name: 'API-old' },
    { id: 't2', name: 'web' },
    { id: 't3', name: 'web' },
    { id: null, name: 'web' },
  ];

  test('is found by its id, or by a name that only it has', () => {
    expect(idOf('t1', tunnels)).toBe('t1');
    expect(idOf('api', tunnels)).toBe('t1');
    expect(idOf('web', tunnels)).toBeNull();
    expect(idOf('nothing', tunnels)).toBeNull();
  });

  test('an entry with the name alone is its own as long as nobody else had the name', () => {
    expect(thingKnownAs('t1', tunnels)).toEqual(['t1', 'api-old']);
    expect(thingKnownAs('t2', tunnels)).toEqual(['t2']);
  });
});
