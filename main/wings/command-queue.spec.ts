import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { CommandQueue } from './command-queue.js';

function rig() {
  const clock = new FakeClock(0);
  const sent: string[] = [];
  let isOpen = true;
  const queue = new CommandQueue(clock, (command) => {
    if (isOpen) sent.push(`${clock.now()} ${command}`);
    return isOpen;
  });
  return { clock, sent, queue, shut: () => (isOpen = false) };
}

describe('CommandQueue', () => {
  it('sends a few commands at once, each after the echo of the previous command', () => {
    const { sent, queue } = rig();
    for (let count = 1; count <= 6; count++) {
      queue.push(`c${count}`);
      queue.sawOutput(`c${count}`);
    }
    expect(sent).toEqual(['0 c1', '0 c2', '0 c3', '0 c4', '0 c5', '0 c6']);
  });

  it('treats the first line of a command as its echo, and no other text', () => {
    const { sent, queue } = rig();
    queue.push('say one\nsay two');
    queue.push('list');
    queue.sawOutput('say two');
    expect(sent).toHaveLength(1);
    queue.sawOutput('say one');
    expect(sent).toEqual(['0 say one\nsay two', '0 list']);
  });

  it('continues without an echo after 250 ms', async () => {
    const { clock, sent, queue } = rig();
    for (const command of ['a', 'b', 'c']) queue.push(command);
    await clock.advance(500);
    expect(sent).toEqual(['0 a', '250 b', '500 c']);
    queue.sawOutput('a');
    queue.push('d');
    expect(sent).toHaveLength(3);
  });

  it('sends one every 1.1 s in the long run', async () => {
    const { clock, sent, queue } = rig();
    for (let count = 0; count < 30; count++) queue.push(`c${count}`);
    await clock.advance(20_000);
    // Six commands go out at once, and 18 more in the next 20 s.
    expect(sent).toHaveLength(6 + 18);
    await clock.advance(60_000);
    for (let count = 0; count < 30; count++) queue.push(`d${count}`);
    await clock.advance(1100);
    // After any pause, at most six can go out at once.
    expect(sent.filter((entry) => entry.includes(' d')).length).toBeLessThanOrEqual(7);
  });

  it('waits at most ten seconds between two commands, however often the node drops one', async () => {
    const { clock, sent, queue } = rig();
    for (let count = 0; count < 12; count++) queue.throttled();
    queue.push('one');
    queue.push('two');
    await clock.advance(9999);
    expect(sent).toEqual([]);
    await clock.advance(1);
    expect(sent).toEqual(['10000 one']);
    await clock.advance(10_000);
    expect(sent).toEqual(['10000 one', '20000 two']);
  });

  it('queues at most fifty commands', () => {
    const { queue } = rig();
    const taken = Array.from({ length: 60 }, (_, index) => queue.push(`c${index}`));
    // The first command was sent and no longer waits in the queue.
    expect(taken.filter((isTaken) => isTaken)).toHaveLength(51);
  });

  it('counts the commands affected by a refusal: recent and waiting commands', async () => {
    const { clock, queue } = rig();
    queue.push('a');
    await clock.advance(1000);
    queue.push('b');
    queue.push('c');
    expect(queue.refused(1000)).toBe(2);
    expect(queue.refused(1000)).toBe(0);
  });

  it('excludes commands that the node has accepted or reported as dropped', () => {
    const { queue } = rig();
    queue.push('a');
    queue.passed();
    expect(queue.refused(1000)).toBe(0);
    queue.push('b');
    expect(queue.throttled()).toEqual({ command: 'b', at: 0 });
    expect(queue.refused(1000)).toBe(0);
  });

  it('leaves no timer behind when it is cleared', async () => {
    const { clock, sent, queue } = rig();
    for (const command of ['a', 'b', 'c']) queue.push(command);
    expect(queue.clear()).toBe(2);
    expect(clock.pending).toBe(0);
    expect(queue.throttled()).toBeNull();
    queue.sawOutput('a');
    await clock.advance(10_000);
    expect(sent).toEqual(['0 a']);
  });

  it('keeps unsent commands until it is cleared', () => {
    const { queue, sent, shut } = rig();
    shut();
    expect(queue.push('a')).toBe(true);
    expect(sent).toEqual([]);
    expect(queue.refused(1000)).toBe(1);
  });
});
