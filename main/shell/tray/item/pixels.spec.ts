import { expect, it } from 'vitest';
import { argbOf } from './pixels.js';

it('hosts get pixels whose colours are not multiplied by their alpha', () => {
  expect(argbOf(Uint8Array.of(10, 20, 40, 255, 5, 10, 20, 128, 0, 0, 0, 0))).toEqual([
    ...[255, 40, 20, 10],
    ...[128, 40, 20, 10],
    ...[0, 0, 0, 0],
  ]);
});
