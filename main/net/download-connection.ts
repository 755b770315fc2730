import type { OnReadOpts, Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** Bytes that the system hands over at a time. */
const readBytes = 131_072;
/** Bytes that wait for the reader before nothing more is read from the network. */
const waitingBytes = 262_144;
/** The longest head of an answer (undici's `maxHeaderSize`). */
const headBytes = 16_384;

const newBuffer = (): Buffer => Buffer.allocUnsafeSlow(waitingBytes + readBytes);

/**
 * A connection whose content arrives in the same few buffers again and again.
 *
 * Node takes new memory for each read from the network. Electron pays for new memory with page faults and garbage
 * collections, which cost more than the download itself.
 *
 * A part stays unchanged until the reader asks for the next part. Short parts have memory of their own: undici keeps
 * the pieces of an answer's head until the head is whole.
 */
export class DownloadConnection extends Duplex {
  /** For whoever connects the socket that `carry` gets. */
  readonly onread: OnReadOpts = {
    buffer: Buffer.allocUnsafeSlow(readBytes),
    callback: (bytes, buffer) => this.#arrived(buffer.subarray(0, bytes)),
  };
  /** The first fills; the reader has one of the others, and the stream the other. */
  #buffers: [Buffer, Buffer, Buffer] = [newBuffer(), newBuffer(), newBuffer()];
  #filled = 0;
  #socket: Socket | null = null;
  #isWanted = false;
  #isDue = false;
  #isEnded = false;

  constructor() {
    // The stream holds one part at a time.
    super({ readableHighWaterMark: 1 });
  }

  carry(socket: Socket): this {
    this.#socket = socket;
    socket.on('error', (error) => this.destroy(error));
    socket.once('end', () => {
      this.#isEnded = true;
      this.#passSoon();
    });
    socket.once('close', () => {
      // After an end the reader still gets waiting bytes.
      if (!this.#isEnded) this.destroy();
    });
    // A socket that knows `onread` has no data.
    socket.on('data', (part: Buffer) => {
      if (!this.#arrived(part)) socket.pause();
    });
    return this;
  }

  override _read(): void {
    this.#isWanted = true;
    if (this.#filled > 0 || this.#isEnded) this.#passSoon();
  }

  override _write(part: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket?.write(part, done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket?.destroy();
    done(error);
  }

  /**
   * Whether more may come. Bytes before `carry` are dropped: no request was sent, and the peer may turn out not to be
   * trusted. Further bytes are kept: TLS decrypts all bytes that it has received.
   */
  #arrived(part: Uint8Array): boolean {
    if (this.#socket === null) return true;
    const [filling] = this.#buffers;
    const filled = this.#filled + part.length;
    if (filled > filling.length) this.#buffers[0] = Buffer.concat([filling], filled);
    this.#buffers[0].set(part, this.#filled);
    this.#filled = filled;
    this.#passSoon();
    return filled < waitingBytes;
  }

  /** At the end of this turn of the event loop, with all that arrives in it: TLS brings 16 KiB at a time. */
  #passSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      if (this.#isWanted) this.#pass();
    });
  }

  #pass(): void {
    const [full, next, last] = this.#buffers;
    if (this.#filled > 0) {
      const part = full.subarray(0, this.#filled);
      const isShort = part.length < headBytes;
      if (!isShort) this.#buffers = [next, last, full];
      [this.#filled, this.#isWanted] = [0, false];
      this.push(isShort ? Buffer.from(part) : part);
      this.#socket?.resume();
    } else if (this.#isEnded) {
      this.push(null);
    }
  }
}
