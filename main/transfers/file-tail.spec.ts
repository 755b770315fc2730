import { expect, it } from 'vitest';
import type { Download } from '../base/network-ports.js';
import { HttpFailure } from '../base/network-ports.js';
import { fileTail, mostStreamed } from './file-tail.js';

const file = { serverId: 'home/1', path: '/a.log' };

/** A node that sends these parts from memory that it uses again. */
function aNode(parts: readonly string[], fields: Partial<Download> = {}) {
  const seen = { closed: 0, sent: 0 };
  const memory = Buffer.alloc(16);
  async function* body() {
    for (const part of parts) {
      await Promise.resolve();
      seen.sent += 1;
      yield memory.subarray(0, memory.write(part));
    }
  }
  const download = () =>
    Promise.resolve({ status: 200, bytes: null, body: body(), close: () => void seen.closed++, ...fields });
  return { seen, read: (most: number) => fileTail(download, file, most) };
}

it.each([
  [2, 'gh'],
  [3, 'fgh'],
  [100, 'abcdefgh'],
])('the last %i bytes are kept, over the ends of parts', async (most, end) => {
  const { read, seen } = aNode(['abc', 'def', 'gh']);
  expect(Buffer.from((await read(most)) ?? []).toString()).toBe(end);
  expect(seen.closed).toBe(1);
});

it('a file that is announced as too large is not read', async () => {
  const { read, seen } = aNode(['abc'], { bytes: mostStreamed + 1 });
  expect(await read(2)).toBeNull();
  expect(seen).toEqual({ closed: 1, sent: 0 });
});

it('a file that grows too large is given up', async () => {
  const part = Buffer.alloc(1024 * 1024);
  async function* endless() {
    for (;;) {
      await Promise.resolve();
      yield part;
    }
  }
  const { read, seen } = aNode([], { body: endless() });
  expect(await read(2)).toBeNull();
  expect(seen.closed).toBe(1);
});

it('refusals of the node and broken connections are problems in words', async () => {
  await expect(aNode([], { status: 500 }).read(1)).rejects.toMatchObject({ problem: { code: 'not-found' } });
  const cut = () => Promise.reject(new HttpFailure('reset', 'cut'));
  await expect(fileTail(cut, file, 1)).rejects.toMatchObject({ problem: { code: 'node-unreachable' } });
});
