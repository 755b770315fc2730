import type { StreamTalk } from './door.js';
import type { QueriedGame } from './queried-game.js';

const longestRequest = 8192;

/**
 * JSON of FiveM over HTTP on the game's port: one answer for each connection.
 * Source: https://docs.fivem.net/docs/server-manual/proxy-setup, "Endpoints"
 */
export const fivemJson: StreamTalk = (caller, game) => {
  let held = '';
  return (chunk) => {
    held += chunk.toString('latin1');
    const isWhole = held.includes('\r\n\r\n');
    if (!isWhole && held.length <= longestRequest) return;
    const [, path = ''] = /^GET (\S+) HTTP\/1\.[01]\r\n/.exec(held) ?? [];
    const body = isWhole ? bodyOf(path.split('?')[0] ?? '', game()) : null;
    const text = Buffer.from(body === null ? 'Nope.' : JSON.stringify(body), 'utf8');
    const head = [
      `HTTP/1.1 ${body === null ? '404 Not Found' : '200 OK'}`,
      `content-type: ${body === null ? 'text/plain' : 'application/json; charset=utf-8'}`,
      `content-length: ${text.length}`,
      'connection: close',
    ];
    caller.send(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), text]));
    caller.hangUp();
  };
};

/** null = no such address, or a list that the host keeps closed. */
function bodyOf(path: string, { title, version, map, slots, players, names }: QueriedGame): unknown {
  if (path === '/dynamic.json') {
    const [clients, hostname] = [players.length, title];
    return { clients, gametype: 'Freeroam', hostname, iv: '0', mapname: map, sv_maxclients: String(slots) };
  }
  if (path === '/info.json') return { resources: ['chat', 'hardcap'], server: version, vars: {} };
  if (path !== '/players.json' || names !== 'real') return null;
  return players.map(({ name }, at) => ({
    endpoint: '127.0.0.1',
    id: at + 1,
    identifiers: [],
    name,
    ping: 30 + at,
  }));
}
