import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hammer } from './hammer.js';

const inputs = fc.nat(1000);

it.each<[string, (input: number) => unknown, string]>([
  ['is thrown', (input) => fail(input > 10), 'Thrown'],
  ['rejects', (input) => Promise.resolve().then(() => fail(input > 10)), 'Thrown'],
  ['nobody catches', (input) => void Promise.resolve().then(() => fail(input > 10)), 'Nobody caught'],
  ['takes long', (input) => busy(input > 10 ? 150 : 0), 'It took'],
])('the hammer finds an input that %s', async (_what, take, message) => {
  const cause = { message: expect.stringContaining(message) as unknown };
  await expect(hammer(inputs, take)).rejects.toMatchObject({ cause });
});

function fail(isWrong: boolean): void {
  if (isWrong) throw new Error('Thrown');
}

function busy(ms: number): void {
  const { user } = process.cpuUsage();
  while ((process.cpuUsage().user - user) / 1000 < ms) Math.sqrt(ms);
}
