/** Every connection to a panel and to a node: direct, through proxies of both kinds, and the errors of each. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import * as tls from 'node:tls';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { aNetwork } from '../../tests/support/direct-network.js';
import { startConnectProxy, startSocksProxy, type RunningProxy } from '../../tests/support/real-proxies.js';
import { selfSigned } from '../../tests/support/tls-front.js';
import { agreedTo, trusting } from '../../tests/support/trusting.js';
import { HttpFailure, type HttpResponse, type Trust } from '../base/network-ports.js';
import { Authorities } from './authorities.js';
import { Dialer } from './dialer.js';
import { UndiciNetwork } from './http.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Panel and node behind one certificate: answers `ok` and echoes socket messages. */
async function aHost({ key, cert }: { key: string; cert: string }): Promise<{ port: number }> {
  const server = createServer({ key, cert }, (_request, response) => response.end('ok'));
  const wss = new WebSocketServer({ server });
  wss.on('connection', (socket) => socket.on('message', (text) => socket.send(`echo ${String(text)}`)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    for (const client of wss.clients) client.terminate();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { port: (server.address() as AddressInfo).port };
}

const login = { user: 'olive', password: 'se:cret' };
const proxied = async (start: Promise<RunningProxy>): Promise<RunningProxy> => {
  const proxy = await start;
  closing.push(() => proxy.stop());
  return proxy;
};

async function ask(network: UndiciNetwork, url: string, trust: Trust): Promise<HttpResponse | HttpFailure> {
  const http = network.http(trust);
  closing.unshift(() => http.close());
  return http
    .send({ method: 'GET', url, headers: {}, timeoutMs: 5000, maxBytes: 1000 })
    .catch((error: HttpFailure) => error);
}

/** Message that a socket receives after sending `hello`, or the reason why it never opened. */
function hail(network: UndiciNetwork, url: string, trust: Trust): Promise<string | HttpFailure | undefined> {
  return new Promise((resolve) => {
    const socket = network.sockets(() => trust)(
      url,
      { Origin: 'https://panel.example.com' },
      {
        open: () => socket.send('hello'),
        message: (text) => {
          resolve(text);
          socket.close();
        },
        pong: () => undefined,
        refused: () => undefined,
        closed: (_code, _reason, failure) => resolve(failure),
      },
    );
  });
}

describe('through a proxy', () => {
  it.each([
    ['CONNECT', 'PROXY', startConnectProxy, undefined],
    ['CONNECT with a password', 'PROXY', startConnectProxy, login],
    ['SOCKS5', 'SOCKS5', startSocksProxy, undefined],
    ['SOCKS5 with a password', 'SOCKS5', startSocksProxy, login],
  ])('%s: both panel and node, by names that only the proxy can look up', async (_how, word, start, who) => {
    const made = await selfSigned('panel.invalid');
    const { port } = await aHost(made);
    const proxy = await proxied(start(who === undefined ? {} : { login: who }));
    const pass = who === undefined ? '' : `${who.user}:${encodeURIComponent(who.password)}@`;
    const network = aNetwork(() => Promise.resolve(`${word} ${pass}${proxy.address}`));
    const trust = trusting(agreedTo(await network.certificateOf(`https://panel.invalid:${port}`)));
    expect(await ask(network, `https://panel.invalid:${port}/`, trust)).toMatchObject({ body: 'ok' });
    expect(await hail(network, `wss://panel.invalid:${port}/`, trust)).toBe('echo hello');
    expect(new Set(proxy.asked)).toEqual(new Set([`panel.invalid:${port}`]));
    expect(proxy.asked).toHaveLength(3);
  });

  it('the certificate is checked as without a proxy, before the first request', async () => {
    const made = await selfSigned('panel.invalid');
    const { port } = await aHost(made);
    const { address } = await proxied(startConnectProxy());
    const network = aNetwork(() => Promise.resolve(`PROXY ${address}`));
    const certificate = { host: `panel.invalid:${port}`, shown: { fingerprint: made.fingerprint } };
    const failed = { kind: 'tls-untrusted', certificate };
    expect(await ask(network, `https://panel.invalid:${port}/`, trusting())).toMatchObject(failed);
    expect(await hail(network, `wss://panel.invalid:${port}/`, trusting())).toMatchObject(failed);
  });

  const nobody = '127.0.0.1:9';
  it.each([
    ['PROXY', startConnectProxy],
    ['SOCKS5', startSocksProxy],
  ])('%s that fails is named, with its reason', async (word, start) => {
    const { port } = await aHost(await selfSigned());
    const strict = await proxied(start({ login }));
    const closed = await proxied(start({ refuses: true }));
    const cases = [
      [`${word} ${nobody}`, nobody, 'proxy-down'],
      [`${word} ${strict.address}`, strict.address, 'proxy-login'],
      [`${word} olive:wrong@${strict.address}`, strict.address, 'proxy-wrong-login'],
      [`${word} ${closed.address}`, closed.address, 'proxy-refused'],
    ] as const;
    for (const [answer, proxy, reason] of cases) {
      const network = aNetwork(() => Promise.resolve(answer));
      const failed = { kind: 'unreachable', reason, proxy };
      expect(await ask(network, `https://127.0.0.1:${port}/`, trusting()), answer).toMatchObject(failed);
      expect(await hail(network, `wss://127.0.0.1:${port}/`, trusting()), answer).toMatchObject(failed);
    }
  });

  it('the next route is used if the first route fails', async () => {
    const { port } = await aHost(await selfSigned());
    const network = aNetwork(() => Promise.resolve(`PROXY ${nobody}; DIRECT`));
    const trust = trusting(agreedTo(await network.certificateOf(`https://127.0.0.1:${port}`)));
    expect(await ask(network, `https://127.0.0.1:${port}/`, trust)).toMatchObject({ body: 'ok' });
  });

  it('each address is resolved on its own, without its path', async () => {
    const asked: string[] = [];
    const network = aNetwork((url) => {
      asked.push(url);
      return Promise.resolve(`PROXY ${nobody}`);
    });
    await ask(network, 'https://panel.invalid/api/client?page=2', trusting());
    await hail(network, 'wss://node.invalid:8080/api/servers/1/ws', trusting());
    await ask(network, 'http://plain.invalid:81/', trusting());
    expect(asked).toEqual(['https://panel.invalid', 'wss://node.invalid:8080', 'http://plain.invalid:81']);
  });
});

describe('another way', () => {
  it('another route', async () => {
    const made = await selfSigned('panel.invalid');
    const { port } = await aHost(made);
    const [first, second] = [await proxied(startConnectProxy()), await proxied(startSocksProxy())];
    let answer = `PROXY ${first.address}`;
    const network = aNetwork(() => Promise.resolve(answer));
    const trust = trusting(agreedTo(await network.certificateOf(`https://panel.invalid:${port}`)));
    const http = network.http(trust);
    closing.unshift(() => http.close());
    const request = { method: 'GET', url: `https://panel.invalid:${port}/`, headers: {} } as const;
    const send = (): Promise<HttpResponse> => http.send({ ...request, timeoutMs: 5000, maxBytes: 1000 });
    await send();
    const ended = await new Promise<[number, string]>((resolve) => {
      network.sockets(() => trust)(
        `wss://panel.invalid:${port}/`,
        {},
        {
          open: () => {
            answer = `SOCKS5 ${second.address}`;
            network.rerouted();
          },
          message: () => undefined,
          pong: () => undefined,
          refused: () => undefined,
          closed: (code, reason) => resolve([code, reason]),
        },
      );
    });
    expect(ended).toEqual([1000, '']);
    const before = first.asked.length;
    expect(await send()).toMatchObject({ body: 'ok' });
    expect(first.asked).toHaveLength(before);
    expect(second.asked).toEqual([`panel.invalid:${port}`]);
  });

  it('is named without its login', async () => {
    const network = aNetwork(() =>
      Promise.resolve('PROXY olive:secret@a:1; SOCKS5 [::1]:2; HTTPS b:3; DIRECT'),
    );
    expect(await network.routeTo('wss://node.invalid:8080/api')).toEqual([
      { kind: 'http', proxy: 'a:1' },
      { kind: 'socks5', proxy: '[::1]:2' },
      { kind: 'https', proxy: 'b:3' },
      { kind: 'direct' },
    ]);
  });
});

describe('certificates of nodes', () => {
  it('apply to their own host only', async () => {
    const made = await selfSigned();
    const node = await aHost(made);
    const other = await aHost(await selfSigned());
    const network = aNetwork();
    const agreed = agreedTo(await network.certificateOf(`https://127.0.0.1:${node.port}`));
    expect(agreed.fingerprint).toBe(made.fingerprint);
    expect(await hail(network, `wss://127.0.0.1:${node.port}/`, trusting(agreed))).toBe('echo hello');
    expect(await hail(network, `wss://127.0.0.1:${other.port}/`, trusting(agreed))).toMatchObject({
      reason: 'certificate-changed',
      certificate: { agreed: { fingerprint: made.fingerprint } },
    });
  });

  it('are missing if the node speaks plain text', async () => {
    const proxy = await proxied(startConnectProxy());
    expect(await hail(aNetwork(), `wss://${proxy.address}/`, trusting())).toMatchObject({ reason: 'no-tls' });
  });
});

/** Private certificate authority, and its certificate for `localhost`. */
async function anAuthority(name: string) {
  const made = await generate([{ name: 'commonName', value: 'An authority' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'basicConstraints', cA: true }],
  });
  const leaf = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: made.private, cert: made.cert },
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
  });
  return { ca: made.cert, leaf: { key: leaf.private, cert: leaf.cert } };
}

