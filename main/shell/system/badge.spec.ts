import { expect, it, vi } from 'vitest';
import { showBadge } from './badge.js';

it.each([
  ['darwin', [[2]]],
  ['linux', [[2]]],
  ['win32', []],
] as const)('%s', (platform, calls) => {
  const app = { setBadgeCount: vi.fn(() => true) };
  showBadge(app, platform, 2);
  expect(app.setBadgeCount.mock.calls).toEqual(calls);
});
