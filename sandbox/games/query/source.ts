import { randomInt } from 'node:crypto';
import type { DatagramTalk } from './door.js';
import type { QueriedGame } from './queried-game.js';

export interface SourceFacts {
  /** Port that players use; differs from the port that answers queries. */
  gamePort: number;
  /** Name of the game's folder, such as `rust`. */
  folder: string;
  /** Name of the game, such as `Rust`. */
  game: string;
  appId: number;
  /** Tags of the server list, such as `mp40,cp3`. */
  keywords: (game: QueriedGame) => string;
  rules: Readonly<Record<string, string>>;
}

/** Longest datagram of the answer; a longer answer is split. */
const packetBytes = 1248;
const single = Buffer.from([0xff, 0xff, 0xff, 0xff]);
const question = Buffer.from('TSource Engine Query\0', 'latin1');

/**
 * Queries of Source games (A2S): info, players and rules, each after a challenge, split where they are long.
 * Source: https://developer.valvesoftware.com/wiki/Server_queries
 */
export function sourceQueries(facts: SourceFacts): DatagramTalk {
  const challenges = new Map<string, number>();
  let answers = 0;
  return (request, game, from) => {
    if (request.length < 5 || !request.subarray(0, 4).equals(single)) return [];
    const body = request.subarray(4);
    const kind = String.fromCharCode(body[0] ?? 0);
    const isInfo = kind === 'T';
    if (isInfo && !body.subarray(0, question.length).equals(question)) return [];
    if (!isInfo && kind !== 'U' && kind !== 'V') return [];
    const at = isInfo ? question.length : 1;
    const told = body.length >= at + 4 ? body.readInt32LE(at) : null;
    if (told === null || told !== challenges.get(from)) {
      if (challenges.size > 10_000) challenges.clear();
      const challenge = challenges.get(from) ?? randomInt(1, 0x7fffffff);
      challenges.set(from, challenge);
      return [Buffer.concat([single, Buffer.from('A'), int(challenge)])];
    }
    answers++;
    if (isInfo) return split(info(game, facts), answers);
    return split(kind === 'U' ? players(game) : rules(facts.rules), answers);
  };
}

function info(game: QueriedGame, { gamePort, folder, game: name, appId, keywords }: SourceFacts): Buffer {
  const online = Math.min(game.players.length, 255);
  const [port, fullId] = [Buffer.alloc(2), Buffer.alloc(8)];
  port.writeUInt16LE(gamePort);
  fullId.writeBigUInt64LE(BigInt(appId));
  return Buffer.concat([
    Buffer.from([0x49, 17]),
    strings(game.title, game.map, folder, name),
    // The low half of the app id, as far as it fits; the whole id follows with the extra data.
    Buffer.from([appId & 0xff, (appId >> 8) & 0xff]),
    Buffer.from([online, Math.min(game.slots, 255), 0]),
    Buffer.from('dl', 'latin1'),
    Buffer.from([game.hasPassword ? 1 : 0, 1]),
    strings(game.version),
    // Extra data: port, Steam id of the server, keywords, whole app id.
    Buffer.from([0x80 | 0x10 | 0x20 | 0x01]),
    port,
    fullId,
    strings(keywords(game)),
    fullId,
  ]);
}

function players(game: QueriedGame): Buffer {
  const shown = game.names === 'none' ? [] : game.players.slice(0, 255);
  const parts = shown.map(({ name, seconds }, index) => {
    const duration = Buffer.alloc(4);
    duration.writeFloatLE(seconds);
    return Buffer.concat([Buffer.from([0]), strings(nameOf(game, name, index)), int(0), duration]);
  });
  return Buffer.concat([Buffer.from([0x44, shown.length]), ...parts]);
}

function nameOf({ names }: QueriedGame, name: string, index: number): string {
  if (names === 'real') return name;
  return names === 'blank' ? '' : `Scientist ${1000 + ((index * 7919) % 9000)}`;
}

function rules(all: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(all);
  return Buffer.concat([
    Buffer.from([0x45, entries.length & 0xff, entries.length >> 8]),
    strings(...entries.flat()),
  ]);
}

/** Packets of one answer. Each part of a long answer has the answer's id, its own number and the number of parts. */
function split(answer: Buffer, id: number): Buffer[] {
  const whole = Buffer.concat([single, answer]);
  if (whole.length <= packetBytes) return [whole];
  const room = packetBytes - 12;
  const count = Math.ceil(whole.length / room);
  return Array.from({ length: count }, (_, number) => {
    const head = Buffer.from([0xfe, 0xff, 0xff, 0xff, 0, 0, 0, 0, count, number, 0, 0]);
    head.writeInt32LE(id & 0x7fffffff, 4);
    head.writeUInt16LE(packetBytes, 10);
    return Buffer.concat([head, whole.subarray(number * room, (number + 1) * room)]);
  });
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function strings(...texts: readonly string[]): Buffer {
  return Buffer.from(texts.map((text) => `${text.replaceAll('\0', '')}\0`).join(''), 'utf8');
}