describe('authorities', () => {
  /** Stand-in for a Node that knows the system's authorities; adds certificates as the real Node does. */
  const aNode = (certificates: string[]) => {
    const asked: string[] = [];
    const node = {
      added: null as string[] | null,
      getCACertificates: (of: 'default' | 'system') => {
        asked.push(of);
        return of === 'default' ? [...tls.rootCertificates.slice(0, 1)] : certificates;
      },
      setDefaultCACertificates: (all: string[]) => void (node.added = all),
    };
    return { asked, node };
  };

  class KnowingAuthorities extends Authorities {
    readonly #node: { added: string[] | null };

    constructor(node: { added: string[] | null }) {
      super(node);
      this.#node = node;
    }

    override get context(): tls.SecureContext {
      const ca = this.#node.added;
      return ca === null ? super.context : tls.createSecureContext({ ca });
    }
  }

  const proxies = { resolve: () => Promise.resolve('DIRECT'), forget: () => undefined };
  const knowing = (node: { added: string[] | null }): UndiciNetwork =>
    new UndiciNetwork(new Dialer(proxies, new KnowingAuthorities(node)), 'Perch/1.2.3');

  it('of the system are read once, when a certificate needs them, and then used', async () => {
    const { ca, leaf } = await anAuthority('localhost');
    const { port } = await aHost(leaf);
    const stranger = await aHost(await selfSigned());
    const { asked, node } = aNode([ca]);
    const network = knowing(node);
    expect(asked).toEqual([]);
    expect(await ask(network, `https://localhost:${port}/`, trusting())).toMatchObject({ body: 'ok' });
    expect(await hail(network, `wss://localhost:${port}/`, trusting())).toBe('echo hello');
    expect(await ask(network, `https://127.0.0.1:${stranger.port}/`, trusting())).toMatchObject({
      kind: 'tls-untrusted',
    });
    expect(asked).toEqual(['default', 'system']);
  });

  it('vouch for a name only: under another name the certificate can be pinned', async () => {
    const { ca, leaf } = await anAuthority('panel.example.com');
    const { port } = await aHost(leaf);
    const network = knowing(aNode([ca]).node);
    const failure = await ask(network, `https://localhost:${port}/`, trusting());
    expect(failure).toMatchObject({ reason: 'certificate-name', certificate: { mayTrust: true } });
    const agreed = agreedTo(await network.certificateOf(`https://localhost:${port}`));
    expect(await ask(network, `https://localhost:${port}/`, trusting(agreed))).toMatchObject({ body: 'ok' });
  });

  it('that now vouch for a pinned host end the pin', async () => {
    const { ca, leaf } = await anAuthority('localhost');
    const { port } = await aHost(leaf);
    const old = await selfSigned('localhost');
    const trust = trusting({ pem: old.cert, fingerprint: old.fingerprint });
    expect(await ask(knowing(aNode([ca]).node), `https://localhost:${port}/`, trust)).toMatchObject({
      body: 'ok',
    });
    expect(trust.outgrownTimes).toBe(1);
    // Without the authority, the certificate differs from the certificate that the person agreed to.
    const later = trusting({ pem: old.cert, fingerprint: old.fingerprint });
    expect(await ask(aNetwork(), `https://localhost:${port}/`, later)).toMatchObject({
      reason: 'certificate-changed',
    });
    expect(later.outgrownTimes).toBe(0);
  });

  it("are Node's only if Node cannot read the system's, or the store is unreadable", () => {
    expect(new Authorities({}).addSystem()).toBe(false);
    const broken = {
      getCACertificates: () => {
        throw new Error('locked');
      },
      setDefaultCACertificates: () => undefined,
    };
    expect(new Authorities(broken).addSystem()).toBe(false);
  });
});
