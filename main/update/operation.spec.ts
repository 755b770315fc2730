import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { Operation } from './operation.js';

function rig() {
  const clock = new FakeClock();
  const abandon = vi.fn();
  let resolve = (_: string): void => undefined;
  let reject = (_: Error): void => undefined;
  const work = (): Promise<string> =>
    new Promise((done, failed) => {
      resolve = done;
      reject = failed;
    });
  return {
    clock,
    abandon,
    work,
    operation: new Operation(clock, abandon),
    answer: (result: string) => resolve(result),
    fail: () => reject(new Error('broken')),
  };
}

describe('an operation', () => {
  it('gives its result, and no timeout follows', async () => {
    const { clock, abandon, work, operation, answer } = rig();
    const result = operation.run('silent', work);
    answer('found');
    expect(await result).toBe('found');
    expect(clock.pending).toBe(0);
    expect(abandon).not.toHaveBeenCalled();
  });

  it('passes its failure on, and no timeout follows', async () => {
    const { clock, work, operation, fail } = rig();
    const result = operation.run('silent', work);
    fail();
    await expect(result).rejects.toThrow('broken');
    expect(clock.pending).toBe(0);
  });

  it('is abandoned after a minute, with the reason of its kind', async () => {
    const { clock, abandon, work, operation } = rig();
    const late = expect(operation.run('broken-off', work)).rejects.toMatchObject({ why: 'broken-off' });
    await clock.advance(59_999);
    expect(abandon).not.toHaveBeenCalled();
    await clock.advance(1);
    await late;
    expect(abandon).toHaveBeenCalledOnce();
  });

  it('may take longer while it moves', async () => {
    const { clock, abandon, work, operation, answer } = rig();
    let moves = (): boolean => false;
    const result = operation.run('broken-off', (moved) => {
      moves = moved;
      return work();
    });
    for (let minute = 0; minute < 5; minute++) {
      await clock.advance(59_999);
      expect(moves()).toBe(true);
    }
    answer('done');
    expect(await result).toBe('done');
    expect(abandon).not.toHaveBeenCalled();
  });

  it.each(['answer', 'fail'] as const)('is void after its end, whatever comes later: %s', async (end) => {
    const made = rig();
    let moves = (): boolean => true;
    const result = made.operation.run('silent', (moved) => {
      moves = moved;
      return made.work();
    });
    made.operation.end();
    expect(made.clock.pending).toBe(0);
    expect(moves()).toBe(false);
    made[end]('late');
    expect(await result).toBeNull();
  });

  it('that is void does not touch the timeout of the next one', async () => {
    const { clock, work, operation, answer } = rig();
    const first = operation.run('silent', work);
    const answerFirst = answer;
    operation.end();
    answerFirst('late');
    expect(await first).toBeNull();
    const second = expect(operation.run('silent', work)).rejects.toMatchObject({ why: 'silent' });
    await clock.advance(60_000);
    await second;
  });
});
