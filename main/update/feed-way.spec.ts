import { expect, it } from 'vitest';
import { feedWay } from './feed-way.js';

it.each([
  ['DIRECT', 'direct://'],
  ['nonsense', 'direct://'],
  ['PROXY proxy.example.com:3128; DIRECT', 'http://proxy.example.com:3128,direct://'],
  ['HTTPS [2001:db8::1]:443', 'https://[2001:db8::1]:443'],
  ['SOCKS5 proxy.example.com:1080', 'socks5://proxy.example.com:1080'],
])('the route %s becomes a rule of Chromium', (answer, rules) => {
  expect(feedWay(answer).rules).toBe(rules);
});

it('the rules contain no login', () => {
  const { rules, logins } = feedWay('PROXY olive:p%40ss@proxy.example.com:3128');
  expect(rules).toBe('http://proxy.example.com:3128');
  expect([...logins]).toEqual([['proxy.example.com:3128', { user: 'olive', password: 'p@ss' }]]);
});
