/** TLS with a self-signed certificate in front of a plain-text port: a node with a self-signed certificate. */
import {
  connect,
  createServer as createPlainServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { X509Certificate } from 'node:crypto';
import { createServer, TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';

export interface TlsFront {
  readonly port: number;
  /** Switches to another certificate, as after a renewal; returns its fingerprint. */
  renew(): Promise<string>;
  /** Fingerprints of the certificates over which connections sent data. */
  readonly spokenTo: readonly string[];
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
  const spokenTo: string[] = [];
  const front = forwarding(targetPort, origin, (socket) => {
    if (socket instanceof TLSSocket) spokenTo.push(presentedOn(socket));
  });
  const server = createServer(await selfSigned(), front.take);
  server.on('tlsClientError', () => undefined);
  const { port, stop } = await listen(server, front.sockets);
  return {
    port,
    spokenTo,
    async renew() {
      const next = await selfSigned();
      server.setSecureContext(next);
      for (const socket of front.sockets) socket.destroy();
      return next.fingerprint;
    },
    stop,
  };
}

/** Fingerprint of the certificate that the server presented on the connection. */
export function presentedOn(socket: TLSSocket): string {
  const shown = socket.getCertificate();
  return shown !== null && 'fingerprint256' in shown ? shown.fingerprint256 : '';
}

/** Like `startTlsFront`, without TLS: a node on plain HTTP that knows its panel by `origin`. */
export function startPlainFront(
  targetPort: number,
  origin: string,
): Promise<Pick<TlsFront, 'port' | 'stop'>> {
  const { take, sockets } = forwarding(targetPort, origin, () => undefined);
  return listen(createPlainServer(take), sockets);
}

/** `speaks` is called for each connection that sends its first data. */
function forwarding(targetPort: number, origin: string | undefined, speaks: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  function take(socket: Socket): void {
    const target = connect(targetPort, '127.0.0.1');
    for (const end of [socket, target]) {
      sockets.add(end);
      end.on('error', () => undefined);
      end.on('close', () => [socket, target].forEach((other) => other.destroy()));
    }
    target.pipe(socket);
    socket.once('data', (head: Buffer) => {
      speaks(socket);
      const text = head.toString('latin1');
      const named = origin === undefined ? text : text.replace(/^origin: .*$/im, `Origin: ${origin}`);
      target.write(Buffer.from(named, 'latin1'));
      socket.pipe(target);
    });
  }
  return { take, sockets };
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
