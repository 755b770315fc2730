import { expect, it } from 'vitest';
import { SerialQueue } from './serial-queue.js';

it('tasks run one after the other, also after a failed task', async () => {
  const seen: string[] = [];
  const queue = new SerialQueue();
  const first = queue.run(async () => {
    seen.push('a begins');
    await Promise.resolve();
    seen.push('a fails');
    throw new Error('a');
  });
  const second = queue.run(async () => {
    seen.push('b');
    return 7;
  });
  await expect(first).rejects.toThrow('a');
  expect(await second).toBe(7);
  expect(seen).toEqual(['a begins', 'a fails', 'b']);
});

it('the queue is idle after its last task', async () => {
  const queue = new SerialQueue();
  let isOver = false;
  const work = queue.run(async () => {
    await Promise.resolve();
    isOver = true;
    throw new Error('over');
  });
  await queue.idle();
  expect(isOver).toBe(true);
  await expect(work).rejects.toThrow('over');
});
