import { expect, it } from 'vitest';
import { PerchError, type Problem } from '../../bridge/errors.js';
import { verbatim } from '../../messages/messages.js';
import { Task } from './task.svelte.js';

const problem: Problem = { code: 'forbidden', message: verbatim('No.'), next: verbatim('Ask.') };
const refusal = (): Promise<never> => Promise.reject(new PerchError(problem));

function held<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

it('reports work in progress, and returns its result', async () => {
  const task = new Task();
  const call = held<string>();
  const done = task.run(() => call.promise);
  expect(task.isRunning).toBe(true);
  call.resolve('/charts.csv');
  expect(await done).toEqual({ value: '/charts.csv' });
  expect([task.isRunning, task.problem]).toEqual([false, null]);
});

it('keeps the problem of failed work until the next work begins', async () => {
  const task = new Task();
  expect(await task.run(refusal)).toBeNull();
  expect([task.isRunning, task.problem]).toEqual([false, problem]);
  const again = task.run(() => Promise.resolve());
  expect(task.problem).toBeNull();
  expect(await again).toEqual({ value: undefined });
});

it('is in progress until the last of several works has ended, and keeps the problem of any', async () => {
  const task = new Task();
  const call = held<undefined>();
  const slow = task.run(() => call.promise);
  await task.run(refusal);
  expect([task.isRunning, task.problem]).toEqual([true, problem]);
  call.resolve(undefined);
  await slow;
  expect([task.isRunning, task.problem]).toEqual([false, problem]);
});

it('ignores the end of work that was given up, also beside later work', async () => {
  const task = new Task();
  const first = held<undefined>();
  const second = held<undefined>();
  const works = [first, second].map(({ promise }) => task.run(() => promise));
  task.forget();
  expect(task.isRunning).toBe(false);
  const later = held<undefined>();
  const last = task.run(() => later.promise);
  first.resolve(undefined);
  second.reject(new PerchError(problem));
  expect(await Promise.all(works)).toEqual([null, null]);
  expect([task.isRunning, task.problem]).toEqual([true, null]);
  later.resolve(undefined);
  expect(await last).not.toBeNull();
  expect(task.isRunning).toBe(false);
});
