import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { SystemProxy } from './proxy.js';

function aSystem(answer: (url: string) => string | Promise<string>, env: NodeJS.ProcessEnv = {}) {
  const asked: string[] = [];
  const clock = new FakeClock();
  const proxy = new SystemProxy({
    clock,
    env,
    ask: async (url) => {
      asked.push(url);
      return answer(url);
    },
  });
  return { asked, clock, proxy };
}

describe('the proxy of the system', () => {
  it('is requested once per address, and again after 5 s or a network change', async () => {
    const { asked, clock, proxy } = aSystem((url) => `PROXY ${new URL(url).hostname}:1`);
    expect(await Promise.all([proxy.resolve('https://a'), proxy.resolve('https://a')])).toEqual([
      'PROXY a:1',
      'PROXY a:1',
    ]);
    expect(await proxy.resolve('wss://b')).toBe('PROXY b:1');
    expect(asked).toEqual(['https://a', 'wss://b']);
    await clock.advance(4999);
    await proxy.resolve('https://a');
    expect(asked).toHaveLength(2);
    await clock.advance(1);
    await proxy.resolve('https://a');
    expect(asked).toHaveLength(3);
    proxy.forget();
    await proxy.resolve('https://a');
    expect(asked).toHaveLength(4);
  });

  it('is none if the system fails', async () => {
    const { proxy } = aSystem(() => {
      throw new Error('no service');
    });
    expect(await proxy.resolve('https://a')).toBe('DIRECT');
  });

  it('is none without an answer', async () => {
    const { clock, proxy } = aSystem(() => new Promise<string>(() => undefined));
    const answer = proxy.resolve('https://a');
    await clock.advance(5000);
    expect(await answer).toBe('DIRECT');
  });

  it('gets the login of the environment for its own address only', async () => {
    const env = { HTTPS_PROXY: 'http://o%40p:secret@proxy.example:3128', http_proxy: 'http://other:80' };
    const { proxy } = aSystem(() => 'PROXY proxy.example:3128;SOCKS5 proxy.example:1080; DIRECT', env);
    expect(await proxy.resolve('https://a')).toBe(
      'PROXY o%40p:secret@proxy.example:3128;SOCKS5 proxy.example:1080; DIRECT',
    );
  });

  it.each([
    ['http://u:p@proxy', 'PROXY proxy:80', 'PROXY u:p@proxy:80'],
    ['https://u:p@proxy', 'HTTPS proxy:443', 'HTTPS u:p@proxy:443'],
    ['socks5://u:p@proxy', 'SOCKS5 proxy:1080', 'SOCKS5 u:p@proxy:1080'],
    ['nonsense', 'PROXY proxy:80', 'PROXY proxy:80'],
  ])('%s with %s', async (all, answer, told) => {
    const { proxy } = aSystem(() => answer, { all_proxy: all });
    expect(await proxy.resolve('https://a')).toBe(told);
  });
});
