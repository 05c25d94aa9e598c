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

test('questions are asked in turn, so many at once', async () => {
  const line = new WaitingLine(2);
  const asked: string[] = [];
  const [a, b, c] = ['a', 'b', 'c'].map((name) => question(asked, name)) as [
    ReturnType<typeof question>,
    ReturnType<typeof question>,
    ReturnType<typeof question>,
  ];
  const answers = [line.ask(a.ask), line.ask(b.ask), line.ask(c.ask)];
  await Promise.resolve();
  expect(asked).toEqual(['a', 'b']);
  b.answer();
  expect(await answers[1]).toBe('b');
  await Promise.resolve();
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
  abort.abort(new Error('typed on'));
  await expect(given).rejects.toThrow('typed on');
  await expect(line.ask(question(asked, 'too late').ask, abort.signal)).rejects.toThrow('typed on');
  first.fail();
  await expect(running).rejects.toThrow('first');
  last.answer();
  expect(await waiting).toBe('last');
  expect(asked).toEqual(['first', 'last']);
});
