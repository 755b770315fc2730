import type { Server } from '../data/world.js';
import type { World } from '../records.js';

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Long identifier of newer panels: `serv_` and the UUID in 26 characters of base 32 (PROTOCOL 2.0). */
export function longIdentifier(server: Server): string {
  let rest = BigInt(`0x${server.uuid.replaceAll('-', '')}`);
  let text = '';
  for (let place = 0; place < 26; place++) {
    text = letters.charAt(Number(rest % 32n)) + text;
    rest /= 32n;
  }
  return `serv_${text}`;
}

/** Finds a server by short id, UUID or long identifier. */
export function findByAnyName(world: World, id: string): Server | null {
  if (!/^serv_/i.test(id)) return world.findServer(id);
  const wanted = id.toLowerCase();
  const found = [...world.servers.values()].find((server) => longIdentifier(server).toLowerCase() === wanted);
  return found ?? null;
}
