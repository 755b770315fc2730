import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { addressFile } from '../../bridge/remote/remote-address.js';
import { remoteProtocol, type RemoteFailure } from '../../bridge/schema/remote.js';

/** Request that the fake Perch has received. */
interface Received {
  readonly id: number;
  readonly verb?: string;
  readonly input?: unknown;
  readonly cancel?: true;
}

/** Answer to a verb: any number of events, and an end. Without an end the request stays open. */
interface Answering {
  readonly events?: readonly unknown[];
  readonly value?: unknown;
  readonly failure?: RemoteFailure;
}

/** Fits each verb that a client may cancel. */
const nothing = { servers: [], results: [] };

/**
 * Perch as the command line sees it: a local socket in a data folder. Greets each client.
 *
 * `answers` = answer by verb; a cancelled request ends with `nothing`.
 */
export class ListeningPerch {
  readonly received: Received[] = [];
  readonly answers: Record<string, Answering> = {};
  language = 'en';
  readonly #dataFolder: string;
  readonly #open = new Set<Socket>();
  readonly #server = createServer((socket) => this.#connected(socket));

  constructor(dataFolder: string) {
    this.#dataFolder = dataFolder;
  }

  /** Number of clients that are connected now. */
  get clients(): number {
    return this.#open.size;
  }

  async listen(): Promise<void> {
    const file = addressFile(this.#dataFolder);
    mkdirSync(dirname(file), { recursive: true });
    const address =
      process.platform === 'win32'
        ? `\\\\.\\pipe\\perch-${process.pid}-${Date.now()}`
        : join(dirname(file), 'perch.sock');
    await new Promise<void>((resolve) => this.#server.listen(address, resolve));
    writeFileSync(file, address);
  }

  /** Breaks all connections, as a Perch that ends does. */
  drop(): void {
    for (const socket of this.#open) socket.destroy();
  }

  async close(): Promise<void> {
    this.drop();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  #connected(socket: Socket): void {
    this.#open.add(socket);
    socket.on('close', () => this.#open.delete(socket));
    socket.on('error', () => socket.destroy());
    let text = '';
    socket.setEncoding('utf8').on('data', (piece: string) => {
      const lines = (text + piece).split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) this.#take(socket, JSON.parse(line) as Received);
    });
  }

  #take(socket: Socket, request: Received): void {
    this.received.push(request);
    const say = (answer: object): void =>
      void socket.write(`${JSON.stringify({ ...answer, id: request.id })}\n`);
    if (request.cancel === true) return say({ kind: 'done', value: nothing });
    if (request.verb === 'hello') {
      const value = { protocol: remoteProtocol, version: '1.2.3', language: this.language };
      return say({ kind: 'done', value });
    }
    const { events = [], ...end } = this.answers[request.verb ?? ''] ?? {};
    for (const event of events) say({ kind: 'event', event });
    if (end.failure !== undefined) say({ kind: 'failed', failure: end.failure });
    else if (end.value !== undefined) say({ kind: 'done', value: end.value });
  }
}
