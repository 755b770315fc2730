/**
 * Game servers for tests of queries: their answers, written from the public descriptions of the protocols
 * (docs/queries.md).
 */
import type { QueryAnswer } from '../../main/query/query-answer.js';
import type { QueryProtocolId } from '../../bridge/panel/query-protocols.js';

export interface Spoken {
  readonly carrier: 'udp' | 'tcp';
  /** Answers to one datagram, or to all bytes of a connection so far; null to wait for more. */
  readonly respond: (asked: Buffer) => readonly Buffer[] | null;
  /** Bytes that a server sends before any question. */
  readonly greeting?: string;
  readonly expected: Omit<QueryAnswer, 'pingMs'>;
}

const nul = (text: string): Buffer => Buffer.from(`${text}\0`, 'utf8');
const bytes = (...values: number[]): Buffer => Buffer.from(values);
const little16 = (value: number): Buffer => bytes(value & 0xff, value >> 8);
const big16 = (value: number): Buffer => bytes(value >> 8, value & 0xff);
const float = (value: number): Buffer => {
  const four = Buffer.alloc(4);
  four.writeFloatLE(value);
  return four;
};

function varint(value: number): Buffer {
  return value < 128 ? bytes(value) : Buffer.concat([bytes((value & 127) | 128), varint(value >> 7)]);
}

export function statusPacket(json: string): Buffer {
  const text = Buffer.from(json, 'utf8');
  const body = Buffer.concat([bytes(0), varint(text.length), text]);
  return Buffer.concat([varint(body.length), body]);
}

export const status = {
  version: { name: '§aPaper 1.21.4', protocol: 769 },
  players: {
    max: 40,
    online: 2,
    sample: [
      { name: 'Anna', id: '11111111-1111-4111-8111-111111111111' },
      { name: '§6Buy ranks', id: '00000000-0000-0000-0000-000000000000' },
      { name: '.Bo_2', id: '22222222-2222-4222-8222-222222222222' },
    ],
  },
  description: { text: '', extra: ['Harbor ', { text: '§lSurvival', color: 'gold' }] },
  favicon: `data:image/png;base64,${'A'.repeat(2000)}`,
};

export function bedrockPong(asked: Buffer, line: string): Buffer {
  const text = Buffer.from(line);
  return Buffer.concat([
    bytes(0x1c),
    asked.subarray(1, 9),
    Buffer.alloc(8, 7),
    asked.subarray(9, 25),
    big16(text.length),
    text,
  ]);
}

const challenge = Buffer.from('0badcafe', 'hex');
const header = Buffer.alloc(4, 0xff);

export const sourceInfo = Buffer.concat([
  header,
  bytes(0x49, 17),
  ...[nul('Harbor'), nul('de_dust2'), nul('csgo'), nul('Counter-Strike'), little16(730)],
  ...[bytes(3, 20, 1, 0x64, 0x6c, 1, 1), nul('1.38.7')],
  ...[bytes(0x80 | 0x20), little16(27_015), nul('secure,empty')],
]);

const player = (name: string, seconds: number): Buffer =>
  Buffer.concat([bytes(0), nul(name), Buffer.alloc(4), float(seconds)]);
export const sourcePlayers = Buffer.concat([
  ...[header, bytes(0x44, 3)],
  ...[player('Anna', 61.4), player('', 0), player('Bo', 5)],
]);

/** Cuts a message in three parts, in the order 2, 0, 1. */
export function sourceParts(message: Buffer, layout: 'source' | 'old' | 'goldsrc' = 'source'): Buffer[] {
  const size = Math.ceil(message.length / 3);
  return [2, 0, 1].map((number) => {
    const place = layout === 'goldsrc' ? bytes((number << 4) | 3) : bytes(3, number);
    const most = layout === 'source' ? little16(size) : Buffer.alloc(0);
    const content = message.subarray(number * size, (number + 1) * size);
    return Buffer.concat([Buffer.from('feffffff07000000', 'hex'), place, most, content]);
  });
}

function respondAsSource(asked: Buffer): readonly Buffer[] {
  if (!asked.subarray(-4).equals(challenge)) return [Buffer.concat([header, bytes(0x41), challenge])];
  return asked[4] === 0x54 ? [sourceInfo] : sourceParts(sourcePlayers);
}

const session = (asked: Buffer): Buffer => asked.subarray(3, 7);

function respondAsMinecraftQuery(asked: Buffer): readonly Buffer[] {
  if (asked[2] === 9) return [Buffer.concat([bytes(9), session(asked), nul('-9513307')])];
  const token = Buffer.alloc(4);
  token.writeInt32BE(-9_513_307);
  if (!asked.subarray(7, 11).equals(token)) return [];
  return [minecraftStat(session(asked))];
}

export function minecraftStat(of: Buffer): Buffer {
  return Buffer.concat([
    ...[bytes(0), of, nul('splitnum'), bytes(0x80, 0)],
    ...['hostname', '§6Harbor', 'gametype', 'SMP', 'game_id', 'MINECRAFT', 'version', '1.21.4'].map(nul),
    ...['map', 'world', 'numplayers', '2', 'maxplayers', '40', 'hostport', '25565', ''].map(nul),
    ...[bytes(1), nul('player_'), bytes(0)],
    ...['Anna', 'Bo', ''].map(nul),
  ]);
}

