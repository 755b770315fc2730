import { createHash } from 'node:crypto';
import type { StreamTalk } from './door.js';
import type { QueriedGame } from './queried-game.js';

/** The game answers with at most this many names, chosen at random. */
const sampleSize = 12;
/** Number of the wire protocol of 1.21.10. */
const protocol = 773;
/** No request of the status is longer: a host of 255 characters in UTF-8, and four numbers. */
const longestRequest = 2048;

/**
 * Server list ping of Minecraft, Java Edition: handshake, status, ping, and the ping of versions before 1.7.
 * Source: https://minecraft.wiki/w/Java_Edition_protocol/Server_List_Ping
 */
export function minecraftStatus(brand: string): StreamTalk {
  return (caller, game) => {
    let held = Buffer.alloc(0);
    let isStatus = false;
    const read = (packet: Buffer): void => {
      const id = packet[0];
      if (!isStatus) {
        // The handshake ends with the wanted state; only 1 asks for the status.
        if (id !== 0 || packet.at(-1) !== 1) return caller.hangUp();
        isStatus = true;
      } else if (id === 0) {
        caller.send(framed(Buffer.concat([Buffer.from([0]), text(statusOf(game(), brand))])));
      } else if (id === 1) {
        caller.send(framed(packet));
        caller.hangUp();
      }
    };
    return (chunk) => {
      held = Buffer.concat([held, chunk]);
      if (held[0] === 0xfe) {
        caller.send(legacyAnswer(game(), brand));
        return caller.hangUp();
      }
      for (let length = readVarInt(held); length !== null; length = readVarInt(held)) {
        if (length.value > longestRequest) return caller.hangUp();
        const end = length.bytes + length.value;
        if (held.length < end) return;
        const packet = held.subarray(length.bytes, end);
        held = held.subarray(end);
        read(packet);
      }
    };
  };
}

function statusOf(game: QueriedGame, brand: string): string {
  const { title, version, slots, players, names } = game;
  const sample = [...players]
    .sort(() => Math.random() - 0.5)
    .slice(0, sampleSize)
    .map(({ name }) => ({ name, id: offlineUuid(name) }));
  return JSON.stringify({
    version: { name: `${brand} ${version}`.trim(), protocol },
    enforcesSecureChat: false,
    description: { text: title },
    players: { max: slots, online: players.length, ...(names === 'real' && sample.length > 0 && { sample }) },
  });
}

/** UUID of a player on a server that does not check accounts: version 3, from the name. */
export function offlineUuid(name: string): string {
  const bytes = createHash('md5').update(`OfflinePlayer:${name}`).digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x30, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The answer to versions before 1.7: a kick whose reason holds the status, in UTF-16BE. */
function legacyAnswer({ title, version, players, slots }: QueriedGame, brand: string): Buffer {
  const parts = ['§1', '127', `${brand} ${version}`.trim(), title, players.length, slots];
  const reason = Buffer.from(parts.join('\0'), 'utf16le').swap16();
  const head = Buffer.from([0xff, 0, 0]);
  head.writeUInt16BE(reason.length / 2, 1);
  return Buffer.concat([head, reason]);
}

function framed(packet: Buffer): Buffer {
  return Buffer.concat([varInt(packet.length), packet]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([varInt(bytes.length), bytes]);
}

/** Seven bits a byte, the lowest first; the highest bit says that more follow. */
function varInt(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Buffer.from([...bytes, rest]);
}

/** null = the number is incomplete. */
function readVarInt(from: Buffer): { value: number; bytes: number } | null {
  let value = 0;
  for (const [index, byte] of from.subarray(0, 5).entries()) {
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, bytes: index + 1 };
  }
  return from.length < 5 ? null : { value: Infinity, bytes: 5 };
}
