import { isUtf8 } from 'node:buffer';

/** A longer line is split, and up to `GAP_BYTES` are lost after each piece, as in Wings (PROTOCOL 4.12). */
const PIECE_BYTES = 65_536;
const GAP_BYTES = 4096;
/** Wings reads history with a buffer of 64 KiB, which must hold the line and its CR LF. */
const HISTORY_BYTES = 65_536 - 2;
/** Longest line that a terminal in line mode passes to a program. */
const TYPED_BYTES = 4095;
const NEWLINE = 10;

/** Receiver of the splitter's output. */
export interface LineSink {
  /** A live piece: a line, or up to 64 KiB of a longer one. A blank line gives an empty piece. */
  piece(bytes: Buffer): void;
  /** The same line for history, before any piece of the next line; null = too long for history. */
  line(bytes: Buffer | null): void;
}

/** Splits the output of a process into lines. Text without a newline waits for it. */
export class LineSplitter {
  #parts: Buffer[] = [];
  #held = 0;
  #gap = 0;
  #total = 0;

  constructor(private readonly sink: LineSink) {}

  feed(chunk: Buffer): void {
    for (let start = 0; ;) {
      const end = chunk.indexOf(NEWLINE, start);
      this.#take(chunk.subarray(start, end === -1 ? chunk.length : end));
      if (end === -1) return;
      this.#finish();
      start = end + 1;
    }
  }

  /** The process has ended: unfinished text becomes a line. */
  end(): void {
    if (this.#total > 0) this.#finish();
  }

  #take(bytes: Buffer): void {
    this.#total += bytes.length;
    for (let rest = bytes; rest.length > 0;) {
      if (this.#gap > 0) {
        const lost = Math.min(this.#gap, rest.length);
        this.#gap -= lost;
        rest = rest.subarray(lost);
      } else if (this.#held === PIECE_BYTES) {
        this.sink.piece(this.#release());
        this.#gap = GAP_BYTES;
      } else {
        const taken = rest.subarray(0, PIECE_BYTES - this.#held);
        this.#parts.push(taken);
        this.#held += taken.length;
        rest = rest.subarray(taken.length);
      }
    }
  }

  #finish(): void {
    const split = this.#total > this.#held;
    const bytes = this.#release();
    this.sink.line(this.#total > HISTORY_BYTES ? null : bytes);
    if (bytes.length > 0 || !split) this.sink.piece(bytes);
    this.#total = 0;
    this.#gap = 0;
  }

  #release(): Buffer {
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#held = 0;
    return bytes;
  }
}

/** Text of a line. Each byte that is not UTF-8 becomes one U+FFFD, as in Go; a browser would merge some. */
export function decode(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let text = '';
  for (let index = 0; index < bytes.length;) {
    const length = sequenceLength(bytes[index] ?? 0);
    const sequence = bytes.subarray(index, index + length);
    if (sequence.length === length && isUtf8(sequence)) {
      text += sequence.toString('utf8');
      index += length;
    } else {
      text += '\ufffd';
      index += 1;
    }
  }
  return text;
}

function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

/** Live text differs from history: a space before a CR becomes CR LF within the same event. */
export function asLive(text: string): string {
  return text.replaceAll(' \r', '\r\n');
}

/** Echo of a typed line, with control characters such as `^[`. */
export function echoOf(line: string): string {
  let shown = '';
  for (const char of line) {
    const code = char.codePointAt(0) ?? 0;
    if (code === 0x7f) shown += '^?';
    else if (code < 0x20 && char !== '\t') shown += `^${String.fromCharCode(code + 0x40)}`;
    else shown += char;
  }
  return shown;
}

/** The lines that a terminal makes of a command: a CR ends a line as a newline does. */
export function typedLines(command: string): string[] {
  return command.split(/[\r\n]/);
}

/** The part of a typed line that reaches the process, with its newline. */
export function typedBytes(line: string): Buffer {
  const bytes = Buffer.from(line, 'utf8').subarray(0, TYPED_BYTES);
  return Buffer.concat([bytes, Buffer.from('\n')]);
}
