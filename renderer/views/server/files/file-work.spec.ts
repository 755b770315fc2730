import { expect, it } from 'vitest';
import { PerchError, type Problem } from '../../../../bridge/errors.js';
import { FilesPlace } from '../../../state/files/files-place.svelte.js';
import { Task } from '../../../state/task.svelte.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { FileWork } from './file-work.svelte.js';

const there = { kind: 'file', bytes: 1, modifiedAt: 1 } as const;
const conflict: Problem = { ...aProblem('conflict'), taken: [{ path: '/a', there, mine: null }] };

function setUp() {
  const place = new FilesPlace();
  const work = new FileWork(place);
  const calls: boolean[] = [];
  let settle: (problem: Problem | null) => void = () => undefined;
  const call = (replace: boolean) => {
    calls.push(replace);
    return new Promise<void>((resolve, reject) => {
      settle = (problem) => (problem === null ? resolve() : reject(new PerchError(problem)));
    });
  };
  return { place, work, call, calls, settle: (problem: Problem | null) => settle(problem) };
}

it('taken names cause a question, and one answer makes one call', async () => {
  const { work, call, calls, settle } = setUp();
  const done = work.changeShown('Moving', call);
  expect(work.doing).toBe('Moving');
  settle(conflict);
  await done;
  const { question } = work;
  if (question?.kind !== 'replace') throw new Error('no question');
  const task = new Task();
  const twice = [question.agree(task), question.agree(task)];
  settle(null);
  await Promise.all(twice);
  expect([calls, work.question, work.doing]).toEqual([[false, true], null, null]);
});

it('the tab reports the failure of a dialog that was closed meanwhile', async () => {
  const { work, call, settle } = setUp();
  work.ask({ kind: 'new-folder' });
  const done = work.change(new Task(), call);
  work.close();
  settle(aProblem('forbidden'));
  await done;
  expect(work.work.problem?.code).toBe('forbidden');
});

it('an action continues while another tab is shown, and its failure waits for the person', async () => {
  const { place, work, call, calls, settle } = setUp();
  const done = work.changeShown('Moving', call);
  work.end();
  const later = new FileWork(place);
  expect(later.doing).toBe('Moving');
  settle(conflict);
  await done;
  expect([work.question, later.question, later.doing]).toEqual([null, null, null]);
  expect(later.work.problem).toEqual(conflict);
  expect(calls).toEqual([false]);
});
