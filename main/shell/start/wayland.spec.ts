import { expect, it } from 'vitest';
import { isWayland } from './wayland.js';

const session = { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' };
const x11 = { XDG_SESSION_TYPE: 'x11', DISPLAY: ':0' };

it.each([
  ['a session of Wayland', 'linux', session, '45.0.1', {}, true],
  ['one that does not name itself', 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, '45.0.1', {}, true],
  ['an Electron that takes X11 there', 'linux', session, '33.2.1', {}, false],
  ['the same, told to look', 'linux', session, '33.2.1', { 'ozone-platform-hint': 'auto' }, true],
  ['X11 by a flag', 'linux', session, '45.0.1', { 'ozone-platform': 'x11' }, false],
  ['Wayland by a flag', 'linux', session, '33.2.1', { 'ozone-platform': 'wayland' }, true],
  ['a session of X11', 'linux', x11, '45.0.1', {}, false],
  ['the same, told to look', 'linux', x11, '45.0.1', { 'ozone-platform-hint': 'auto' }, false],
  ['Windows with a Wayland inside', 'win32', session, '45.0.1', {}, false],
] as const)('%s', (_what, platform, env, electron, flags, is) => {
  const flag = (name: string): string => (flags as Record<string, string>)[name] ?? '';
  expect(isWayland({ platform, env, electron, flag })).toBe(is);
});
