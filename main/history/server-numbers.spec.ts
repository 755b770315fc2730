import { beforeEach, describe, expect, it } from 'vitest';
import { historyLevels } from '../../tests/support/history-level.js';
import type { Level } from './level-folder.js';
import { ServerNumbers } from './server-numbers.js';

const aLevel = historyLevels();
let level: Level;
let numbers = new ServerNumbers();

beforeEach(async () => {
  level = await aLevel();
  numbers = new ServerNumbers();
});

async function write(): Promise<void> {
  await level.batch([...numbers.unwritten]);
  numbers.written(numbers.unwritten);
}

async function loaded(): Promise<ServerNumbers> {
  const again = new ServerNumbers();
  await again.load(level);
  return again;
}

describe('the numbers of servers', () => {
  it('count from 1 on, and stay', () => {
    expect([numbers.of('home/1'), numbers.of('home/2'), numbers.of('home/1')]).toEqual([1, 2, 1]);
    expect(numbers.find('home/2')).toBe(2);
    expect(numbers.find('home/3')).toBeUndefined();
    expect([...numbers.byNumber]).toEqual([
      [1, 'home/1'],
      [2, 'home/2'],
    ]);
  });

  it('are the same after a restart', async () => {
    numbers.of('home/1');
    numbers.of('work/2');
    await write();
    const again = await loaded();
    expect([again.of('work/2'), again.of('home/1'), again.of('home/3')]).toEqual([2, 1, 3]);
  });

  it('wait until they are written', async () => {
    numbers.of('home/1');
    const first = [...numbers.unwritten];
    numbers.of('home/2');
    numbers.written(first);
    expect(numbers.unwritten.map(({ key }) => key)).toEqual(['n/home/2', 'next']);
    numbers.of('home/2');
    expect(numbers.unwritten).toHaveLength(2);
  });

  it('are never given to another server, even after the first was forgotten', async () => {
    numbers.of('home/1');
    await write();
    const { numbers: gone, changes } = numbers.forget((id) => id === 'home/1');
    await level.batch(changes);
    expect([...gone]).toEqual([1]);
    expect((await loaded()).of('work/1')).toBe(2);
    expect(numbers.of('home/1')).toBe(2);
  });

  it('of other servers stay when some are forgotten', async () => {
    for (const id of ['home/1', 'work/1', 'home/2']) numbers.of(id);
    const waiting = numbers.unwritten.length;
    const { numbers: gone } = numbers.forget((id) => id.startsWith('home/'));
    expect([...gone]).toEqual([1, 3]);
    expect([...numbers.byNumber]).toEqual([[2, 'work/1']]);
    expect(numbers.unwritten).toHaveLength(waiting - 2);
    expect(numbers.unwritten.map(({ key }) => key)).not.toContain('n/home/1');
    await write();
    expect([...(await loaded()).byNumber]).toEqual([[2, 'work/1']]);
  });

  it('of a reopened store keep the numbers in memory, and are written again', async () => {
    await level.put('n/home/1', Uint8Array.of(5));
    await level.put('n/home/2', Uint8Array.of(9));
    numbers.of('home/1');
    numbers.written(numbers.unwritten);
    await numbers.load(level);
    expect(numbers.find('home/1')).toBe(1);
    expect(numbers.find('home/2')).toBe(9);
    expect(numbers.unwritten).toEqual([
      { type: 'put', key: 'n/home/1', value: Uint8Array.of(1) },
      { type: 'put', key: 'n/home/2', value: Uint8Array.of(9) },
    ]);
    expect(numbers.of('home/3')).toBe(10);
  });

  it('skip damaged entries', async () => {
    await level.put('next', Uint8Array.of(0x80));
    await level.put('n/home/1', Uint8Array.of(200));
    await level.put('n/home/2', Uint8Array.of(2));
    await level.put('m/home/3', Uint8Array.of(3));
    await level.put('o/home/3', Uint8Array.of(3));
    const again = await loaded();
    expect([...again.byNumber]).toEqual([[2, 'home/2']]);
    expect(again.of('home/1')).toBe(3);
  });

  it('continue after the highest number ever given', async () => {
    await level.put('next', Uint8Array.of(50));
    await level.put('n/home/1', Uint8Array.of(2));
    expect((await loaded()).of('home/2')).toBe(50);
  });
});
