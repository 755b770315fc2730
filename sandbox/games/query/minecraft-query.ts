import { randomInt } from 'node:crypto';
import type { DatagramTalk } from './door.js';
import type { QueriedGame } from './queried-game.js';

/** The game forgets its challenges after this time. */
const challengeMs = 30_000;
const typeHandshake = 9;
const typeStat = 0;

export interface MinecraftQueryFacts {
  port: number;
  ip: string;
  brand: string;
  now: () => number;
}

/**
 * Query of Minecraft, Java Edition (GameSpy 4): a challenge for each sender, then the basic or the full statistics.
 * Source: https://minecraft.wiki/w/Query
 */
export function minecraftQuery(facts: MinecraftQueryFacts): DatagramTalk {
  let challenges = new Map<string, number>();
  let since = facts.now();
  return (request, game, from) => {
    if (request.length < 7 || request.readUInt16BE(0) !== 0xfefd) return [];
    if (facts.now() - since > challengeMs) {
      challenges = new Map();
      since = facts.now();
    }
    const session = request.subarray(3, 7);
    if (request[2] === typeHandshake) {
      const challenge = randomInt(1, 0x7fffffff);
      challenges.set(from, challenge);
      return [Buffer.concat([Buffer.from([typeHandshake]), session, strings(String(challenge))])];
    }
    if (request[2] !== typeStat || request.length < 11) return [];
    if (challenges.get(from) !== request.readInt32BE(7)) return [];
    const head = Buffer.concat([Buffer.from([typeStat]), session]);
    return [Buffer.concat([head, request.length === 15 ? full(game, facts) : basic(game, facts)])];
  };
}

function basic({ title, map, players, slots }: QueriedGame, { port, ip }: MinecraftQueryFacts): Buffer {
  const littlePort = Buffer.alloc(2);
  littlePort.writeUInt16LE(port);
  return Buffer.concat([
    strings(title, 'SMP', map, String(players.length), String(slots)),
    littlePort,
    strings(ip),
  ]);
}

function full(game: QueriedGame, { port, ip, brand }: MinecraftQueryFacts): Buffer {
  const { title, version, map, players, slots, names } = game;
  const shown = names === 'real' ? players.map(({ name }) => name) : [];
  return Buffer.concat([
    Buffer.from('splitnum\0\x80\0', 'latin1'),
    strings('hostname', title, 'gametype', 'SMP', 'game_id', 'MINECRAFT', 'version', version),
    strings('plugins', `${brand} on Bukkit ${version}: Permits 5.4; Backpack 2.0`, 'map', map),
    strings('numplayers', String(players.length), 'maxplayers', String(slots)),
    strings('hostport', String(port), 'hostip', ip),
    Buffer.from('\0\x01player_\0\0', 'latin1'),
    strings(...shown, ''),
  ]);
}

/** The game writes one byte a character, and `?` for a character outside of Latin-1. */
function strings(...texts: readonly string[]): Buffer {
  const plain = (letter: string): string => (letter === '\0' || letter > '\u00ff' ? '?' : letter);
  return Buffer.from(texts.map((text) => `${[...text].map(plain).join('')}\0`).join(''), 'latin1');
}
