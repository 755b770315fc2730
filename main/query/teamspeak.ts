/**
 * TeamSpeak's ServerQuery, over TCP on a port of its own, as a guest without login (QUERIES "TeamSpeak"). The port of
 * the place is the ServerQuery's.
 */
import type { Ask } from './asking.js';
import { utf8 } from './byte-reader.js';
import {
  countOf,
  countOfText,
  NonsenseFailure,
  playersOf,
  textOf,
  type QueryAnswer,
} from './query-answer.js';
import { StreamBytes } from './stream-bytes.js';

const lineFeed = 0x0a;
/** Lines of one answer, and of the greeting. */
const mostLines = 10;

export const teamspeak: Ask = async ({ wire, clock, place, signal }) => {
  const stream = await wire.stream(place, signal);
  const bytes = new StreamBytes(stream);
  const began = clock.now();
  const greeting = await lineOf(bytes);
  const pingMs = clock.now() - began;
  if (greeting !== 'TS3') throw new NonsenseFailure('no ServerQuery');
  const ask = (command: string): Promise<string | null> => {
    stream.send(Buffer.from(`${command}\n`));
    return answerOf(bytes);
  };
  // A server of a panel has one virtual server, the first.
  await ask('use 1');
  const info = await ask('serverinfo');
  if (info === null) throw new NonsenseFailure('guests may not ask');
  const clients = await ask('clientlist');
  stream.send(Buffer.from('quit\n'));
  return { ...readServer(info, clients), pingMs };
};

async function lineOf(bytes: StreamBytes): Promise<string> {
  return utf8(await bytes.takeTo(lineFeed)).replace(/[\r\n]+/g, '');
}

/** The text before `error id=0`; null for another error. Lines of the greeting come first. */
async function answerOf(bytes: StreamBytes): Promise<string | null> {
  let answer = '';
  for (let lines = 0; lines < mostLines; lines++) {
    const line = await lineOf(bytes);
    const error = /^error id=(\d+)\b/.exec(line);
    if (error !== null) return error[1] === '0' ? answer : null;
    answer = line;
  }
  throw new NonsenseFailure('no end of an answer');
}

/** `clients` = null if guests may not list them. */
function readServer(info: string, clients: string | null): Omit<QueryAnswer, 'pingMs'> {
  const facts = propertiesOf(info);
  const online = countOfText(facts.get('virtualserver_clientsonline'));
  if (online === null) throw new NonsenseFailure('no number of clients');
  // TeamSpeak counts programs that ask, such as Perch, as clients.
  const asking = countOfText(facts.get('virtualserver_queryclientsonline')) ?? 0;
  return {
    players: countOf(Math.max(0, online - asking)),
    slots: countOfText(facts.get('virtualserver_maxclients')),
    bots: 0,
    names: clients === null ? null : playersOf(peopleOf(clients)),
    version: textOf(facts.get('virtualserver_version'), 60),
    title: textOf(facts.get('virtualserver_name')),
    map: null,
    hasPassword: facts.has('virtualserver_flag_password')
      ? facts.get('virtualserver_flag_password') === '1'
      : null,
  };
}

/** Clients of kind 0: people, not programs. */
function peopleOf(clients: string): { name: string }[] {
  return clients.split('|', 2000).flatMap((client) => {
    const facts = propertiesOf(client);
    return facts.get('client_type') === '0' ? [{ name: facts.get('client_nickname') ?? '' }] : [];
  });
}

/** `a=1 b=two\swords` -> properties by name. */
function propertiesOf(line: string): Map<string, string> {
  return new Map(
    line.split(' ', 500).map((property) => {
      const at = property.indexOf('=');
      return at === -1 ? [property, ''] : [property.slice(0, at), unescaped(property.slice(at + 1))];
    }),
  );
}

const escapes: Readonly<Record<string, string>> = { s: ' ', p: '|', '/': '/', '\\': '\\' };

/** `\s` stands for a space, `\p` for a bar. The other escapes are control characters, which no text keeps. */
function unescaped(text: string): string {
  return text.replace(/\\(.)/gsu, (_whole, letter: string) => escapes[letter] ?? ' ');
}
