/** Update feed on loopback with its proxy, and stand-ins for its AppImages. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AskedOfFeed {
  /** Path without the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

type Answer = (response: ServerResponse) => void;

export interface UpdateFeed {
  readonly url: string;
  readonly asked: AskedOfFeed[];
  /** From now on the feed is also a proxy that requires `user:password`. */
  asksFor(login: string): void;
  /** Sets the answer at a path; null = 404. */
  put(path: string, answer: string | Buffer | Answer | null): void;
  stop(): Promise<void>;
}

export async function startUpdateFeed(): Promise<UpdateFeed> {
  const places = new Map<string, string | Buffer | Answer>();
  const asked: AskedOfFeed[] = [];
  let login: string | null = null;
  const server = createServer((request, response) => {
    // A request with an absolute URL addresses the proxy.
    const isProxy = !(request.url ?? '').startsWith('/');
    const wanted = `Basic ${Buffer.from(login ?? '').toString('base64')}`;
    if (isProxy && (login === null || request.headers['proxy-authorization'] !== wanted)) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="proxy"' }).end();
      return;
    }
    const path = new URL(request.url ?? '', 'http://feed.invalid').pathname;
    asked.push({ path, headers: request.headers });
    const answer = places.get(path);
    if (answer === undefined) response.writeHead(404).end('not here');
    else if (typeof answer === 'function') answer(response);
    else response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    asked,
    asksFor: (wanted) => (login = wanted),
    put(path, answer) {
      if (answer === null) places.delete(path);
      else places.set(path, answer);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Program that records its start in a file, padded to the size of a package. */
export function standIn(version: string, startedFile: string, bytes = 400_000): Buffer {
  const script = `#!/bin/sh\necho ${version} > '${startedFile}'\nexit 0\n# `;
  return Buffer.concat([Buffer.from(script), Buffer.alloc(bytes, 'x'), Buffer.from('\n')]);
}

/** Writes `latest-linux.yml` as electron-builder does. */
export function announce(
  version: string,
  file: Buffer,
  more: { readonly sum?: string; readonly notes?: string; readonly stagingPercentage?: number } = {},
): string {
  const sum = more.sum ?? createHash('sha512').update(file).digest('base64');
  const name = `perch-${version}-x86_64.AppImage`;
  const lines = (more.notes ?? '').split('\n').map((line) => `  ${line}`);
  return [
    `version: ${version}`,
    'files:',
    `  - url: ${name}`,
    `    sha512: ${sum}`,
    `    size: ${file.length}`,
    `path: ${name}`,
    `sha512: ${sum}`,
    ...(more.notes === undefined ? [] : ['releaseNotes: |', ...lines]),
    ...(more.stagingPercentage === undefined ? [] : [`stagingPercentage: ${more.stagingPercentage}`]),
    `releaseDate: '2026-11-20T10:00:00.000Z'`,
    '',
  ].join('\n');
}
