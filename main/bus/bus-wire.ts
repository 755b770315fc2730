/** D-Bus messages as bytes: framing, encoding and decoding. */
import { MessageType, parseMessages, type Message } from 'd-bus-message-protocol';
import { parseTypes } from 'd-bus-type-system';
import { ByteWriter, writeValues } from './bus-encode.js';

/**
 * Call of a method. `signature` describes the types of `args` in D-Bus's letters. A variant is a pair of type and
 * value.
 */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly args?: readonly unknown[];
}

export interface BusSignal {
  /** Connection name of the sender, such as `:1.7`. The bus sets it, so no program can forge it. */
  readonly sender: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly args: readonly unknown[];
}

/** A signal of an object of ours. */
export type ExportedSignal = Omit<BusSignal, 'sender' | 'args'>;

/** A call of a method of an object of ours. */
export interface BusRequest {
  /** Connection name of the caller, such as `:1.7`. */
  readonly sender: string;
  readonly path: string;
  /** null if the caller omits the interface, which D-Bus allows. */
  readonly interface: string | null;
  readonly member: string;
  readonly args: readonly unknown[];
}

/** Values to send. `signature` describes the types of `args` in D-Bus's letters; both are absent if there are none. */
export interface BusValues {
  readonly signature?: string;
  readonly args?: readonly unknown[];
}

/** Message from the other side. */
export type BusNews =
  | { kind: 'answer'; serial: number; args: readonly unknown[] }
  | { kind: 'refusal'; serial: number; name: string }
  | { kind: 'request'; serial: number; isAnswered: boolean; request: BusRequest }
  | { kind: 'signal'; signal: BusSignal };

/** Size of the fixed start of a message, which tells the length of the whole message. */
const startBytes = 16;
/** D-Bus allows messages of 128 MiB; the messages for Perch are far shorter. */
const littleEndian = 0x6c;
/** D-Bus allows 128 MiB; the messages that Perch asks for are far shorter. */
const maxBytes = 4 * 1024 * 1024;

export function encodeCall(serial: number, call: BusCall): Uint8Array {
  const { path, interface: name, member, destination } = call;
  return encoded(MessageType.MethodCall, serial, call, { path, interface: name, member, destination });
}

/** `to` is the caller, `asked` the serial of the call. */
export function encodeAnswer(serial: number, to: string, asked: number, values: BusValues): Uint8Array {
  return encoded(MessageType.MethodReturn, serial, values, { replySerial: asked, destination: to });
}

/** `name` is D-Bus's name of the error. */
export function encodeRefusal(serial: number, to: string, asked: number, name: string): Uint8Array {
  return encoded(MessageType.Error, serial, {}, { error: name, replySerial: asked, destination: to });
}

/** Encodes a signal to all listeners. */
export function encodeSignal(
  serial: number,
  { path, interface: name, member }: ExportedSignal,
  values: BusValues,
): Uint8Array {
  return encoded(MessageType.Signal, serial, values, { path, interface: name, member });
}

/** Header fields with the number and type that D-Bus gives them. */
const fields = {
  path: [1, 'o'],
  interface: [2, 's'],
  member: [3, 's'],
  error: [4, 's'],
  replySerial: [5, 'u'],
  destination: [6, 's'],
  signature: [8, 'g'],
} as const;

function encoded(
  type: MessageType,
  serial: number,
  { signature = '', args = [] }: BusValues,
  header: Partial<Record<keyof typeof fields, string | number>>,
): Uint8Array {
  const body = new ByteWriter();
  writeValues(body, signature, args);
  const all = signature === '' ? header : { ...header, signature };
  const listed = Object.entries(fields).flatMap(([name, [number, letter]]) => {
    const value = all[name as keyof typeof fields];
    return value === undefined ? [] : [[number, variantOf(letter, value)]];
  });
  const message = new ByteWriter();
  writeValues(message, 'yyyyuua(yv)', [littleEndian, type, 0, 1, body.length, serial, listed]);
  message.align(8);
  message.bytes(body.written);
  return message.written;
}

/** Splits the stream into messages. `take` throws if the stream is not D-Bus. */
export class BusReader {
  #pending: Uint8Array = new Uint8Array();

  take(chunk: Uint8Array): BusNews[] {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    const found: BusNews[] = [];
    for (let length = this.#nextLength(); length <= this.#pending.length; length = this.#nextLength()) {
      // A copy, because the library reads from the start of a buffer.
      const message = new Uint8Array(this.#pending.subarray(0, length));
      this.#pending = this.#pending.subarray(length);
      for (const parsed of parseMessages(message.buffer)) found.push(...newsOf(parsed));
    }
    return found;
  }

  #nextLength(): number {
    const { byteLength, byteOffset, buffer } = this.#pending;
    if (byteLength < startBytes) return Infinity;
    const view = new DataView(buffer, byteOffset, byteLength);
    const isLittle = view.getUint8(0) === littleEndian;
    const fields = view.getUint32(12, isLittle);
    const length = Math.ceil((startBytes + fields) / 8) * 8 + view.getUint32(4, isLittle);
    if (length > maxBytes) throw new Error('a message of the bus is too long');
    return length;
  }
}

function newsOf(message: Message): BusNews[] {
  const args = message.args ?? [];
  switch (message.messageType) {
    case MessageType.MethodReturn:
      return [{ kind: 'answer', serial: message.replySerial, args }];
    case MessageType.Error:
      return [{ kind: 'refusal', serial: message.replySerial, name: message.errorName }];
    case MessageType.Signal: {
      const { sender = '', objectPath: path, interfaceName, memberName: member } = message;
      return [{ kind: 'signal', signal: { sender, path, interface: interfaceName, member, args } }];
    }
    case MessageType.MethodCall: {
      const { serial, sender = '', objectPath: path, interfaceName = null, memberName: member } = message;
      const request = { sender, path, interface: interfaceName, member, args };
      return [{ kind: 'request', serial, isAnswered: message.noReplyExpected !== true, request }];
    }
  }
}

/** A variant: a value that carries its type. */
export function variantOf(signature: string, value: unknown): readonly unknown[] {
  return [parseTypes(signature)[0], value];
}