export const dynamicJson = JSON.stringify({
  clients: 2,
  gametype: 'Freeroam',
  hostname: '^1Harbor ^7Roleplay',
  iv: '1',
  mapname: 'fivem-map-skater',
  sv_maxclients: '48',
});
export const playersJson = JSON.stringify([
  { endpoint: '127.0.0.1', id: 1, identifiers: [], name: 'Anna', ping: 40 },
  { endpoint: '127.0.0.1', id: 2, identifiers: [], name: 'Bo', ping: 51 },
]);

function respondAsFivem(asked: Buffer): readonly Buffer[] | null {
  const request = asked.toString();
  if (!request.includes('\r\n\r\n')) return null;
  const json = request.startsWith('GET /dynamic.json ') ? dynamicJson : playersJson;
  return [
    Buffer.from(
      `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`,
    ),
  ];
}

export const teamspeakInfo =
  'virtualserver_name=Harbor\\s\\p\\svoice virtualserver_version=3.13.7\\s[Build:\\s1655727713] ' +
  'virtualserver_maxclients=32 virtualserver_clientsonline=3 virtualserver_queryclientsonline=1 ' +
  'virtualserver_flag_password=1';
export const teamspeakClients =
  'clid=1 cid=1 client_database_id=2 client_nickname=Anna client_type=0|clid=2 cid=1 client_nickname=Bo\\sB ' +
  'client_type=0|clid=3 cid=1 client_nickname=Unknown client_type=1';
const teamspeakAnswers: Readonly<Record<string, string>> = {
  'use 1': '',
  serverinfo: `${teamspeakInfo}\n\r`,
  clientlist: `${teamspeakClients}\n\r`,
};

function respondAsTeamspeak(asked: Buffer): readonly Buffer[] | null {
  const command = asked.toString();
  if (!command.endsWith('\n')) return null;
  const answer = teamspeakAnswers[command.trim()];
  return answer === undefined ? [] : [Buffer.from(`${answer}error id=0 msg=ok\n\r`)];
}

export const spoken: Readonly<Record<QueryProtocolId, Spoken>> = {
  'minecraft-status': {
    carrier: 'tcp',
    // The question ends with the empty packet behind the handshake.
    respond: (asked) =>
      asked.subarray(-2).equals(bytes(1, 0)) ? [statusPacket(JSON.stringify(status))] : null,
    expected: {
      players: 2,
      slots: 40,
      bots: 0,
      version: 'Paper 1.21.4',
      title: 'Harbor Survival',
      map: null,
      names: [
        { name: 'Anna', seconds: null, pingMs: null },
        { name: '.Bo_2', seconds: null, pingMs: null },
      ],
      hasPassword: null,
    },
  },
  bedrock: {
    carrier: 'udp',
    respond: (asked) => [
      bedrockPong(asked, 'MCPE;Harbor \\; §6home;800;1.21.50;2;10;123;World;Survival;1;19132;19133;'),
    ],
    expected: {
      players: 2,
      slots: 10,
      bots: 0,
      version: '1.21.50',
      title: 'Harbor ; home',
      map: 'World',
      names: null,
      hasPassword: null,
    },
  },
  source: {
    carrier: 'udp',
    respond: respondAsSource,
    expected: {
      players: 2,
      slots: 20,
      gamePort: 27_015,
      bots: 1,
      version: '1.38.7',
      title: 'Harbor',
      map: 'de_dust2',
      names: [
        { name: 'Anna', seconds: 61, pingMs: null },
        { name: 'Bo', seconds: 5, pingMs: null },
      ],
      hasPassword: true,
    },
  },
  'minecraft-query': {
    carrier: 'udp',
    respond: respondAsMinecraftQuery,
    expected: {
      players: 2,
      slots: 40,
      bots: 0,
      names: [
        { name: 'Anna', seconds: null, pingMs: null },
        { name: 'Bo', seconds: null, pingMs: null },
      ],
      version: '1.21.4',
      title: 'Harbor',
      map: 'world',
      hasPassword: null,
    },
  },
  fivem: {
    carrier: 'tcp',
    respond: respondAsFivem,
    expected: {
      players: 2,
      slots: 48,
      bots: 0,
      names: [
        { name: 'Anna', seconds: null, pingMs: 40 },
        { name: 'Bo', seconds: null, pingMs: 51 },
      ],
      version: null,
      title: 'Harbor Roleplay',
      map: 'fivem-map-skater',
      hasPassword: null,
    },
  },
  teamspeak: {
    carrier: 'tcp',
    greeting:
      'TS3\n\rWelcome to the TeamSpeak 3 ServerQuery interface, type "help" for a list of commands.\n\r',
    respond: respondAsTeamspeak,
    expected: {
      players: 2,
      slots: 32,
      bots: 0,
      names: [
        { name: 'Anna', seconds: null, pingMs: null },
        { name: 'Bo B', seconds: null, pingMs: null },
      ],
      version: '3.13.7 [Build: 1655727713]',
      title: 'Harbor | voice',
      map: null,
      hasPassword: true,
    },
  },
};
