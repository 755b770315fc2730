import { expect, it } from 'vitest';
import { Ways } from './ways.js';

const through = (answer: string) =>
  new Ways({ resolve: () => Promise.resolve(answer), forget: () => undefined });

it.each([
  ['DIRECT', { kind: 'direct', proxy: null }],
  ['PROXY olive:secret@proxy.example.com:3128; DIRECT', { kind: 'http', proxy: 'proxy.example.com:3128' }],
  ['SOCKS5 proxy.example.com:1080', { kind: 'socks', proxy: 'proxy.example.com:1080' }],
])('tells the first way of %s, without a password', async (answer, way) => {
  expect(await through(answer).wayTo('https://panel.example.com/sub')).toEqual(way);
});

it('counts the addresses of a name, and rejects where there are none', async () => {
  const ways = through('DIRECT');
  expect(await ways.lookUp('localhost')).toBeGreaterThan(0);
  await expect(ways.lookUp('no-such-name.invalid')).rejects.toThrow();
});
