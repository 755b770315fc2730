/** TLS with a certificate that no authority signed, in front of a port that speaks plain text: a self-signed node. */
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
  /** Takes another certificate, as after a renewal; answers its fingerprint. */
  renew(): Promise<string>;
  /** How many connections got beyond the certificate with something to say. */
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

/** `origin` takes the place of the one that a websocket names, for a node that knows its panel by another address. */
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

/** The same without encryption: a node that is reached in the clear, and knows its panel by `origin`. */
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
