/** Downloads from real servers on loopback: certificates, redirects, cuts, back-pressure. */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it } from 'vitest';
import { aNetwork } from '../../tests/support/direct-network.js';
import { startConnectProxy, startSocksProxy } from '../../tests/support/real-proxies.js';
import { agreedTo, trusting } from '../../tests/support/trusting.js';
import { HttpFailure, type Download, type OpenDownload, type Trust } from '../base/network-ports.js';

const secret = 'one-time-secret';
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function listen(server: Server, scheme: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/download/backup?token=${secret}`;
}

const serve = (listener: RequestListener): Promise<string> => listen(createServer(listener), 'http');

async function serveTls(listener: RequestListener): Promise<string> {
  const made = await generate([{ name: 'commonName', value: 'node.example.com' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  });
  return listen(createTlsServer({ key: made.private, cert: made.cert }, listener), 'https');
}

const network = aNetwork();
const opener = (trust: Trust = trusting(null)): OpenDownload => network.downloads(() => trust);
const open = (url: string, signal = new AbortController().signal): Promise<Download> =>
  opener()({ url, signal });

async function read(download: Download): Promise<number> {
  let bytes = 0;
  for await (const part of download.body) bytes += part.length;
  return bytes;
}

async function failureOf(run: Promise<unknown>): Promise<HttpFailure> {
  const caught = await run.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(caught instanceof HttpFailure)) throw new Error(`no failure but ${String(caught)}`);
  expect(JSON.stringify([caught.message, caught.stack, { ...caught }])).not.toContain(secret);
  return caught;
}

it('gives status, announced length and the content, and asks with the name of Perch only', async () => {
  let asked = {};
  const url = await serve(({ headers }, response) => {
    asked = headers;
    response.writeHead(200, { 'content-length': '300000' }).end(Buffer.alloc(300_000));
  });
  const download = await open(url);
  expect(download).toMatchObject({ status: 200, bytes: 300_000 });
  expect(await read(download)).toBe(300_000);
  download.close();
  expect(asked).toEqual({ host: new URL(url).host, connection: 'keep-alive', 'user-agent': 'Perch/1.2.3' });
});

it('follows no redirect', async () => {
  const elsewhere = await serve((_request, response) => response.end('elsewhere'));
  const download = await open(
    await serve((_request, response) => response.writeHead(302, { location: elsewhere }).end()),
  );
  expect(download.status).toBe(302);
  expect(await read(download)).toBe(0);
  download.close();
});

it('a connection that is cut is a failure, with or without an announced length', async () => {
  for (const headers of [{ 'content-length': '1000' }, {}]) {
    const url = await serve((_request, response) => {
      response.writeHead(200, headers);
      response.write(Buffer.alloc(10), () => response.socket?.destroy());
    });
    const download = await open(url);
    expect((await failureOf(read(download))).kind).toBe('reset');
    download.close();
  }
});

it('nothing is read while nobody asks for the next part', async () => {
  let sent = 0;
  const url = await serve((_request, response) => {
    response.writeHead(200);
    const more = (): void => {
      while (response.write(Buffer.alloc(65_536))) sent += 65_536;
      sent += 65_536;
      response.once('drain', more);
    };
    more();
  });
  const download = await open(url);
  const parts = download.body[Symbol.asyncIterator]();
  await parts.next();
  let before = -1;
  while (sent !== before) {
    before = sent;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  expect(before).toBeLessThan(32 * 1024 * 1024);
  await parts.return?.();
  download.close();
});

describe.each([
  ['http', 'directly', serve, null],
  ['https', 'directly', serveTls, null],
  ['http', 'through a CONNECT proxy', serve, startConnectProxy],
  ['https', 'through a SOCKS proxy', serveTls, startSocksProxy],
] as const)('%s %s', (scheme, _how, listening, startProxy) => {
  const content = randomBytes(12_000_000);
  const sha1 = (bytes: Buffer): string => createHash('sha1').update(bytes).digest('hex');

  /** Opens the content as the listener sends it. */
  async function opened(listener: RequestListener): Promise<Download> {
    const url = await listening(listener);
    const proxy = await startProxy?.();
    if (proxy !== undefined) closing.push(() => proxy.stop());
    const way = startProxy === startSocksProxy ? 'SOCKS5' : 'PROXY';
    const own = aNetwork(() => Promise.resolve(proxy === undefined ? 'DIRECT' : `${way} ${proxy.address}`));
    const trust = trusting(scheme === 'https' ? agreedTo(await own.certificateOf(url)) : null);
    return own.downloads(() => trust)({ url, signal: new AbortController().signal });
  }

  it.each<[string, number, RequestListener]>([
    [
      'with its length',
      3,
      (_request, response) => response.setHeader('content-length', content.length).end(content),
    ],
    [
      'in chunks of its own',
      Infinity,
      (_request, response) => {
        for (let from = 0; from < content.length; from += 100_001) {
          response.write(content.subarray(from, from + 100_001));
        }
        response.end();
      },
    ],
    [
      'until the connection ends',
      3,
      ({ socket }) => void socket.end(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), content])),
    ],
  ])('brings a content %s unchanged to a slow reader', async (_as, mostBuffers, listener) => {
    const download = await opened(listener);
    const buffers = new Set<ArrayBufferLike>();
    const parts: Buffer[] = [];
    for await (const part of download.body) {
      // Shorter parts have memory of their own, as they may be pieces of the answer's head.
      if (part.length >= 16_384) buffers.add(part.buffer);
      // What arrives meanwhile must not change this part.
      if (parts.length % 8 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      parts.push(Buffer.from(part));
    }
    download.close();
    expect(sha1(Buffer.concat(parts))).toBe(sha1(content));
    expect(buffers.size).toBeLessThanOrEqual(mostBuffers);
  });
});

it('a head in many pieces is read as it was sent', async () => {
  const others = ['one', 'two', 'three', 'four'].map((name) => `x-${name}: of no interest here\r\n`);
  const pieces = ['HTTP/1.1 200 OK\r\n', 'content-length: 12\r\n', ...others, '\r\n'];
  const url = await serve(({ socket }) => {
    socket.setNoDelay(true);
    const send = (): void => {
      const piece = pieces.shift();
      if (piece === undefined) return void socket.end('twelve bytes');
      socket.write(piece);
      setTimeout(send, 20);
    };
    send();
  });
  const { bytes, body } = await open(url);
  const parts: Buffer[] = [];
  for await (const part of body) parts.push(Buffer.from(part));
  expect([bytes, Buffer.concat(parts).toString()]).toEqual([12, 'twelve bytes']);
});

it('an abort ends the connection at once', async () => {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const url = await serve((request, response) => {
    request.socket.once('close', end);
    response.writeHead(200).write(Buffer.alloc(10));
  });
  const abort = new AbortController();
  const download = await open(url, abort.signal);
  const reading = failureOf(read(download));
  abort.abort();
  await reading;
  await ended;
  download.close();
});

it('another proxy ends the connection', async () => {
  const url = await serve((_request, response) => response.writeHead(200).write(Buffer.alloc(10)));
  const download = await open(url);
  const reading = failureOf(read(download));
  network.rerouted();
  await reading;
  download.close();
});

it('a certificate that nobody vouches for is refused, unless the person agreed to it', async () => {
  let asked = 0;
  const url = await serveTls((_request, response) => {
    asked += 1;
    response.end('content');
  });
  const signal = new AbortController().signal;
  expect(await failureOf(opener()({ url, signal }))).toMatchObject({ kind: 'tls-untrusted' });
  expect(asked).toBe(0);
  const download = await opener(trusting(agreedTo(await network.certificateOf(url))))({ url, signal });
  expect(await read(download)).toBe(7);
  download.close();
  const other = await network.certificateOf(await serveTls(() => undefined));
  expect(await failureOf(opener(trusting(agreedTo(other)))({ url, signal }))).toMatchObject({
    kind: 'tls-untrusted',
    reason: 'certificate-changed',
  });
});

it('an address that is none, and one where no node is, are failures without the address', async () => {
  expect((await failureOf(open(`nonsense ${secret}`))).kind).toBe('unreachable');
  expect((await failureOf(open(`http://169.254.169.254/?token=${secret}`))).kind).toBe('unreachable');
});
