import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/fake-clock.js';
import type { Rank } from './call-pacer.js';
import { TicketQueue } from './ticket-queue.js';

function rig() {
  const clock = new FakeClock(0);
  const ranks = new Map<string, Rank>();
  const sent: string[] = [];
  const answers: (() => void)[] = [];
  const queue = new TicketQueue({ clock, rankOf: (id) => ranks.get(id) ?? null, changed: () => undefined });
  const take = (id: string, rank: Rank): Promise<string> => {
    ranks.set(id, rank);
    return queue.take(id, () => {
      sent.push(id);
      return new Promise((resolve) => answers.push(() => resolve(`ticket of ${id}`)));
    });
  };
  return { clock, ranks, sent, answers, queue, take };
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

  it('sends at once what was granted, once', () => {
    const { queue, sent, take } = rig();
    queue.grant('a');
    void take('a', 'rest');
    void take('a', 'rest');
    expect(sent).toEqual(['a']);
  });

  it('forgets what nobody waits for any more', () => {
    const { queue, ranks, sent, take } = rig();
    void take('a', 'rest');
    void take('b', 'rest');
    ranks.delete('a');
    queue.forget('b');
    expect(queue.next()).toBeNull();
    queue.send();
    expect(sent).toEqual([]);
  });

  it('leaves two of the five tokens of a server and minute to others, but for the person', async () => {
    const { clock, queue, sent, answers, take } = rig();
    for (let count = 0; count < 3; count++) {
      void take('a', 'renewal');
      queue.send();
      answers.pop()?.();
      await settle();
      await clock.advance(1000);
    }
    void take('a', 'renewal');
    void take('b', 'rest');
    expect(queue.next()).toEqual({ rank: 'rest', at: -Infinity });
    queue.send();
    expect(queue.next()).toEqual({ rank: 'renewal', at: 60_000 });
    void take('a', 'asked');
    expect(queue.next()).toEqual({ rank: 'asked', at: 3000 });
    expect(sent).toEqual(['a', 'a', 'a', 'b']);
  });

  it('has no more than eight on their way, but for the person', async () => {
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
