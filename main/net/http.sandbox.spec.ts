/** Network port with real servers on loopback: TLS, time limits, broken and endless answers. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { generate } from 'selfsigned';
import { PerchError } from '../../bridge/errors.js';
import { aNetwork } from '../../tests/support/direct-network.js';
import { agreedTo, trusting } from '../../tests/support/trusting.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { systemClock } from '../base/clock.js';
import { createPanelClient } from '../panel/client.js';
import { HttpFailure, type Http, type HttpRequest, type TrustedCertificate } from '../base/network-ports.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function listen(server: TcpServer | Server, scheme: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const serve = (listener: RequestListener) => listen(createServer(listener), 'http');
const serveRaw = (talk: (socket: Socket) => void) => listen(createTcpServer(talk), 'http');

interface Dates {
  from?: Date;
  to?: Date;
}

/** TLS server with a self-signed certificate for another name than its address. */
async function serveTls(listener: RequestListener, { from, to }: Dates = {}) {
  const made = await generate([{ name: 'commonName', value: 'panel.example.com' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ...(from === undefined ? {} : { notBeforeDate: from }),
    ...(to === undefined ? {} : { notAfterDate: to }),
  });
  const server = createTlsServer({ key: made.private, cert: made.cert }, listener);
  return { url: await listen(server, 'https'), server };
}

function http(trusted: TrustedCertificate | null = null): Http {
  const made = aNetwork().http(trusting(trusted));
  closing.unshift(() => made.close());
  return made;
}

function get(url: string, fields: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    url,
    headers: { accept: 'application/json' },
    timeoutMs: 5000,
    maxBytes: 1_000_000,
    ...fields,
  };
}

async function failureOf(run: Promise<unknown>): Promise<HttpFailure> {
  const caught = await run.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(caught instanceof HttpFailure)) throw new Error(`no failure but ${String(caught)}`);
  return caught;
}

describe('requests', () => {
  it('arrive with their headers and none that a browser adds', async () => {
    let seen: Record<string, unknown> = {};
    let body = '';
    const url = await serve((request, response) => {
      seen = request.headers;
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => response.writeHead(204).end());
    });
    const answer = await http().send(
      get(`${url}/x`, { method: 'POST', body: '{"a":"ä"}', headers: { authorization: 'Bearer k' } }),
    );
    expect(answer).toMatchObject({ status: 204, body: '' });
    expect(body).toBe('{"a":"ä"}');
    expect(Object.keys(seen).sort()).toEqual([
      ...['authorization', 'connection', 'content-length', 'host', 'user-agent'],
    ]);
    expect(seen['user-agent']).toBe('Perch/1.2.3');
  });

  it('never follow a redirect, so the key stays with its panel', async () => {
    let asked = 0;
    const other = await serve((_request, response) => {
      asked++;
      response.end('{}');
    });
    const url = await serve((_request, response) =>
      response.writeHead(302, { location: `${other}/auth/login` }).end(),
    );
    const answer = await http().send(get(url, { headers: { authorization: 'Bearer k' } }));
    expect(answer.status).toBe(302);
    expect(answer.headers['location']).toBe(`${other}/auth/login`);
    expect(asked).toBe(0);
  });

  it('send no cookies back', async () => {
    const cookies: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      cookies.push(request.headers.cookie);
      response.writeHead(200, { 'set-cookie': 'session=1' }).end('{}');
    });
    const one = http();
    await one.send(get(url));
    await one.send(get(url));
    expect(cookies).toEqual([undefined, undefined]);
  });
});

