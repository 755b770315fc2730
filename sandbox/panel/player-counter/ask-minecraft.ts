import { once } from 'node:events';
import { connect } from 'node:net';
import { patienceMs, type Counted, type GamePlace } from './counted.js';
import { overUdp } from './datagrams.js';

const session = Buffer.from([0, 0, 0, 1]);

/** First Minecraft's Query; if the Query is off or nobody is on, the server list ping. */
export async function askMinecraft(place: GamePlace): Promise<Counted | null> {
  return (await askQuery(place)) ?? (await askPing(place));
}

async function askQuery(place: GamePlace): Promise<Counted | null> {
  const answer = await overUdp(place, async (exchange) => {
    const shaken = await exchange(Buffer.concat([Buffer.from([0xfe, 0xfd, 9]), session]));
    const challenge = Buffer.alloc(4);
    challenge.writeInt32BE(Number.parseInt(shaken.toString('latin1', 5), 10));
    return exchange(Buffer.concat([Buffer.from([0xfe, 0xfd, 0]), session, challenge, Buffer.alloc(4)]));
  });
  if (answer === null) return null;
  const [facts = '', names = ''] = answer.toString('latin1', 16).split('\0\0\u0001player_\0\0');
  const parts = facts.split('\0');
  const fact = (name: string): string =>
    parts[parts.findIndex((each, at) => at % 2 === 0 && each === name) + 1] ?? '';
  const players = names.split('\0').filter((name) => name !== '');
  if (players.length === 0) return null;
  return {
    hostname: fact('hostname'),
    map: fact('map'),
    current_players: Number(fact('numplayers')),
    max_players: Number(fact('maxplayers')),
    players,
  };
}

async function askPing({ host, port }: GamePlace): Promise<Counted | null> {
  const socket = connect({ host, port, timeout: patienceMs });
  socket.on('timeout', () => socket.destroy(new Error('The game says nothing.')));
  try {
    await once(socket, 'connect');
    const name = Buffer.from(host, 'latin1');
    const shake = [0, 47, name.length, ...name, port >> 8, port & 255, 1];
    socket.write(Buffer.from([shake.length, ...shake, 1, 0]));
    return readStatus(await readJson(socket));
  } catch {
    return null;
  } finally {
    socket.destroy();
  }
}

/** The text between the first brace and the end of the answer, as soon as it is whole. */
async function readJson(chunks: AsyncIterable<unknown>): Promise<unknown> {
  let text = '';
  for await (const chunk of chunks) {
    text += Buffer.isBuffer(chunk) ? chunk.toString('utf8') : '';
    try {
      return JSON.parse(text.slice(text.indexOf('{')));
    } catch {
      // The answer is still incomplete.
    }
  }
  throw new Error('The answer ended early.');
}

function readStatus(status: unknown): Counted {
  const { description, players } = status as {
    description: { text: string };
    players: { online: number; max: number; sample?: { name: string }[] };
  };
  return {
    hostname: description.text,
    map: 'world',
    current_players: players.online,
    max_players: players.max,
    players: (players.sample ?? []).map(({ name }) => name),
  };
}
