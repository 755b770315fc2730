import { expect, it } from 'vitest';
import { hasFailed } from './power.js';

it.each([
  ['sent', 'stop', 'running', false],
  ['done', 'restart', 'running', false],
  ['failed', 'stop', 'running', true],
  ['unknown', 'stop', 'running', true],
  ['cancelled', 'start', 'offline', true],
  ['skipped', 'start', 'running', false],
  ['skipped', 'start', 'suspended', true],
  ['skipped', 'stop', 'offline', false],
  ['skipped', 'restart', 'offline', false],
  ['skipped', 'restart', 'installing', true],
] as const)('%s of a %s server that is %s afterwards fails: %s', (outcome, signal, state, failed) => {
  expect(hasFailed(signal, { outcome, server: { state } })).toBe(failed);
});
