import { describe, expect, it, vi } from 'vitest';
import { devPages, devServer } from './dev-pages.js';
import { contentPolicy } from './scheme.js';

const named = { PERCH_DEV_SERVER: 'http://127.0.0.1:5173' };
const server = { pages: 'http://127.0.0.1:5173', changes: 'ws://127.0.0.1:5173' };

describe('devServer', () => {
  it('is the server that the environment names, in a checkout', () => {
    expect(devServer(named, false)).toEqual(server);
    expect(devServer({}, false)).toBeNull();
  });

  it('is never used in a package, whatever the environment says', () => {
    expect(devServer(named, true)).toBeNull();
  });

  it.each([
    'http://192.168.0.2:5173',
    'http://localhost:5173',
    'http://127.0.0.1.example.com:5173',
    'http://127.0.0.1:5173@example.com',
    'http://127.0.0.1',
    'https://127.0.0.1:5173',
    'http://127.0.0.1:5173; script-src *',
    '',
  ])('accepts only a port of this computer: %j', (address) => {
    expect(devServer({ PERCH_DEV_SERVER: address }, false)).toBeNull();
  });
});

describe('devPages', () => {
  function asking(answer: () => Response = () => new Response('let a;')) {
    const ask = vi.fn(() => Promise.resolve(answer()));
    const page = devPages(server, ask);
    return {
      ask,
      get: (url: string, accept = 'text/css') => page(new Request(url, { headers: { accept } })),
      post: (url: string) => page(new Request(url, { method: 'POST' })),
    };
  }

  it('forwards the request of a page, and the answer with its type', async () => {
    const answer = () =>
      new Response('a {}', { status: 200, headers: { 'content-type': 'text/css', etag: '1' } });
    const { ask, get } = asking(answer);
    const got = await get('app://perch/style/base.css?t=12');
    expect(ask).toHaveBeenCalledExactlyOnceWith(`${server.pages}/style/base.css?t=12`, {
      redirect: 'error',
      headers: { accept: 'text/css' },
    });
    expect(await got.text()).toBe('a {}');
    expect(got.headers.get('content-type')).toBe('text/css');
    expect(got.headers.get('etag')).toBeNull();
  });

  it('answers 404 for a missing file', async () => {
    const { get } = asking(() => new Response('', { status: 404 }));
    expect((await get('app://perch/no.ts')).status).toBe(404);
  });

  it('allows the same as a package, and the connection to this server', async () => {
    const policy = (await asking().get('app://perch/main.html')).headers.get('content-security-policy');
    expect(policy).toContain("connect-src 'self' ws://127.0.0.1:5173;");
    const without = (text: string | null) => text?.replace(/connect-src [^;]*/, '');
    expect(without(policy)).toBe(without(contentPolicy()));
  });

  it('asks no other host', async () => {
    const { ask, get, post } = asking();
    await get('app://perch//example.com/main.ts');
    expect(ask).toHaveBeenLastCalledWith(`${server.pages}//example.com/main.ts`, expect.anything());
    expect((await get('app://other/main.html')).status).toBe(404);
    expect((await post('app://perch/main.html')).status).toBe(404);
    expect(ask).toHaveBeenCalledOnce();
  });
});
