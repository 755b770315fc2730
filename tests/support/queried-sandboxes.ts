/** A sandbox with games that answer queries, and sockets that ask as game clients do, byte by byte. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { dialectNamed, Sandbox, type SandboxDeps } from '../../sandbox/sandbox.js';
import { gameBundle } from './game-bundle.js';
import { removeFolder } from './remove-folder.js';

export interface QueriedSandbox {
  readonly sandbox: Sandbox;
  /** Address of the panel and the owner's key. */
  readonly panel: string;
  readonly key: string;
  /** Names of all servers. */
  readonly names: readonly string[];
  power(name: string, signal: string): Promise<void>;
  type(name: string, command: string): Promise<void>;
  isIn(name: string, state: string): Promise<void>;
  /** Address of the server's first allocation. */
  place(name: string): Place;
}

/** Sandboxes of a spec, in a folder of their own. */
export class QueriedSandboxes {
  readonly folder = mkdtempSync(join(tmpdir(), 'perch-sandbox-'));
  readonly #running: Sandbox[] = [];

  async start(options: Partial<SandboxDeps> = {}, dialectName = 'panel-1.11'): Promise<QueriedSandbox> {
    const dialect = dialectNamed(dialectName);
    if (!dialect) throw new Error(`There is no dialect ${dialectName}.`);
    const gameFile = await gameBundle();
    const sandbox = new Sandbox({ port: 0, dialect, dataFolder: this.folder, gameFile, ...options });
    this.#running.push(sandbox);
    const { panel, keys, servers } = await sandbox.start();
    const post = async (name: string, what: string, body: unknown): Promise<void> => {
      const { uuid } = sandbox.changes.server(name);
      const answer = await fetch(`${panel}/api/client/servers/${uuid.slice(0, 8)}/${what}`, {
        method: 'POST',
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${keys.owner}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      });
      if (answer.status !== 204) throw new Error(`${what} answered ${answer.status}.`);
    };
    return {
      sandbox,
      panel,
      key: keys.owner,
      names: servers.map(({ name }) => name),
      power: (name, signal) => post(name, 'power', { signal }),
      async type(name, command) {
        await post(name, 'command', { command });
        await pause(200);
      },
      async isIn(name, state) {
        for (let turn = 0; sandbox.changes.state(name) !== state; turn++) {
          if (turn === 300) throw new Error(`${name} never was ${state}.`);
          await pause(50);
        }
      },
      place(name) {
        const [{ ip: host = '', port = 0 } = {}] = sandbox.changes.server(name).allocations;
        return { host, port };
      },
    };
  }

  /** Ends them all. */
  async stop(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((sandbox) => sandbox.stop()));
  }

  /** Ends them all and deletes their folder. */
  async end(): Promise<void> {
    await this.stop();
    await removeFolder(this.folder);
  }
}

export interface Place {
  host: string;
  port: number;
}

/** The server's answer to a status request, byte by byte as a game client sends it; null = no answer in time. */
export async function status({ host, port }: Place, ms = 3000): Promise<Record<string, unknown> | null> {
  const socket = connect({ host, port });
  const received: Buffer[] = [];
  socket.on('data', (chunk) => received.push(chunk));
  await once(socket, 'connect');
  const ended = once(socket, 'close');
  const name = Buffer.from(host);
  const shake = Buffer.from([0, 0x85, 6, name.length, ...name, port >> 8, port & 255, 1]);
  socket.write(Buffer.from([shake.length, ...shake, 1, 0]));
  socket.write(Buffer.from([9, 1, 1, 2, 3, 4, 5, 6, 7, 8]));
  await Promise.race([ended, pause(ms)]);
  socket.destroy();
  const bytes = Buffer.concat(received);
  if (bytes.length === 0) return null;
  // Length of the packet in two bytes, its number 0, length of the text in two bytes.
  const length = ((bytes[3] ?? 0) & 0x7f) + (bytes[4] ?? 0) * 128;
  const pong = bytes.subarray(5 + length).toString('hex');
  if (pong !== '09010102030405060708') throw new Error(`The ping came back as ${pong}.`);
  return JSON.parse(bytes.subarray(5, 5 + length).toString()) as Record<string, unknown>;
}

/**
 * Sends datagrams, each after the answer to the previous datagram; resolves with the last answer, in `packets` packets.
 * null = no answer in time.
 */
export async function exchange(
  { host, port }: Place,
  requests: readonly ((answer: Buffer) => Buffer)[],
  { ms = 3000, packets = 1 } = {},
): Promise<Buffer | null> {
  const socket = createSocket('udp4');
  socket.on('error', () => undefined);
  const received: Buffer[] = [];
  socket.on('message', (message) => received.push(message));
  let answer = Buffer.alloc(0);
  for (const [index, request] of requests.entries()) {
    const wanted = index === requests.length - 1 ? packets : 1;
    received.length = 0;
    socket.send(request(answer), port, host);
    for (const end = Date.now() + ms; received.length < wanted && Date.now() < end;) await pause(10);
    if (received.length < wanted) {
      socket.close();
      return null;
    }
    answer = Buffer.concat(received);
  }
  socket.close();
  return answer;
}
