/** The addresses that the wire refuses before it opens a socket. */
import { expect, it } from 'vitest';
import { QueryFailure } from '../base/query-ports.js';
import { QueryNames } from './query-names.js';
import { DialedQueryWire } from './query-wire.js';

const direct = { resolve: () => Promise.resolve('DIRECT'), forget: () => undefined };
const none = (): Promise<never> => Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));

/** A name that DNS sends to these addresses. */
function wireFor(addresses: readonly string[]): DialedQueryWire {
  const servers = {
    resolve4: () => Promise.resolve(addresses.filter((one) => !one.includes(':'))),
    resolve6: () => Promise.resolve(addresses.filter((one) => one.includes(':'))),
    resolveSrv: none,
    system: none,
  };
  return new DialedQueryWire(direct, new QueryNames(servers));
}

const kindOf = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => 'none',
    (error: unknown) => (error instanceof QueryFailure ? error.kind : 'other'),
  );

it.each<[string, string[]]>([
  ['127.1', []],
  ['2130706433', []],
  ['0x7f.1', []],
  ['0177.0.0.1', []],
  ['0', []],
  ['::1', []],
  ['0:0:0:0:0:0:0:1', []],
  ['::ffff:127.0.0.1', []],
  ['::ffff:0:0', []],
  ['localhost.', []],
  ['x.localhost', []],
  ['hostile.example', ['127.0.0.1']],
  ['hostile.example', ['203.0.113.1', '127.9.9.9']],
  ['hostile.example', ['::1']],
  ['hostile.example', ['0.0.0.0']],
])('asks no game of this computer for a server elsewhere: %s %o', async (host, addresses) => {
  const wire = wireFor(addresses);
  const { signal } = new AbortController();
  const place = { host, port: 25_565 };
  expect(await kindOf(wire.datagrams(place, signal))).toBe('closed');
  expect(await kindOf(wire.stream(place, signal))).toBe('closed');
  expect(await kindOf(wire.get(place, '/dynamic.json', signal))).toBe('closed');
});

it('asks a game behind the port of HTTPS at this port, not at that of HTTP', async () => {
  const hosts: string[] = [];
  const resolve = (url: string): Promise<string> => {
    hosts.push(new URL(url).host);
    return Promise.resolve('PROXY 127.0.0.1:9');
  };
  const wire = new DialedQueryWire({ resolve, forget: () => undefined });
  const place = { host: 'play.invalid', port: 443 };
  await kindOf(wire.get(place, '/dynamic.json', new AbortController().signal));
  expect(hosts.at(-1)).toBe('play.invalid:443');
});
