import { EventEmitter } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { ClientRequest, ClientRequestConstructorOptions, Session } from 'electron';
import { CancellationToken } from 'electron-updater/out/types.js';
import { expect, it } from 'vitest';
import { FeedRequests } from './feed-requests.js';

const feed = 'https://perch.example/releases/';
const tooLong = 'x'.repeat(600 * 1024);

type Answer = { readonly body: string } | { readonly to: string } | { readonly fails: string };

/** Network in which each address gives the test's answer. */
function requestsTo(answers: Record<string, Answer>): { requests: FeedRequests; asked: string[] } {
  const asked: string[] = [];
  const request = (words: ClientRequestConstructorOptions | string): ClientRequest => {
    const url = typeof words === 'string' ? words : String(words.url);
    asked.push(url);
    const answer = answers[url] ?? { fails: 'net::ERR_NAME_NOT_RESOLVED' };
    const made = Object.assign(new EventEmitter(), {
      abort: () => undefined,
      end: () => setImmediate(() => give(made, answer)),
    });
    return made as unknown as ClientRequest;
  };
  return { requests: new FeedRequests({ request }, {} as Session, feed), asked };
}

function give(request: EventEmitter, answer: Answer): void {
  if ('to' in answer) request.emit('redirect', 302, 'GET', answer.to, {});
  else if ('fails' in answer) request.emit('error', new Error(answer.fails));
  else {
    const response = Object.assign(new PassThrough(), { statusCode: 200, headers: {} });
    request.emit('response', response);
    response.end(answer.body);
  }
}

const check = (requests: FeedRequests, path = '/releases/latest.yml'): Promise<string | null> =>
  requests.request({ protocol: 'https:', hostname: 'perch.example', path });
const at = (path: string): string => `https://perch.example${path}`;

it('a feed is read, also after a redirect', async () => {
  const { requests, asked } = requestsTo({
    [at('/releases/latest.yml')]: { to: 'https://files.example/1234' },
    'https://files.example/1234': { body: 'version: 0.2.0' },
  });
  expect(await check(requests)).toBe('version: 0.2.0');
  expect(asked).toEqual([at('/releases/latest.yml'), 'https://files.example/1234']);
});

it('a feed with aliases is refused', async () => {
  const body = 'version: 0.2.0\na: &a [x, x]\nfiles:\n  - url: [*a, *a]\n';
  const { requests } = requestsTo({ [at('/releases/latest.yml')]: { body } });
  await expect(check(requests)).rejects.toMatchObject({ why: 'not-a-feed' });
});

it.each([['/releases/latest.yml'], ['/releases/elsewhere']])('a feed is limited for %s', async (last) => {
  const { requests } = requestsTo({
    [at('/start')]: { to: at(last) },
    [at(last)]: { body: tooLong },
  });
  await expect(check(requests, '/start')).rejects.toMatchObject({ why: 'not-a-feed' });
});

it('a package file may be larger than a feed, whatever its name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'perch-file-'));
  const file = join(folder, 'file');
  const { requests } = requestsTo({ [at('/file.yml')]: { body: tooLong } });
  const how = { cancellationToken: new CancellationToken() };
  await requests.download(new URL(at('/file.yml')), file, how);
  expect(await readFile(file, 'utf8')).toHaveLength(tooLong.length);
  await rm(folder, { recursive: true });
});

it('ten redirects are followed, not more, also after failures', async () => {
  const answers: Record<string, Answer> = { [at('/lost')]: { to: 'https://gone.example/' } };
  for (let hop = 0; hop < 11; hop += 1) answers[at(`/${hop}`)] = { to: at(`/${hop + 1}`) };
  answers[at('/11')] = { body: 'version: 0.2.0' };
  const { requests } = requestsTo(answers);
  for (let count = 0; count < 12; count += 1)
    await expect(check(requests, '/lost')).rejects.toThrow('net::ERR_NAME_NOT_RESOLVED');
  expect(await check(requests, '/1')).toBe('version: 0.2.0');
  await expect(check(requests, '/0')).rejects.toThrow('too many redirects');
});

it('no redirect leads away from TLS', async () => {
  const { requests, asked } = requestsTo({ [at('/start')]: { to: 'http://perch.example/latest.yml' } });
  await expect(check(requests, '/start')).rejects.toThrow('a redirect away from TLS');
  expect(asked).toEqual([at('/start')]);
});
