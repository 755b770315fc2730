/**
 * Minecraft, Java Edition, and the proxies before it: the status that a client asks for its list of servers, over TCP on
 * the game's port (QUERIES "Minecraft status").
 */
import * as z from 'zod';
import { parseJson } from '../base/json.js';
import { QueryFailure } from '../base/query-ports.js';
import type { Ask, Asking } from './asking.js';
import { utf8 } from './byte-reader.js';
import { plainText, withoutFormat } from './minecraft-text.js';
import {
  countOf,
  countOfText,
  NonsenseFailure,
  playersOf,
  textOf,
  type QueryAnswer,
} from './query-answer.js';
import { StreamBytes } from './stream-bytes.js';

type Status = Omit<QueryAnswer, 'pingMs'>;

/** A version that every server since 1.7 knows; some servers close the connection at an unknown version. */
const version = 47;
/** The protocol's limit for a text, in bytes: 32,767 characters. */
const mostBytes = 32_767 * 4 + 8;
const statusPacket = 0;
/** First byte from servers up to 1.6, which kick the client and send the status as the reason. */
const kick = 0xff;

/** A server before 1.7 does not know the question. */
class OldServer extends Error {}

export const minecraftStatus: Ask = async (asking) => {
  try {
    return await askAnyStatus(asking);
  } catch (error) {
    if (!(error instanceof QueryFailure) || error.kind !== 'unknown-host') throw error;
    // A name may have no address, only an SRV record that sends players elsewhere. Another port is another server.
    const service = await asking.wire.minecraftService(asking.place.host);
    if (service?.port !== asking.place.port) throw error;
    return askAnyStatus({ ...asking, place: { ...asking.place, ...service } });
  }
};

async function askAnyStatus(asking: Asking): Promise<QueryAnswer> {
  try {
    return await askStatus(asking);
  } catch (error) {
    if (error instanceof OldServer) return askOldStatus(asking);
    throw error;
  }
}

async function askStatus({ wire, clock, place, signal }: Asking): Promise<QueryAnswer> {
  const stream = await wire.stream(place, signal);
  const began = clock.now();
  stream.send(Buffer.concat([handshake(place.host, place.port), packet(Buffer.of(statusPacket))]));
  const bytes = new StreamBytes(stream);
  const length = await varint(bytes);
  if (length < 2 || length > mostBytes) throw new NonsenseFailure('no length of a status');
  // Perch recognises other services by their first bytes, which may look like the length of a huge answer.
  const [id] = await bytes.take(1);
  if (id !== statusPacket) throw new NonsenseFailure('no status');
  const text = await bytes.take(length - 1);
  const pingMs = clock.now() - began;
  return { ...readStatus(text), pingMs };
}

/** Until 1.6: two bytes, and the answer is a text in UTF-16. */
async function askOldStatus({ wire, clock, place, signal }: Asking): Promise<QueryAnswer> {
  const stream = await wire.stream(place, signal);
  const began = clock.now();
  stream.send(Buffer.of(0xfe, 0x01));
  const bytes = new StreamBytes(stream);
  const [first = 0, high = 0, low = 0] = await bytes.take(3);
  if (first !== kick) throw new NonsenseFailure('no old status');
  const text = Buffer.from(await bytes.take((high * 256 + low) * 2));
  const pingMs = clock.now() - began;
  return { ...readOldStatus(text), pingMs };
}

function handshake(host: string, port: number): Buffer {
  const name = Buffer.from(host.slice(0, 255));
  const place = Buffer.alloc(2);
  place.writeUInt16BE(port);
  const wantsStatus = varintOf(1);
  return packet(
    Buffer.concat([Buffer.of(0), varintOf(version), varintOf(name.length), name, place, wantsStatus]),
  );
}

function packet(body: Buffer): Buffer {
  return Buffer.concat([varintOf(body.length), body]);
}

/** Seven bits a byte, the lowest first; the highest bit says that more follow. */
function varintOf(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}

async function varint(bytes: StreamBytes): Promise<number> {
  let value = 0;
  for (let place = 0; place < 3; place++) {
    const [byte = 0] = await bytes.take(1);
    // No length ends in a zero byte, but the length of a short kick reason begins with a zero byte.
    if (place === 1 && value === 0x7f && byte === 0) throw new OldServer();
    value |= (byte & 0x7f) << (7 * place);
    if (byte < 0x80) return value;
  }
  throw new NonsenseFailure('a length that is too long');
}

const sample = z.looseObject({ name: z.string(), id: z.string().nullish() });
const statusSchema = z.looseObject({
  version: z
    .looseObject({ name: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
  players: z
    .looseObject({
      online: z.number(),
      max: z.number().nullish().catch(null),
      sample: z.array(z.unknown()).nullish().catch(null),
    })
    .nullish()
    .catch(null),
  description: z.unknown(),
});

/** Reads the text of the packet; its length comes first. */
function readStatus(body: Uint8Array): Status {
  const ends = body.subarray(0, 3).findIndex((byte) => byte < 0x80);
  if (ends === -1) throw new NonsenseFailure('no text');
  return readStatusText(utf8(body.subarray(ends + 1)));
}

function readStatusText(text: string): Status {
  const parsed = statusSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new NonsenseFailure('no status in JSON');
  const { players, version: running, description } = parsed.data;
  const online = countOf(players?.online);
  return {
    players: online,
    slots: countOf(players?.max),
    bots: 0,
    names: namesOf(players?.sample ?? [], online),
    version: textOf(withoutFormat(running?.name ?? ''), 60),
    title: textOf(plainText(description)),
    map: null,
    hasPassword: null,
  };
}

/** The id of players who do not want to be listed, and of text lines that a plugin puts instead of names. */
const namesNobody = /^(?:00000000-0000-0000-0000-000000000000)?$/;
/** Names of accounts; a mark in front stands for a player of the Bedrock Edition. */
const accountName = /^[.*+_]?\w{1,16}$/;

function namesOf(list: readonly unknown[], online: number | null): Status['names'] {
  const players = list.slice(0, 200).flatMap((entry) => {
    const { data } = sample.safeParse(entry);
    return data === undefined || namesNobody.test(data.id ?? '') || !accountName.test(data.name)
      ? []
      : [{ name: data.name }];
  });
  return players.length === 0 && online !== 0 ? null : playersOf(players);
}

/** `§1`, protocol, version, title, players and slots, with zero characters between; before 1.4 only the last three. */
function readOldStatus(text: Uint8Array): Status {
  const characters = Buffer.from(text.subarray(0, text.length & ~1))
    .swap16()
    .toString('utf16le');
  const isNew = characters.startsWith('§1\0');
  const fields = isNew ? characters.split('\0').slice(2) : ['', ...characters.split('§')];
  const [running = '', title = '', players, slots] = fields;
  if (countOfText(players) === null) throw new NonsenseFailure('no old status');
  return {
    players: countOfText(players),
    slots: countOfText(slots),
    bots: 0,
    names: players === '0' ? [] : null,
    version: textOf(running, 60),
    title: textOf(withoutFormat(title)),
    map: null,
    hasPassword: null,
  };
}
