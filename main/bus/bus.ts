import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import {
  BusReader,
  encodeAnswer,
  encodeCall,
  encodeRefusal,
  encodeSignal,
  type BusCall,
  type BusNews,
  type BusRequest,
  type BusSignal,
  type BusValues,
  type ExportedSignal,
} from './bus-wire.js';

/**
 * Refusal by the bus or the called program. `name` is D-Bus's name of the error, such as
 * `org.freedesktop.Secret.Error.IsLocked`.
 */
export class BusError extends Error {
  constructor(readonly busName: string) {
    super(`the bus refused: ${busName}`);
    this.name = 'BusError';
  }
}

export interface BusListener {
  signal(signal: BusSignal): void;
  /** Answers a call of a method of ours; null for an unknown method. Absent if Perch offers no methods. */
  asked?(request: BusRequest): BusValues | null;
  /**
   * Called once, after all open calls were rejected. Absent if the loss has no consequence: a session ends without its
   * bus.
   */
  closed?(): void;
}

/** Connection to a D-Bus. */
export interface Bus {
  /** Rejects with `BusError`, or when the connection ends. Has no time limit of its own. */
  call(call: BusCall): Promise<readonly unknown[]>;
  /** Sends a signal to all listeners. No-op after the end of the connection. */
  emit(signal: ExportedSignal, values?: BusValues): void;
  close(): void;
}

const unknownMethod = 'org.freedesktop.DBus.Error.UnknownMethod';
const invalidArgs = 'org.freedesktop.DBus.Error.InvalidArgs';

interface Waiting {
  resolve(args: readonly unknown[]): void;
  reject(error: Error): void;
}

/** Connects to the bus at the socket `path` as the user with the number `uid`. */
export async function connectBus(path: string, uid: number, listener: BusListener): Promise<Bus> {
  const socket = connect({ path });
  // An error is always followed by `close`, which is handled.
  socket.on('error', () => undefined);
  try {
    await once(socket, 'connect');
    const early = await introduce(socket, uid);
    const bus = new SocketBus(socket, listener, early);
    await bus.call({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'Hello',
    });
    return bus;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Authenticates; the bus verifies the user id through the kernel. Returns the bytes that followed the answer. */
async function introduce(socket: Socket, uid: number): Promise<Buffer> {
  socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(uid)).toString('hex')}\r\n`);
  let answer = Buffer.alloc(0);
  while (!answer.includes('\r\n')) {
    answer = Buffer.concat([answer, await nextChunk(socket)]);
    if (answer.length > 4096) throw new Error('the bus answers with something else');
  }
  const end = answer.indexOf('\r\n') + 2;
  if (!answer.subarray(0, end).toString('latin1').startsWith('OK ')) {
    throw new Error('the bus does not let this user in');
  }
  socket.write('BEGIN\r\n');
  return answer.subarray(end);
}

function nextChunk(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    socket.once('data', resolve);
    socket.once('close', () => reject(new Error('the bus closed the connection')));
  });
}

class SocketBus implements Bus {
  readonly #reader = new BusReader();
  readonly #waiting = new Map<number, Waiting>();
  #serial = 0;
  #isClosed = false;

  constructor(
    private readonly socket: Socket,
    private readonly listener: BusListener,
    early: Uint8Array,
  ) {
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('close', () => this.#closed());
    this.#take(early);
  }

  call(call: BusCall): Promise<readonly unknown[]> {
    if (this.#isClosed) return Promise.reject(new Error('the connection to the bus is closed'));
    return new Promise((resolve, reject) => {
      const serial = ++this.#serial;
      this.#waiting.set(serial, { resolve, reject });
      this.socket.write(encodeCall(serial, call));
    });
  }

  emit(signal: ExportedSignal, values: BusValues = {}): void {
    if (!this.#isClosed) this.socket.write(encodeSignal(++this.#serial, signal, values));
  }

  close(): void {
    this.socket.destroy();
  }

  #take(chunk: Uint8Array): void {
    let news: BusNews[];
    try {
      news = this.#reader.take(chunk);
    } catch {
      // The start of the next message is unknown after an error.
      this.socket.destroy();
      return;
    }
    for (const each of news) this.#tell(each);
  }

  #tell(news: BusNews): void {
    if (news.kind === 'signal') return this.listener.signal(news.signal);
    if (news.kind === 'request') return this.#answer(news);
    const waiting = this.#waiting.get(news.serial);
    this.#waiting.delete(news.serial);
    if (news.kind === 'answer') waiting?.resolve(news.args);
    else waiting?.reject(new BusError(news.name));
  }

  #answer({ serial: asked, isAnswered, request }: BusNews & { kind: 'request' }): void {
    let answer: Uint8Array;
    const serial = ++this.#serial;
    try {
      const values = this.listener.asked?.(request) ?? null;
      answer =
        values === null
          ? encodeRefusal(serial, request.sender, asked, unknownMethod)
          : encodeAnswer(serial, request.sender, asked, values);
    } catch {
      // Any program of the session may call, with any values.
      answer = encodeRefusal(serial, request.sender, asked, invalidArgs);
    }
    if (isAnswered && !this.#isClosed) this.socket.write(answer);
  }

  #closed(): void {
    this.#isClosed = true;
    for (const { reject } of this.#waiting.values()) reject(new Error('the connection to the bus ended'));
    this.#waiting.clear();
    this.listener.closed?.();
  }
}
