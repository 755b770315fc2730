import { expect, it } from 'vitest';
import { argbOf, rgbaOf } from './pixels.js';

const bgra = Uint8Array.of(10, 20, 40, 255, 5, 10, 20, 128, 0, 0, 0, 0);

it('hosts get pixels whose colours are not multiplied by their alpha', () => {
  expect([...argbOf(bgra)]).toEqual([...[255, 40, 20, 10], ...[128, 40, 20, 10], ...[0, 0, 0, 0]]);
});

it('notification daemons get the same pixels with alpha last', () => {
  expect([...rgbaOf(bgra)]).toEqual([...[40, 20, 10, 255], ...[40, 20, 10, 128], ...[0, 0, 0, 0]]);
});
