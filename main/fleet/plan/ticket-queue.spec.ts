import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/fake-clock.js';
import type { CallPriority } from './call-pacer.js';
import { TicketQueue } from './ticket-queue.js';

function rig(limit: number | null = null) {
  const clock = new FakeClock(0);
  const ranks = new Map<string, CallPriority>();
  const sent: string[] = [];
  const answers: (() => void)[] = [];
  const queue = new TicketQueue({
    clock,
    rankOf: (id) => ranks.get(id) ?? null,
    limit: () => limit,
    changed: () => undefined,
    usedUp: (_serverId, until) => new Error(`until ${until}`),
  });
  const take = (id: string, rank: CallPriority): Promise<string> => {
    ranks.set(id, rank);
    return queue.take(id, () => {
      sent.push(id);
      return new Promise((resolve) => answers.push(() => resolve(`ticket of ${id}`)));
    });
  };
  /** Sends a call and answers it, a second before the next. */
  const spend = async (id: string, rank: CallPriority): Promise<void> => {
    void take(id, rank);
    queue.send();
    answers.pop()?.();
    await settle();
    await clock.advance(1000);
  };
  return { clock, ranks, sent, answers, queue, take, spend };
}

describe('TicketQueue', () => {
  it('sends when its turn has come, the most urgent first', async () => {
    const { queue, sent, answers, take } = rig();
    const first = take('a', 'rest');
    void take('b', 'needed');
    void take('c', 'renewal');
    void take('d', 'asked');
    expect(sent).toEqual([]);
    expect(queue.next()).toEqual({ rank: 'asked', at: 0 });
    for (let count = 0; count < 5; count++) queue.send();
    expect(sent).toEqual(['d', 'c', 'b', 'a']);
    expect(queue.next()).toBeNull();
    for (const answer of answers) answer();
    await expect(first).resolves.toBe('ticket of a');
  });

  it('has a turn for a session without a token after seven renewals in a row', () => {
    const { queue, sent, take } = rig();
    void take('new', 'rest');
    for (let count = 1; count <= 8; count++) void take(`r${count}`, 'renewal');
    for (let count = 0; count < 8; count++) queue.send();
    expect(sent).toEqual(['r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7', 'new']);
  });

  it('holds waiting requests while the account fails, except one every five seconds, clicks and renewals', async () => {
    const { clock, queue, sent, answers, take } = rig();
    queue.pause();
    for (const id of ['s1', 's2', 's3']) void take(id, 'rest');
    queue.send();
    expect(queue.next()).toEqual({ rank: 'rest', at: 5000 });
    for (let count = 1; count <= 9; count++) {
      void take(`r${count}`, 'renewal');
      void take(`o${count}`, 'open');
      for (const rank of ['open', 'renewal']) {
        expect(queue.next()).toEqual({ rank, at: clock.now() });
        queue.send();
        answers.pop()?.();
        await settle();
      }
      await clock.advance(1000);
    }
    expect(sent).not.toContain('s2');
    expect(queue.next()).toEqual({ rank: 'rest', at: 9000 });
  });

  it('sends all that has waited once the account is well', async () => {
    const { queue, sent, take, clock } = rig();
    queue.pause();
    void take('a', 'rest');
    queue.send();
    void take('b', 'rest');
    void take('c', 'needed');
    await clock.advance(1000);
    expect(queue.next()).toEqual({ rank: 'needed', at: 5000 });
    queue.resume();
    expect(queue.next()).toEqual({ rank: 'needed', at: 1000 });
    queue.send();
    queue.send();
    expect(sent).toEqual(['a', 'c', 'b']);
  });

  it('sends a granted request at once, once', () => {
    const { queue, sent, take } = rig();
    queue.grant('a');
    void take('a', 'rest');
    void take('a', 'rest');
    expect(sent).toEqual(['a']);
  });

  it('forgets requests that nobody waits for', () => {
    const { queue, ranks, sent, take } = rig();
    void take('a', 'rest');
    void take('b', 'rest');
    ranks.delete('a');
    queue.forget('b');
    expect(queue.next()).toBeNull();
    queue.send();
    expect(sent).toEqual([]);
  });

  it('leaves two of the five tokens per server and minute to others, and names the time of the next', async () => {
    const { clock, queue, sent, take, spend } = rig();
    for (let count = 0; count < 3; count++) await spend('a', 'renewal');
    await expect(take('a', 'renewal')).rejects.toThrow('until 60000');
    void take('b', 'rest');
    expect(queue.next()).toEqual({ rank: 'rest', at: 3000 });
    queue.send();
    expect(queue.next()).toBeNull();
    expect(sent).toEqual(['a', 'a', 'a', 'b']);
    await clock.advance(57_000);
    await spend('a', 'renewal');
    expect(sent).toHaveLength(5);
  });

  it('gives an open console four tokens, and keeps the fifth for a click, which never waits', async () => {
    const { take, sent, spend } = rig();
    for (let count = 0; count < 4; count++) await spend('a', 'open');
    await expect(take('a', 'open')).rejects.toThrow('until 60000');
    for (let click = 0; click < 2; click++) await spend('a', 'asked');
    await expect(take('a', 'open')).rejects.toThrow('until 62000');
    expect(sent).toHaveLength(6);
  });

  it.each<[number, CallPriority, number]>([
    [10, 'rest', 6],
    [10, 'open', 9],
    [1, 'rest', 1],
    [1, 'open', 1],
    [Infinity, 'rest', 30],
    [Infinity, 'open', 30],
  ])('keeps to the limit of the panel: of %d in a minute, %s takes %d', async (limit, rank, most) => {
    const { queue, sent, answers, take } = rig(limit);
    for (let count = 0; count < 30; count++) {
      take('a', rank).catch(() => undefined);
      queue.send();
      answers.pop()?.();
      await settle();
    }
    expect(sent).toHaveLength(most);
  });

  it('gives a reopened session no more tokens', async () => {
    const { queue, sent, take, spend } = rig();
    for (let count = 0; count < 3; count++) await spend('a', 'rest');
    queue.grant('a');
    await expect(take('a', 'rest')).rejects.toThrow('until 60000');
    void take('a', 'asked');
    expect(sent).toHaveLength(3);
    expect(queue.next()).toEqual({ rank: 'asked', at: 3000 });
  });

  it('has at most eight requests at a time, except for the user', async () => {
    const { queue, answers, sent, take } = rig();
    for (let count = 0; count < 10; count++) void take(`s${count}`, 'rest');
    for (let count = 0; count < 10; count++) queue.send();
    expect(sent).toHaveLength(8);
    expect([queue.isBusy, queue.next()]).toEqual([true, null]);
    void take('asked', 'asked');
    expect(queue.next()).toEqual({ rank: 'asked', at: 0 });
    answers[0]?.();
    await settle();
    expect(queue.isBusy).toBe(false);
  });
});
