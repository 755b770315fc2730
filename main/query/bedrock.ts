/**
 * Minecraft, Bedrock Edition: the unconnected ping of RakNet, over UDP on the game's port (QUERIES "Bedrock").
 * The answer holds no names.
 */
import { UdpTalk, type Ask } from './asking.js';
import { ByteReader, utf8 } from './byte-reader.js';
import { countOfText, NonsenseFailure, textOf, type QueryAnswer } from './query-answer.js';
import { withoutFormat } from './minecraft-text.js';

const ping = 0x01;
const pong = 0x1c;
/** Fixed bytes that mark RakNet's messages outside of a connection. */
const mark = Buffer.from('00ffff00fefefefefdfdfdfd12345678', 'hex');

export const bedrock: Ask = async (asking) => {
  // The server sends the number back, so a stranger cannot answer in its place.
  const token = Buffer.alloc(8);
  token.writeUInt32BE(Math.floor(asking.random() * 2 ** 32), 4);
  const talk = await UdpTalk.open(asking);
  const question = Buffer.concat([Buffer.of(ping), token, mark, Buffer.alloc(8)]);
  const { value, pingMs } = await talk.ask(question, (datagram) => readPong(datagram, token));
  return { ...value, pingMs };
};

/** null for a datagram that does not answer this ping. */
function readPong(datagram: Uint8Array, token: Uint8Array): Omit<QueryAnswer, 'pingMs'> | null {
  const reader = new ByteReader(datagram);
  if (reader.uint8() !== pong) throw new NonsenseFailure('no pong');
  if (Buffer.compare(reader.bytes(8), token) !== 0) return null;
  reader.bytes(8);
  if (Buffer.compare(reader.bytes(16), mark) !== 0) throw new NonsenseFailure('no message of RakNet');
  const fields = fieldsOf(utf8(reader.bytes(reader.uint16())));
  const [edition, title, , version, players, slots, , world] = fields;
  if (edition === undefined || !/^MC[A-Z]{2}$/.test(edition) || countOfText(players) === null)
    throw new NonsenseFailure('no server of Minecraft');
  return {
    players: countOfText(players),
    slots: countOfText(slots),
    bots: 0,
    names: null,
    version: textOf(version, 60),
    title: textOf(withoutFormat(title ?? '')),
    map: textOf(withoutFormat(world ?? '')),
    hasPassword: null,
  };
}

/** `MCPE;A \; server;800` -> three fields: a semicolon of the text stands behind a backslash. */
function fieldsOf(text: string): string[] {
  return text.split(/(?<!\\);/).map((field) => field.replaceAll('\\;', ';'));
}
