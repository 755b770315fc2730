import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/fake-clock.js';
import { Turns } from './turns.js';

function rig(freeInMs = 0) {
  const clock = new FakeClock(0);
  const began: string[] = [];
  let changes = 0;
  const turns = new Turns({
    clock,
    freeAt: () => clock.now() + freeInMs,
    changed: () => (changes += 1),
    tooEarly: (until) => new Error(`until ${until}`),
  });
  const take = (name: string): void => void turns.take().then(() => began.push(name));
  return { began, changes: () => changes, clock, take, turns };
}

describe('turns of an action on many servers', () => {
  it('begin in order', async () => {
    const { began, changes, take, turns } = rig();
    expect(turns.next()).toBeNull();
    take('first');
    take('second');
    expect(changes()).toBe(2);
    expect(turns.next()).toMatchObject({ rank: 'many' });
    turns.send();
    await settle();
    expect(began).toEqual(['first']);
    turns.send();
    await settle();
    expect(began).toEqual(['first', 'second']);
    expect(turns.next()).toBeNull();
  });

  it('reject with a time if the panel has no room for long', async () => {
    const { turns } = rig(10_001);
    await expect(turns.take()).rejects.toThrow('until 10001');
    expect(turns.next()).toBeNull();
  });

  it('end at once with the account', async () => {
    const { began, take, turns } = rig();
    take('first');
    turns.drop();
    await settle();
    expect(began).toEqual(['first']);
  });
});
