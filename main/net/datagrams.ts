/** UDP to one address and port, for queries to game servers. */
import { createSocket } from 'node:dgram';
import { QueryFailure, type Datagrams } from '../base/query-ports.js';
import { queryFailureOf } from './query-failures.js';

/** Datagrams and bytes of one query; more is no answer of a game server. */
const most = { datagrams: 64, bytes: 262_144 };

export interface IpAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/**
 * Connects to the address: the system then drops datagrams from elsewhere, and reports a port where no program listens.
 * The socket closes with the signal.
 */
export async function openDatagrams(
  { address, family }: IpAddress,
  port: number,
  signal: AbortSignal,
): Promise<Datagrams> {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.connect(port, address, (error?: Error) => (error === undefined ? resolve() : reject(error)));
    });
  } catch (error) {
    socket.close();
    throw queryFailureOf(error);
  }
  const received = new Received();
  const asked = socket.remoteAddress();
  // A stranger's datagram may have come before the system began to drop such datagrams.
  socket.on('message', (datagram, from) => {
    if (from.address === asked.address && from.port === asked.port) received.add(datagram);
  });
  const close = (): void => {
    received.fail(new QueryFailure('silent', 'not asked any more'));
    socket.close();
  };
  // This listener stays: without it, an error would end the process.
  socket.on('error', (error) => received.fail(queryFailureOf(error)));
  if (signal.aborted) close();
  else signal.addEventListener('abort', close, { once: true });
  return {
    send: (bytes) => {
      if (!signal.aborted) socket.send(bytes, (error) => error && received.fail(queryFailureOf(error)));
    },
    receive: () => received.next(),
  };
}

/** Datagrams that arrived and still wait for the reader. */
class Received {
  readonly #datagrams: Uint8Array[] = [];
  #failure: QueryFailure | null = null;
  /** Called when a datagram arrives, or no more can arrive. */
  #wake: (() => void) | null = null;
  #count = 0;
  #bytes = 0;

  async next(): Promise<Uint8Array> {
    for (;;) {
      const datagram = this.#datagrams.shift();
      if (datagram !== undefined) return datagram;
      if (this.#failure !== null) throw this.#failure;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  fail(failure: QueryFailure): void {
    this.#failure ??= failure;
    this.#wake?.();
  }

  add(datagram: Uint8Array): void {
    this.#count += 1;
    this.#bytes += datagram.length;
    if (this.#count > most.datagrams || this.#bytes > most.bytes)
      return this.fail(new QueryFailure('nonsense', 'too many datagrams'));
    this.#datagrams.push(datagram);
    this.#wake?.();
  }
}
