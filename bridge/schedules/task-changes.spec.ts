import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aTask } from '../../tests/support/some-schedules.js';
import type { TaskFields } from '../schema/schedules.js';
import { taskFieldsOf } from './fields.js';
import { taskChanges, type TaskChange } from './task-changes.js';

const task = (payload: string): TaskFields => taskFieldsOf(aTask({ payload }));
const present = (text: string) =>
  [...text].map((payload, at) => aTask({ id: at + 1, place: at + 1, payload }));
const kinds = (from: string, to: string): string =>
  taskChanges(present(from), [...to].map(task))
    .map(({ kind }) => kind)
    .join();

/** The answer of a panel to the changes, in their order. */
function applied(from: string, changes: readonly TaskChange[]): string {
  let tasks = [...from].map((payload, at) => ({ id: at + 1, payload }));
  for (const change of changes) {
    if (change.kind === 'delete') tasks = tasks.filter(({ id }) => id !== change.task);
    else if (change.kind === 'change') {
      const { payload } = change.fields;
      tasks = tasks.map((one) => (one.id === change.task ? { ...one, payload } : one));
    } else tasks.splice(change.fields.place - 1, 0, { id: -1, payload: change.fields.payload });
  }
  return tasks.map(({ payload }) => payload).join('');
}

it.each([
  ['abc', 'abc', ''],
  ['', 'ab', 'add,add'],
  ['abc', 'axc', 'change'],
  ['abc', 'bc', 'delete'],
  ['bc', 'abc', 'add'],
  ['abcd', 'bcdx', 'delete,add'],
])('%j becomes %j by %s', (from, to, changes) => {
  expect(kinds(from, to)).toBe(changes);
});

it('makes the wanted tasks of any others, never by more calls than the longer list has tasks', () => {
  const lists = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 10 });
  fc.assert(
    fc.property(lists, lists, (from, to) => {
      const changes = taskChanges(present(from), [...to].map(task));
      expect(applied(from, changes)).toBe(to);
      expect(changes.length).toBeLessThanOrEqual(Math.max(from.length, to.length));
    }),
  );
});
