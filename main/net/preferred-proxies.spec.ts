import { describe, expect, it } from 'vitest';
import type { OwnProxy, ProxySetting } from '../../bridge/schema/proxy.js';
import { routesOf } from './proxies.js';
import { PreferredProxies } from './preferred-proxies.js';

const own = {
  kind: 'http' as const,
  host: 'proxy.example.com',
  port: 3128,
  user: '',
  except: ['*.lan'],
  password: 'none' as const,
  turn: 0,
};

function wished(current: ProxySetting, password: string | null = null) {
  const forgotten = { times: 0 };
  const system = {
    resolve: (url: string) => Promise.resolve(`PROXY system:1 for ${url}`),
    forget: () => void (forgotten.times += 1),
  };
  const wish = {
    current,
    password: (_own: OwnProxy): Promise<string | null> => Promise.resolve(password),
  };
  return { forgotten, proxies: new PreferredProxies(system, wish), wish };
}

describe('the choice of a proxy', () => {
  it("the system's, none, or the custom one, by the current settings", async () => {
    const { proxies, wish, forgotten } = wished({ use: 'system', own });
    expect(await proxies.resolve('https://a.example')).toBe('PROXY system:1 for https://a.example');
    wish.current = { use: 'none', own };
    expect(await proxies.resolve('https://a.example')).toBe('DIRECT');
    wish.current = { use: 'own', own };
    expect(await proxies.resolve('https://a.example')).toBe('PROXY proxy.example.com:3128');
    wish.current = { use: 'own', own: { ...own, kind: 'socks5', host: '::1' } };
    expect(await proxies.resolve('https://a.example')).toBe('SOCKS5 [::1]:3128');
    proxies.forget();
    expect(forgotten.times).toBe(1);
  });

  it('none for exceptions and for this computer', async () => {
    const { proxies } = wished({ use: 'own', own });
    expect(await proxies.resolve('https://panel.lan')).toBe('DIRECT');
    expect(await proxies.resolve('wss://127.0.0.1:8080')).toBe('DIRECT');
  });

  it('with the entered login, whatever characters it has', async () => {
    const login = { ...own, user: 'ol;ive@x', password: 'keychain' as const };
    const { proxies } = wished({ use: 'own', own: login }, 'a:b;c @%d');
    expect(routesOf(await proxies.resolve('https://a.example'))).toEqual([
      {
        kind: 'http',
        host: 'proxy.example.com',
        port: 3128,
        login: { user: 'ol;ive@x', password: 'a:b;c @%d' },
      },
    ]);
  });

  it('with the password of the proxy at that time', async () => {
    const { proxies, wish } = wished({ use: 'own', own: { ...own, user: 'olive', password: 'keychain' } });
    const asked: OwnProxy[] = [];
    wish.password = async (of) => {
      asked.push(of);
      return of.host;
    };
    const resolving = proxies.resolve('https://a.example');
    wish.current = {
      use: 'own',
      own: { ...own, host: 'other.example.com', user: 'olive', password: 'keychain' },
    };
    expect(await resolving).toBe('PROXY olive:proxy.example.com@proxy.example.com:3128');
    expect(asked.map(({ host }) => host)).toEqual(['proxy.example.com']);
  });

  it('without a login if the keychain gives no password, and with a user alone if there is none', async () => {
    const locked = wished({ use: 'own', own: { ...own, user: 'olive', password: 'keychain' } });
    expect(await locked.proxies.resolve('https://a.example')).toBe('PROXY proxy.example.com:3128');
    const alone = wished({ use: 'own', own: { ...own, user: 'olive' } });
    expect(await alone.proxies.resolve('https://a.example')).toBe('PROXY olive:@proxy.example.com:3128');
  });
});
