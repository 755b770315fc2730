/** TLS with a self-signed certificate in front of a plain-text port: a node with a self-signed certificate. */
import {
  connect,
  createServer as createPlainServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:tls';
import { generate } from 'selfsigned';

export interface TlsFront {
  readonly port: number;
  /** Switches to another certificate, as after a renewal; returns its fingerprint. */
  renew(): Promise<string>;
  /** Connections that sent data after the TLS handshake. */
  readonly spoken: number;
  stop(): Promise<void>;
}

export interface SelfSigned {
  key: string;
  cert: string;
  fingerprint: string;
}

export async function selfSigned(name = '127.0.0.1'): Promise<SelfSigned> {
  const made = await generate([{ name: 'commonName', value: name }], { keyType: 'ec', algorithm: 'sha256' });
  return { key: made.private, cert: made.cert, fingerprint: new X509Certificate(made.cert).fingerprint256 };
}

/** `origin` replaces the Origin header of a websocket, for a node that knows its panel by another address. */
export async function startTlsFront(targetPort: number, origin?: string): Promise<TlsFront> {
  const front = forwarding(targetPort, origin);
  const server = createServer(await selfSigned(), front.take);
  server.on('tlsClientError', () => undefined);
  const { port, stop } = await listen(server, front.sockets);
  return {
    port,
    get spoken() {
      return front.spoken();
    },
    async renew() {
      const next = await selfSigned();
      server.setSecureContext(next);
      for (const socket of front.sockets) socket.destroy();
      return next.fingerprint;
    },
    stop,
  };
}

/** Like `startTlsFront`, without TLS: a node on plain HTTP that knows its panel by `origin`. */
export function startPlainFront(
  targetPort: number,
  origin: string,
): Promise<Pick<TlsFront, 'port' | 'stop'>> {
  const { take, sockets } = forwarding(targetPort, origin);
  return listen(createPlainServer(take), sockets);
}

function forwarding(targetPort: number, origin: string | undefined) {
  const sockets = new Set<Socket>();
  let spoken = 0;
  function take(socket: Socket): void {
    const target = connect(targetPort, '127.0.0.1');
    for (const end of [socket, target]) {
      sockets.add(end);
      end.on('error', () => undefined);
      end.on('close', () => [socket, target].forEach((other) => other.destroy()));
    }
    target.pipe(socket);
    socket.once('data', (head: Buffer) => {
      spoken += 1;
      const text = head.toString('latin1');
      const named = origin === undefined ? text : text.replace(/^origin: .*$/im, `Origin: ${origin}`);
      target.write(Buffer.from(named, 'latin1'));
      socket.pipe(target);
    });
  }
  return { take, sockets, spoken: () => spoken };
}

async function listen(
  server: Server,
  sockets: ReadonlySet<Socket>,
): Promise<Pick<TlsFront, 'port' | 'stop'>> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
