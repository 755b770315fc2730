/** Messages of D-Bus as bytes: where one ends in the stream, and what is in it. */
import { MessageType, parseMessages, serializeMessage, type Message } from 'd-bus-message-protocol';
import { parseTypes } from 'd-bus-type-system';

/** A method to call; `signature` says in D-Bus's letters what `args` are. A variant is the pair of its type and value. */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly args?: readonly unknown[];
}

export interface BusSignal {
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly args: readonly unknown[];
}

/** What the other side said. */
export type BusNews =
  | { kind: 'answer'; serial: number; args: readonly unknown[] }
  | { kind: 'refusal'; serial: number; name: string }
  | { kind: 'signal'; signal: BusSignal };

/** The fixed start of a message: it tells how long the whole is. */
const startBytes = 16;
/** D-Bus allows 128 MiB; nothing that is asked here comes near this. */
const maxBytes = 4 * 1024 * 1024;

export function encodeCall(serial: number, call: BusCall): Uint8Array {
  const { signature = '', args = [] } = call;
  const [firstType, ...types] = signature === '' ? [] : parseTypes(signature);
  const [firstArg, ...others] = args;
  return new Uint8Array(
    serializeMessage({
      messageType: MessageType.MethodCall,
      serial,
      destination: call.destination,
      objectPath: call.path,
      interfaceName: call.interface,
      memberName: call.member,
      ...(firstType === undefined ? {} : { types: [firstType, ...types], args: [firstArg, ...others] }),
    }),
  );
}

/** Cuts the stream into messages. `take` throws where it is no D-Bus. */
export class BusReader {
  #pending: Uint8Array = new Uint8Array();

  take(chunk: Uint8Array): BusNews[] {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    const found: BusNews[] = [];
    for (let length = this.#nextLength(); length <= this.#pending.length; length = this.#nextLength()) {
      // A copy: the library reads from the start of a buffer of its own.
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
    const isLittle = view.getUint8(0) === 0x6c;
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
      const { objectPath: path, interfaceName, memberName: member } = message;
      return [{ kind: 'signal', signal: { path, interface: interfaceName, member, args } }];
    }
    case MessageType.MethodCall:
      // Perch shows nothing on the bus, so nobody has anything to call.
      return [];
  }
}

/** A value of a type that the receiver does not know beforehand. */
export function variantOf(signature: string, value: unknown): readonly unknown[] {
  return [parseTypes(signature)[0], value];
}
