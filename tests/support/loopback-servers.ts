/** HTTP servers on loopback instead of a node. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { generate } from 'selfsigned';
import { HttpFailure } from '../../main/base/network-ports.js';

/** Secret part of every link. */
export const linkSecret = 'one-time-secret';

export class LoopbackServers {
  readonly #closing: (() => Promise<unknown>)[] = [];

  /** `path` = that of the links to these servers. */
  constructor(private readonly path: string) {}

  /** Resolves with a link to a new server. */
  readonly serve = (listener: RequestListener): Promise<string> =>
    this.#listen(createServer(listener), 'http');

  /** The same with a certificate that nobody knows. */
  readonly serveTls = async (listener: RequestListener): Promise<string> => {
    const made = await generate([{ name: 'commonName', value: 'node.example.com' }], {
      keyType: 'ec',
      algorithm: 'sha256',
    });
    return this.#listen(createTlsServer({ key: made.private, cert: made.cert }, listener), 'https');
  };

  async #listen(server: Server, scheme: string): Promise<string> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => sockets.add(socket));
    this.alsoClose(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}${this.path}?token=${linkSecret}`;
  }

  alsoClose(...more: readonly (() => Promise<unknown>)[]): void {
    this.#closing.push(...more);
  }

  async close(): Promise<void> {
    for (const close of this.#closing.splice(0)) await close();
  }
}

/** The failure of a request. Throws if there is none, or if it holds the secret of the link. */
export async function failureOf(run: Promise<unknown>): Promise<HttpFailure> {
  const caught = await run.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(caught instanceof HttpFailure)) throw new Error(`no failure but ${String(caught)}`);
  const errorText = JSON.stringify([caught.message, caught.stack, { ...caught }]);
  if (errorText.includes(linkSecret)) throw new Error('a failure holds the secret of a link');
  return caught;
}
