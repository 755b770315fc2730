import type { DatagramTalk } from './door.js';
import type { QueriedGame } from './queried-game.js';

/** Marks a message of RakNet that belongs to no connection. */
const magic = Buffer.from('00ffff00fefefefefdfdfdfd12345678', 'hex');
/** Number of the wire protocol of the version. */
const protocol = 844;
const unconnectedPing = 0x01;
const unconnectedPingOpen = 0x02;
const unconnectedPong = 0x1c;

/**
 * Unconnected ping of Minecraft, Bedrock Edition. `id` = number of the server, as long as it runs.
 * Source: https://minecraft.wiki/w/RakNet
 */
export function bedrockPing(port: number, id: bigint): DatagramTalk {
  const guid = Buffer.alloc(8);
  guid.writeBigUInt64BE(id);
  return (request, game) => {
    const [kind] = request;
    if (kind !== unconnectedPing && kind !== unconnectedPingOpen) return [];
    if (request.length < 33 || !request.subarray(9, 25).equals(magic)) return [];
    const text = Buffer.from(describe(game, port, id), 'utf8');
    const length = Buffer.from([text.length >> 8, text.length & 0xff]);
    const time = request.subarray(1, 9);
    return [Buffer.concat([Buffer.from([unconnectedPong]), time, guid, magic, length, text])];
  };
}

/** The game writes `;` in a name as it is, so a name may not hold one. */
function describe({ title, version, players, slots, map }: QueriedGame, port: number, id: bigint): string {
  const plain = (text: string): string => text.replaceAll(';', ' ');
  const counts = [players.length, slots, id];
  return `${['MCPE', plain(title), protocol, version, ...counts, plain(map), 'Survival', 1, port, port + 1, 0].join(';')};`;
}
