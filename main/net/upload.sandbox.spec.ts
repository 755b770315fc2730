/** Uploads to real servers on loopback: what arrives, early answers, cuts, back-pressure, certificates. */
import type { IncomingMessage, RequestListener } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { aNetwork } from '../../tests/support/direct-network.js';
import { failureOf, LoopbackServers } from '../../tests/support/loopback-servers.js';
import { startConnectProxy } from '../../tests/support/real-proxies.js';
import { agreedTo, trusting } from '../../tests/support/trusting.js';
import { HttpFailure, type UploadAnswer, type UploadRequest } from '../base/network-ports.js';

const node = new LoopbackServers('/upload/file');
const { serve, serveTls } = node;
afterEach(() => node.close());

const part = new Uint8Array(65_536).fill(7);
async function* parts(count: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < count; at++) yield await Promise.resolve(part);
}

const network = aNetwork();
const upload = (
  url: string,
  fields: Partial<UploadRequest> = {},
  from = network,
  trust = trusting(null),
): Promise<UploadAnswer> =>
  from.uploads(() => trust)({
    url,
    signal: new AbortController().signal,
    type: 'multipart/form-data; boundary=x',
    bytes: 4 * part.length,
    content: parts(4),
    ...fields,
  });

async function read(request: IncomingMessage): Promise<number> {
  let bytes = 0;
  for await (const chunk of request) bytes += (chunk as Buffer).length;
  return bytes;
}

it('sends the complete content with its length and type, and gives the answer', async () => {
  let asked: IncomingMessage['headers'] = {};
  let got = 0;
  const url = await serve((request, response) => {
    asked = request.headers;
    void read(request).then((bytes) => {
      got = bytes;
      response.end('stored');
    });
  });
  expect(await upload(url)).toEqual({ status: 200, text: 'stored' });
  expect(got).toBe(4 * part.length);
  expect(asked).toMatchObject({
    'content-length': String(4 * part.length),
    'content-type': 'multipart/form-data; boundary=x',
    'user-agent': 'Perch/1.2.3',
  });
});

it('gives an answer that comes before the end, and sends no more', async () => {
  const url = await serve((_request, response) => response.writeHead(404).end('spent'));
  const answer = await upload(url, { bytes: 1e9, content: parts(15_000) }).catch((error: unknown) => error);
  // A connection that breaks under the rest of the content may take the answer with it.
  if (answer instanceof HttpFailure) expect(answer.kind).toBe('reset');
  else expect(answer).toEqual({ status: 404, text: 'spent' });
});

it('rejects with the error of the content, and the node gets no complete request', async () => {
  let whole = false;
  const url = await serve((request) => {
    void read(request).then(
      () => (whole = true),
      () => undefined,
    );
  });
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield* parts(2);
    throw new Error('The disk is gone.');
  }
  await expect(upload(url, { content: broken() })).rejects.toThrow('The disk is gone.');
  expect(whole).toBe(false);
});

it('a connection that is cut is a failure', async () => {
  const url = await serve((request) => void request.once('data', () => request.socket.destroy()));
  expect((await failureOf(upload(url, { bytes: 1e9, content: parts(15_000) }))).kind).toBe('reset');
});

it('requests no more of the content while the node stops reading', async () => {
  let asked = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const each of parts(15_000)) {
      asked += each.length;
      yield each;
    }
  }
  const url = await serve((request) => void request.pause());
  const abort = new AbortController();
  const sending = failureOf(
    upload(url, { bytes: 15_000 * part.length, content: counted(), signal: abort.signal }),
  );
  let before = -1;
  while (asked !== before) {
    before = asked;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  expect(before).toBeLessThan(32 * 1024 * 1024);
  abort.abort();
  await sending;
});

it('an abort and another proxy end an upload', async () => {
  const url = await serve((request) => void request.pause());
  const endless = { bytes: 15_000 * part.length, content: parts(15_000) };
  const abort = new AbortController();
  const aborted = failureOf(upload(url, { ...endless, signal: abort.signal }));
  abort.abort();
  await aborted;
  const own = aNetwork();
  const rerouted = failureOf(upload(url, { ...endless, content: parts(15_000) }, own));
  setTimeout(() => own.rerouted(), 100);
  await rerouted;
});

it('goes through a proxy, and to a certificate that the person agreed to, but to no other', async () => {
  const answer: RequestListener = (request, response) => void read(request).then(() => response.end());
  const url = await serveTls(answer);
  const proxy = await startConnectProxy();
  node.alsoClose(() => proxy.stop());
  const own = aNetwork(() => Promise.resolve(`PROXY ${proxy.address}`));
  expect((await failureOf(upload(url, {}, own))).kind).toBe('tls-untrusted');
  const trust = trusting(agreedTo(await own.certificateOf(url)));
  expect((await upload(url, {}, own, trust)).status).toBe(200);
});
