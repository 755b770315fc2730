/**
 * Minecraft's Query, a form of GameSpy 4, over UDP: all players by name, where the host has turned it on
 * (QUERIES "Minecraft Query").
 */
import { UdpTalk, type Ask } from './asking.js';
import { ByteReader, utf8 } from './byte-reader.js';
import { withoutFormat } from './minecraft-text.js';
import { countOfText, NonsenseFailure, playersOf, textOf, type QueryAnswer } from './query-answer.js';

const magic = Buffer.of(0xfe, 0xfd);
const handshake = 9;
const stat = 0;

export const minecraftQuery: Ask = async (asking) => {
  const talk = await UdpTalk.open(asking);
  // The server sends the number back. Minecraft reads only the lower half of each byte.
  const session = Buffer.alloc(4);
  session.writeUInt32BE(Math.floor(asking.random() * 2 ** 32) & 0x0f0f0f0f);
  const hello = Buffer.concat([magic, Buffer.of(handshake), session]);
  const { value: challenge } = await talk.ask(hello, (datagram) => readChallenge(datagram, session));
  // Four more bytes ask for the long answer.
  const question = Buffer.concat([magic, Buffer.of(stat), session, challenge, Buffer.alloc(4)]);
  const { value, pingMs } = await talk.ask(question, (datagram) => readStat(datagram, session));
  return { ...value, pingMs };
};

/** The number for the next question: digits in the answer, four bytes in the question. */
function readChallenge(datagram: Uint8Array, session: Uint8Array): Buffer | null {
  const reader = new ByteReader(datagram);
  if (reader.uint8() !== handshake) throw new NonsenseFailure('no handshake');
  if (Buffer.compare(reader.bytes(4), session) !== 0) return null;
  const digits = reader.text();
  if (!/^-?\d{1,10}$/.test(digits)) throw new NonsenseFailure('no number');
  const challenge = Buffer.alloc(4);
  challenge.writeInt32BE(Number(digits) | 0);
  return challenge;
}

/** null for an answer to another question, such as a second answer to the handshake. */
function readStat(datagram: Uint8Array, session: Uint8Array): Omit<QueryAnswer, 'pingMs'> | null {
  const reader = new ByteReader(datagram);
  const kind = reader.uint8();
  if (kind === handshake) return null;
  if (kind !== stat) throw new NonsenseFailure('no stat');
  if (Buffer.compare(reader.bytes(4), session) !== 0) return null;
  reader.bytes(11); // `splitnum`, and the mark of the last part
  const facts = factsOf(reader);
  const players = countOfText(facts.get('numplayers'));
  if (players === null) throw new NonsenseFailure('no number of players');
  const names = namesOf(reader);
  return {
    players,
    slots: countOfText(facts.get('maxplayers')),
    bots: 0,
    // Some proxies answer without names.
    names: names.length === 0 && players > 0 ? null : playersOf(names),
    version: textOf(facts.get('version'), 60),
    title: textOf(withoutFormat(facts.get('hostname') ?? '')),
    map: textOf(facts.get('map'), 100),
    hasPassword: null,
  };
}

/** Keys and values up to an empty key. */
function factsOf(reader: ByteReader): Map<string, string> {
  const facts = new Map<string, string>();
  for (let key = reader.text(); key !== ''; key = reader.text()) facts.set(key, reader.text());
  return facts;
}

/** `01 player_ 00 00`, then names up to an empty one. A long list may be cut in the middle of a name. */
function namesOf(reader: ByteReader): { name: string }[] {
  if (reader.left < 10) return [];
  reader.bytes(10);
  const names: { name: string }[] = [];
  for (const part of utf8(reader.rest()).split('\0').slice(0, -1)) {
    if (part === '') break;
    names.push({ name: part });
  }
  return names;
}
