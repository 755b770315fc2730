import { describe, expect, it } from 'vitest';
import { nameOf, routesOf, type Proxy } from './proxies.js';

const proxy = (kind: Proxy['kind'], host: string, port: number, login: Proxy['login'] = null): Proxy => ({
  kind,
  host,
  port,
  login,
});

describe('waysOf', () => {
  it.each([
    ['DIRECT', ['direct']],
    ['', ['direct']],
    ['NONSENSE a:1', ['direct']],
    ['PROXY a.example:3128', [proxy('http', 'a.example', 3128)]],
    ['PROXY a:80; direct', [proxy('http', 'a', 80), 'direct']],
    ['HTTPS a:443;SOCKS5 b:1080', [proxy('https', 'a', 443), proxy('socks', 'b', 1080)]],
    ['SOCKS a:1080 ; SOCKS4 b:1081', [proxy('socks', 'a', 1080), proxy('socks', 'b', 1081)]],
    ['PROXY [::1]:3128', [proxy('http', '::1', 3128)]],
    ['PROXY o%40p:a%3Ab@a:3128', [proxy('http', 'a', 3128, { user: 'o@p', password: 'a:b' })]],
    ['PROXY a; PROXY :80; PROXY b:81', [proxy('http', 'b', 81)]],
  ])('%s', (answer, ways) => {
    expect(routesOf(answer)).toEqual(ways);
  });
});

it('the name of a proxy has no password', () => {
  expect(nameOf(proxy('http', '::1', 3128, { user: 'olive', password: 'secret' }))).toBe('[::1]:3128');
  expect(nameOf(proxy('socks', 'a', 1080))).toBe('a:1080');
});
