/** Small servers on loopback that speak UDP or TCP, instead of games. */
import { createSocket } from 'node:dgram';
import { createServer, type AddressInfo, type Socket } from 'node:net';

export class QueryServers {
  readonly #closing: (() => Promise<unknown>)[] = [];

  /** Resolves with the port. `hear` gets each datagram and sends answers to its sender. */
  async udp(
    hear: (datagram: Buffer, send: (answer: Uint8Array) => void) => void,
    { host = '127.0.0.1', answersElsewhere = false } = {},
  ): Promise<number> {
    const family = host.includes(':') ? 'udp6' : 'udp4';
    const socket = createSocket(family);
    const other = answersElsewhere ? createSocket(family) : socket;
    socket.on('message', (datagram, from) =>
      hear(datagram, (answer) => other.send(answer, from.port, from.address)),
    );
    await new Promise<void>((resolve) => socket.bind(0, host, resolve));
    this.#closing.push(() => new Promise<void>((resolve) => socket.close(resolve)));
    if (answersElsewhere) this.#closing.push(() => Promise.resolve(other.close()));
    return socket.address().port;
  }

  /** Resolves with the port. `talk` gets each connection. */
  async tcp(talk: (socket: Socket) => void, host = '127.0.0.1'): Promise<number> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on('error', () => undefined));
      talk(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    this.#closing.push(() => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    });
    return (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const close of this.#closing.splice(0)) await close();
  }
}
