import { expect, it } from 'vitest';
import { bareHost } from './bare-host.js';
import { isSameLogin } from './proxy.js';
import { typedAddress } from './typed-address.js';

it.each([
  ['panel.example.com', 'https://panel.example.com'],
  [' panel.example.com/a\r\n\tb ', 'https://panel.example.com/ab'],
  ['http://panel.example.com', 'http://panel.example.com'],
  ['HTTPS:panel.example.com', 'HTTPS:panel.example.com'],
  ['ftp+x.y-1://panel', 'ftp+x.y-1://panel'],
  ['localhost:8080', 'https://localhost:8080'],
  ['see http://panel.example.com', 'https://see http://panel.example.com'],
])('the typed address %j is %s', (typed, address) => {
  expect(typedAddress(typed)).toBe(address);
});

it('a host has no brackets', () => {
  expect(['[::1]', 'panel.example.com', 'a[b]', '[b]a'].map(bareHost)).toEqual([
    '::1',
    'panel.example.com',
    'a[b]',
    '[b]a',
  ]);
});

it('a login is the same at the same proxy with the same user', () => {
  const proxy = { kind: 'http', host: 'proxy', port: 3128, user: 'anna' } as const;
  expect(isSameLogin(proxy, { ...proxy })).toBe(true);
  const others = [{ kind: 'socks5' as const }, { host: 'other' }, { port: 1 }, { user: 'ben' }];
  for (const other of others) expect(isSameLogin(proxy, { ...proxy, ...other })).toBe(false);
});
