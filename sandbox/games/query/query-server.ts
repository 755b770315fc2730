import { randomBytes } from 'node:crypto';
import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server as StreamServer, type Socket } from 'node:net';
import type { Door } from './door.js';
import { withFaults, type QueriedGame, type QueryFaults } from './queried-game.js';

export interface QueryServerDeps {
  /** Loopback address of this computer. */
  address: string;
  doors: readonly Door[];
  game: () => QueriedGame;
  /** A port could not be opened, such as `25565/udp`. */
  refused: (door: string) => void;
}

/** Connections at once; a game has a limit too. */
const mostConnections = 200;
/** A connection without a request ends after this time, as in Minecraft. */
const idleMs = 30_000;

/** Answers queries for one game on its real ports, from `open` until `close`. */
export class QueryServer {
  #faults: QueryFaults = {};
  readonly #datagrams: DatagramSocket[] = [];
  readonly #streams: StreamServer[] = [];
  readonly #sockets = new Set<Socket>();

  constructor(private readonly deps: QueryServerDeps) {}

  /** Replaces the faults. */
  disturb(faults: QueryFaults): void {
    this.#faults = faults;
  }

  /** Resolves when every door listens or was reported as refused. */
  async open(): Promise<void> {
    await Promise.all(
      this.deps.doors.map((door) =>
        this.#openDoor(door).catch(() => this.deps.refused(`${door.port}/${door.transport}`)),
      ),
    );
  }

  close(): void {
    for (const socket of this.#datagrams.splice(0)) socket.close();
    for (const server of this.#streams.splice(0)) server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  async #openDoor(door: Door): Promise<void> {
    const { address } = this.deps;
    if (door.transport === 'udp') {
      const socket = createSocket('udp4');
      this.#datagrams.push(socket);
      socket.bind({ port: door.port, address, exclusive: true });
      await once(socket, 'listening');
      // The next answer to a sender that is gone causes an error.
      socket.on('error', () => undefined);
      socket.on('message', (request, from) => {
        if (this.#isLost()) return;
        const answers = door.talk(request, this.#game(), `${from.address}:${from.port}`);
        for (const answer of answers) {
          if (this.#isLost()) continue;
          this.#later(() => socket.send(this.#garbled(answer), from.port, from.address, () => undefined));
        }
      });
    } else {
      const server = createServer((socket) => this.#serve(door, socket));
      server.maxConnections = mostConnections;
      this.#streams.push(server);
      server.listen({ port: door.port, host: address, exclusive: true });
      await once(server, 'listening');
    }
  }

  #serve(door: Extract<Door, { transport: 'tcp' }>, socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.setTimeout(idleMs, () => socket.destroy());
    const isLost = this.#isLost();
    const hear = door.talk(
      {
        send: (bytes) => this.#later(() => socket.writable && socket.write(this.#garbled(bytes))),
        hangUp: () => this.#later(() => socket.end()),
      },
      () => this.#game(),
    );
    socket.on('data', (chunk) => {
      if (!isLost && this.#faults.answers !== false) hear(chunk);
    });
  }

  #game(): QueriedGame {
    return withFaults(this.deps.game(), this.#faults);
  }

  #isLost(): boolean {
    const { answers = true, loss = 0 } = this.#faults;
    return !answers || Math.random() < loss;
  }

  #later(what: () => void): void {
    const { delayMs = 0 } = this.#faults;
    if (delayMs === 0) what();
    else setTimeout(what, delayMs).unref();
  }

  #garbled(bytes: Buffer): Buffer {
    return this.#faults.garbage === true ? randomBytes(bytes.length) : bytes;
  }
}
