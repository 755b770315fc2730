/** TLS with a certificate that no authority signed, in front of a port that speaks plain text: a self-signed node. */
import { connect, type AddressInfo, type Socket } from 'node:net';
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
  const sockets = new Set<Socket>();
  let spoken = 0;
  const server = createServer(await selfSigned(), (socket) => {
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
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get spoken() {
      return spoken;
    },
    async renew() {
      const next = await selfSigned();
      server.setSecureContext(next);
      for (const socket of sockets) socket.destroy();
      return next.fingerprint;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
