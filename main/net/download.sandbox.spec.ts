/** Downloads from real servers on loopback: certificates, redirects, cuts, back-pressure. */
import { createHash, randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { aNetwork } from '../../tests/support/direct-network.js';
import { failureOf, linkSecret, LoopbackServers } from '../../tests/support/loopback-servers.js';
import { startConnectProxy, startSocksProxy } from '../../tests/support/real-proxies.js';
import { agreedTo, trusting } from '../../tests/support/trusting.js';
import type { Download, OpenDownload, Trust } from '../base/network-ports.js';

const node = new LoopbackServers('/download/backup');
const { serve, serveTls } = node;
afterEach(() => node.close());

const network = aNetwork();
const opener = (trust: Trust = trusting(null)): OpenDownload => network.downloads(() => trust);
const open = (url: string, signal = new AbortController().signal): Promise<Download> =>
  opener()({ url, signal });

async function read(download: Download): Promise<number> {
  let bytes = 0;
  for await (const part of download.body) bytes += part.length;
  return bytes;
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

it('the socket is not read until the caller asks for the next part', async () => {
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
    if (proxy !== undefined) node.alsoClose(() => proxy.stop());
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
      // Bytes that arrive meanwhile must not change this part.
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
  expect((await failureOf(open(`nonsense ${linkSecret}`))).kind).toBe('unreachable');
  expect((await failureOf(open(`http://169.254.169.254/?token=${linkSecret}`))).kind).toBe('unreachable');
});
