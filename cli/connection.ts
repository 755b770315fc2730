/** Connection to the running Perch. */
import { readFile } from 'node:fs/promises';
import { connect as connectTo, type Socket } from 'node:net';
import { LineCutter } from '../bridge/console/line-cutter.js';
import { newFailure, RemoteError } from '../bridge/remote/remote-error.js';
import {
  longestRemoteLine,
  longestRemoteRequest,
  remoteAnswerSchema,
  remoteProtocol,
  remoteVerbs,
  type RemoteAnswer,
  type RemoteInput,
  type RemoteOutput,
  type RemoteUpdate,
  type RemoteVerb,
} from '../bridge/schema/remote.js';
import { addressFile } from '../bridge/remote/remote-address.js';
import { sentence } from '../messages/messages.js';

export type ProgramIdentity = RemoteInput<'hello'>['client'];

interface Waiting {
  event(event: unknown): void;
  done(value: unknown): void;
  failed(error: Error): void;
}

export interface Asking<V extends RemoteVerb> {
  readonly onEvent?: (event: RemoteUpdate<V>) => void;
  /** Called with the function that cancels the request. */
  readonly onBegun?: (cancel: () => void) => void;
}

export class PerchConnection {
  readonly #lines = new LineCutter(longestRemoteLine);
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #language = 'en';

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => this.#read(piece));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#lost());
  }

  /** null if Perch does not run. Rejects with `refused` if it belongs to another user. */
  static async open(dataFolder: string, client: ProgramIdentity): Promise<PerchConnection | null> {
    const socket = await socketTo(dataFolder);
    if (socket === null) return null;
    const connection = new PerchConnection(socket);
    const { language } = await connection.ask('hello', { protocol: remoteProtocol, client });
    connection.#language = language;
    return connection;
  }

  get isOpen(): boolean {
    return !this.socket.destroyed;
  }

  /** Language of the running Perch. */
  get language(): string {
    return this.#language;
  }

  /** Rejects with `RemoteError`. */
  async ask<V extends RemoteVerb>(
    verb: V,
    input: RemoteInput<V>,
    { onEvent, onBegun }: Asking<V> = {},
  ): Promise<RemoteOutput<V>> {
    const id = (this.#lastId += 1);
    const schema = remoteVerbs[verb];
    const request = `${JSON.stringify({ id, verb, input })}\n`;
    // Perch would end the connection over a longer request without a reason.
    if (request.length > longestRemoteRequest) {
      throw new RemoteError(newFailure('usage', sentence('command-line.too-long'), null));
    }
    const value = await new Promise<unknown>((done, failed) => {
      this.#waiting.set(id, {
        done,
        failed,
        // TypeScript can't tie a schema to the verb of the same name.
        event: (event) => onEvent?.(schema.event.parse(event) as RemoteUpdate<V>),
      });
      this.socket.write(request);
      onBegun?.(() => void this.socket.write(`${JSON.stringify({ id, cancel: true })}\n`));
    });
    return schema.output.parse(value) as RemoteOutput<V>;
  }

  close(): void {
    this.socket.destroy();
  }

  #read(piece: string): void {
    const lines = this.#lines.push(piece);
    if (lines === null) this.socket.destroy();
    else for (const line of lines) this.#take(line);
  }

  #take(line: string): void {
    const answer = remoteAnswerSchema.safeParse(JSON.parse(line));
    if (answer.success) this.#answer(answer.data);
  }

  #answer(answer: RemoteAnswer): void {
    const waiting = answer.id === null ? undefined : this.#waiting.get(answer.id);
    if (waiting === undefined || answer.id === null) return;
    if (answer.kind === 'event') return waiting.event(answer.event);
    this.#waiting.delete(answer.id);
    if (answer.kind === 'done') waiting.done(answer.value);
    else waiting.failed(new RemoteError(answer.failure));
  }

  #lost(): void {
    const error = new RemoteError(newFailure('not-running', sentence('command-line.lost')));
    for (const { failed } of this.#waiting.values()) failed(error);
    this.#waiting.clear();
  }
}

async function socketTo(dataFolder: string): Promise<Socket | null> {
  try {
    const address = (await readFile(addressFile(dataFolder), 'utf8')).trim();
    return await new Promise((resolve, reject) => {
      const socket = connectTo(address);
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(socket);
      });
    });
  } catch (error) {
    if (isRefusal(error)) throw new RemoteError(newFailure('refused', sentence('command-line.not-yours')));
    // The socket file is missing, or belongs to a Perch that died.
    return null;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM');
}