describe('answers', () => {
  it('are given byte for byte if the request wants them so, but refusals as text', async () => {
    const content = Buffer.from([0xef, 0xbb, 0xbf, 0, 0xff, 0xfe, 13, 10]);
    const url = await serve((request, response) =>
      response.writeHead(request.url === '/no' ? 404 : 200).end(content),
    );
    const { body, bytes } = await http().send(get(url, { keepsBytes: true }));
    expect([body, Buffer.from(bytes ?? [])]).toEqual(['', content]);
    expect(await http().send(get(`${url}/no`, { keepsBytes: true }))).toMatchObject({
      status: 404,
      body: content.toString().slice(1),
    });
    expect(await http().send(get(url))).not.toHaveProperty('bytes');
  });

  it('of a request that sends bytes', async () => {
    const content = Buffer.from([0xef, 0xbb, 0xbf, 0, 0xff, 0xfe, 13, 10]);
    const url = await serve((request, response) => void request.pipe(response));
    const { bytes } = await http().send(get(url, { method: 'POST', body: content, keepsBytes: true }));
    expect(Buffer.from(bytes ?? [])).toEqual(content);
  });

  it('of 10 MB are cut off while they come', async () => {
    let sent = 0;
    const url = await serve((_request, response) => {
      const chunk = Buffer.alloc(65_536, 'x');
      const more = () => {
        while (sent < 10 * 1024 * 1024) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    expect((await failureOf(http().send(get(url)))).kind).toBe('too-large');
    expect(sent).toBeLessThan(10 * 1024 * 1024);
  });

  it('that announce too much are not read', async () => {
    const url = await serve((_request, response) =>
      response.writeHead(200, { 'content-length': 5e9 }).write('x'),
    );
    expect((await failureOf(http().send(get(url)))).kind).toBe('too-large');
  });

  it('that never come end at the time limit', async () => {
    const url = await serve(() => undefined);
    const started = Date.now();
    expect((await failureOf(http().send(get(url, { timeoutMs: 300 })))).kind).toBe('timeout');
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('that never end are cut at the time limit, too', async () => {
    const url = await serve((_request, response) => {
      const timer = setInterval(() => response.write('x'), 50);
      response.on('close', () => clearInterval(timer));
    });
    expect((await failureOf(http().send(get(url, { timeoutMs: 400 })))).kind).toBe('timeout');
  });

  it.each<[string, (socket: Socket) => void]>([
    ['before the answer', (socket) => socket.once('data', () => socket.resetAndDestroy())],
    ['closed without a word', (socket) => socket.once('data', () => socket.end())],
    [
      'in the middle',
      (socket) =>
        socket.once('data', () =>
          socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', () => socket.resetAndDestroy()),
        ),
    ],
  ])('that break off are a reset: %s', async (_when, talk) => {
    const url = await serveRaw(talk);
    expect((await failureOf(http().send(get(url)))).kind).toBe('reset');
  });

  it('of other services are distinguished', async () => {
    const url = await serveRaw((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n')));
    expect(await failureOf(http().send(get(url)))).toMatchObject({ kind: 'reset', reason: 'not-http' });
  });
});

describe('no connection', () => {
  it('to a port without a listener', async () => {
    const server = createTcpServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect((await failureOf(http().send(get(`http://127.0.0.1:${port}`)))).kind).toBe('unreachable');
    expect((await failureOf(aNetwork().certificateOf(`https://127.0.0.1:${port}`))).kind).toBe('unreachable');
  });

  it('to an unknown name', async () => {
    expect((await failureOf(http().send(get('http://panel.invalid')))).kind).toBe('unknown-host');
  });

  it('after closing', async () => {
    const url = await serve((_request, response) => response.end('{}'));
    const one = http();
    await one.close();
    expect(await failureOf(one.send(get(url)))).toBeInstanceOf(HttpFailure);
  });

  it('is not waited for once the account is closed', async () => {
    const url = await serve(() => undefined);
    const one = http();
    const failing = failureOf(one.send(get(url, { timeoutMs: 30_000 })));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await one.close();
    expect((await failing).kind).toBe('reset');
  });
});

describe('certificates', () => {
  const seen: (string | undefined)[] = [];
  const answering: RequestListener = (request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
  };
  const withKey = (url: string) => get(url, { headers: { authorization: 'Bearer k' } });

  it('that no authority signed are shown before the first request, and work once pinned', async () => {
    seen.length = 0;
    const { url } = await serveTls(answering);
    const failure = await failureOf(http().send(withKey(url)));
    expect(failure).toMatchObject({ kind: 'tls-untrusted', reason: undefined });
    expect(failure.certificate).toMatchObject({ host: new URL(url).host, agreed: null, mayTrust: true });
    expect(failure.certificate?.shown.fingerprint).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(failure.certificate?.shown.issuer).toBe('panel.example.com');
    expect(seen).toEqual([]);

    const certificate = await aNetwork().certificateOf(url);
    expect(certificate.facts).toEqual(failure.certificate?.shown);
    expect(await http(agreedTo(certificate)).send(withKey(url))).toMatchObject({
      status: 200,
      body: '{"ok":true}',
    });
    expect(seen).toEqual(['Bearer k']);
  });

  it('that have changed are refused, before the first request', async () => {
    seen.length = 0;
    const first = await serveTls(answering);
    const second = await serveTls(answering);
    const pinned = agreedTo(await aNetwork().certificateOf(first.url));
    const failure = await failureOf(http(pinned).send(withKey(second.url)));
    const shown = await aNetwork().certificateOf(second.url);
    expect(failure).toMatchObject({
      kind: 'tls-untrusted',
      reason: 'certificate-changed',
    });
    expect(failure.certificate?.shown).toEqual(shown.facts);
    expect(failure.certificate?.agreed).toMatchObject({
      fingerprint: pinned.fingerprint,
      issuer: 'panel.example.com',
    });
    expect(shown.facts.fingerprint).not.toBe(pinned.fingerprint);
    expect(seen).toEqual([]);
  });

  it('are compared, not only verified: another certificate of the same issuer fails', async () => {
    seen.length = 0;
    const { url } = await serveTls(answering);
    const certificate = agreedTo(await aNetwork().certificateOf(url));
    const other = { pem: certificate.pem, fingerprint: certificate.fingerprint.replace(/^../, 'ZZ') };
    expect(await failureOf(http(other).send(withKey(url)))).toMatchObject({ reason: 'certificate-changed' });
    expect(seen).toEqual([]);
  });

  it('of a private issuer work once pinned, without the issuer', async () => {
    const made = await generate([{ name: 'commonName', value: 'private authority' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      clientCertificate: { keyType: 'ec', algorithm: 'sha256', cn: 'panel.example.com' },
    });
    if (made.clientcert === undefined || made.clientprivate === undefined)
      throw new Error('no issued certificate');
    const server = createTlsServer({ key: made.clientprivate, cert: made.clientcert }, answering);
    const url = await listen(server, 'https');
    expect((await failureOf(http().send(get(url)))).kind).toBe('tls-untrusted');
    const certificate = agreedTo(await aNetwork().certificateOf(url));
    expect((await http(certificate).send(get(url))).status).toBe(200);
  });

  it('that have expired say so, pinned or not, and cannot be pinned', async () => {
    const day = 86_400_000;
    const { url } = await serveTls(answering, {
      from: new Date(Date.now() - 3 * day),
      to: new Date(Date.now() - day),
    });
    const agreed = agreedTo(await aNetwork().certificateOf(url));
    for (const trusted of [null, agreed]) {
      const failure = await failureOf(http(trusted).send(get(url)));
      expect(failure).toMatchObject({ kind: 'tls-untrusted', reason: 'certificate-expired' });
      expect(failure.certificate).toMatchObject({
        shown: { fingerprint: agreed.fingerprint },
        mayTrust: false,
      });
      expect(failure.certificate?.shown.until).toBeLessThan(Date.now());
    }
  });

  it('are missing for https on a port without TLS', async () => {
    const url = (await serve(answering)).replace('http:', 'https:');
    expect(await failureOf(http().send(get(url)))).toMatchObject({ kind: 'unreachable', reason: 'no-tls' });
    expect(await failureOf(aNetwork().certificateOf(url))).toMatchObject({ reason: 'no-tls' });
  });

  it('are required for http on a TLS port', async () => {
    const { url } = await serveTls(answering);
    const nginx = await serve((_request, response) =>
      response.writeHead(400).end('<center>The plain HTTP request was sent to HTTPS port</center>'),
    );
    const wings = await serveRaw((socket) =>
      socket.once('data', () =>
        socket.end('HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n'),
      ),
    );
    const openssl = await serveRaw((socket) =>
      socket.once('data', () => socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, 0x46]))),
    );
    for (const address of [nginx, wings, openssl])
      expect(await failureOf(http().send(get(address))), address).toMatchObject({ reason: 'tls-only' });
    // Node's server closes the connection silently, which may have any cause.
    expect((await failureOf(http().send(get(url.replace('https:', 'http:'))))).kind).toBe('reset');
  });
});

describe('a panel client on this network', () => {
  it('shows an untrusted certificate as a problem with its fingerprint', async () => {
    const { url } = await serveTls((_request, response) => response.end('{}'));
    const client = createPanelClient({
      panelUrl: url,
      http: http(),
      clock: systemClock,
      log: new FakeLog(),
      authorize: (use) => use('ptlc_test'),
    });
    const caught = await client.account().then(
      () => null,
      (error: unknown) => error,
    );
    const { facts } = await aNetwork().certificateOf(url);
    expect(caught).toBeInstanceOf(PerchError);
    expect((caught as PerchError).problem).toMatchObject({
      code: 'tls-untrusted',
      certificate: { shown: facts },
    });
  });
});
