import { expect, test } from 'vitest';
import { WaitingLine } from '../../src/renderer/lib/waiting-line.ts';

/** A question that is answered when the test says so. */
function question(asked: string[], name: string) {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const ask = (): Promise<string> => {
    asked.push(name);
    return promise;
  };
  return { ask, answer: () => resolve(name), fail: () => reject(new Error(name)) };
}

/** The line has moved on. */
const moved = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('questions are asked in turn, so many at once', async () => {
  const line = new WaitingLine(2);
  const asked: string[] = [];
  const [a, b, c] = ['a', 'b', 'c'].map((name) => question(asked, name)) as [
    ReturnType<typeof question>,
    ReturnType<typeof question>,
    ReturnType<typeof question>,
  ];
  const answers = [line.ask(a.ask), line.ask(b.ask), line.ask(c.ask)];
  await moved();
  expect(asked).toEqual(['a', 'b']);
  b.answer();
  expect(await answers[1]).toBe('b');
  await moved();
  expect(asked).toEqual(['a', 'b', 'c']);
  c.answer();
  a.answer();
  expect(await Promise.all(answers)).toEqual(['a', 'b', 'c']);
});

test('what is given up while it waits is never asked, and takes nobody’s turn', async () => {
  const line = new WaitingLine(1);
  const asked: string[] = [];
  const first = question(asked, 'first');
  const abort = new AbortController();
  const running = line.ask(first.ask);
  const given = line.ask(question(asked, 'given up').ask, abort.signal);
  const last = question(asked, 'last');
  const waiting = line.ask(last.ask);
  await moved();
  abort.abort(new Error('typed on'));
  await expect(given).rejects.toThrow('typed on');
  await expect(line.ask(question(asked, 'too late').ask, abort.signal)).rejects.toThrow('typed on');
  first.fail();
  await expect(running).rejects.toThrow('first');
  last.answer();
  expect(await waiting).toBe('last');
  expect(asked).toEqual(['first', 'last']);
});

test('what is looked at goes ahead of what stands beside it, and holds it back until it is answered', async () => {
  const line = new WaitingLine(2);
  const asked: string[] = [];
  const beside = ['a', 'b', 'c'].map((name) => question(asked, name));
  const rows = question(asked, 'rows');
  const answers = beside.map(({ ask }) => line.ask(ask));
  const urgent = line.ask(rows.ask, undefined, true);
  await moved();
  expect(asked).toEqual(['rows']);
  rows.answer();
  expect(await urgent).toBe('rows');
  await moved();
  expect(asked).toEqual(['rows', 'a', 'b']);
  // Both turns are taken: it is asked all the same, and nothing beside it begins meanwhile.
  const next = question(asked, 'next rows');
  const further = line.ask(next.ask, undefined, true);
  beside[0]?.answer();
  await moved();
  expect(asked).toEqual(['rows', 'a', 'b', 'next rows']);
  next.answer();
  await further;
  beside[1]?.answer();
  await moved();
  expect(asked.at(-1)).toBe('c');
  beside[2]?.answer();
  expect(await Promise.all(answers)).toEqual(['a', 'b', 'c']);
});
