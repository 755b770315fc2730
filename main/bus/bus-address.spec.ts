import { expect, it } from 'vitest';
import { busPath } from './bus-address.js';

it.each([
  ['a path', 'unix:path=/run/user/1000/bus', '/run/user/1000/bus'],
  ['a path with the bus’s own number', 'unix:path=/tmp/dbus-1,guid=8f2e', '/tmp/dbus-1'],
  ['a path with escaped letters', 'unix:path=/tmp/a%20b%c3%bc', '/tmp/a bü'],
  ['an abstract name', 'unix:abstract=/tmp/dbus-x,guid=8f', '\0/tmp/dbus-x'],
  ['the first of several that is a socket here', 'tcp:host=there,port=1;unix:path=/tmp/b', '/tmp/b'],
  ['another machine only', 'tcp:host=there,port=1', null],
  ['nonsense', 'unix:', null],
])('the socket path is found in %s', (_what, address, path) => {
  expect(busPath({ DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: '/run/user/7' })).toBe(path);
});

it('without an address the socket in the runtime folder is used', () => {
  expect(busPath({ XDG_RUNTIME_DIR: '/run/user/7' })).toBe('/run/user/7/bus');
  expect(busPath({})).toBeNull();
});
